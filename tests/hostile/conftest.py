import sys
from pathlib import Path

import pytest

sys.path.insert(0, "/tmp/zx")
from quickload import load

@pytest.fixture(scope="session")
def lab():
    return load("/work/main/src/zhixing_curriculum/labs/dl/dl-softmax-ce")

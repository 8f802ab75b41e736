"""Tests of this folder share `scoring`: it is found here however pytest was started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

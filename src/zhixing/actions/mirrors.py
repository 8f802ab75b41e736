"""What is typed to download something: by way of the mirror, where one is set."""

import shlex
import sys
from importlib import metadata


def pip_install(mirror: str | None, *wanted: str) -> str:
    """The command that installs what is wanted (as pip takes it) beside this program, from the
    mirror if one is set; safe to copy whatever the mirror is called."""
    through = ["--index-url", mirror] if mirror else []
    return shlex.join([sys.executable, "-m", "pip", "install", *wanted, *through])


def torch_asked_for() -> tuple[str, ...]:
    """What our extra [torch] names: the same from a clone and from an index."""
    asked = metadata.requires("zhixing") or []
    return tuple(one.partition(";")[0].strip() for one in asked if "torch" in one.partition(";")[2])

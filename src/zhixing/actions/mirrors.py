"""What is typed to download something: by way of the mirror, where one is set."""

import shlex

from zhixing.settings import Settings


def pip_install(settings: Settings, what: str, python: str = "python -m pip") -> str:
    """The command that installs `what` (names as pip takes them), from the mirror if one is set."""
    through = f" -i {shlex.quote(settings.mirror)}" if settings.mirror else ""
    return f"{python} install{through} {what}"

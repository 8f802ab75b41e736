"""Is what a lab runs with installed? Said before anything runs, with the command to type."""

from collections.abc import Iterable

from zhixing.actions.mirrors import pip_install, torch_asked_for
from zhixing.errors import Problem
from zhixing.grader import environments
from zhixing.words import say


def refuse_missing(packages: Iterable[str], lab: str, mirror: str | None) -> None:
    """Problem when a library of these packages is not installed here: the command that installs it,
    from the mirror if one is set."""
    packages = tuple(packages)
    for package in environments.unknown(packages):
        raise Problem(
            say("this version has no environment with {package}", package=package),
            say("lab {lab}", lab=lab),
            say("take it out of packages in lab.toml, or take a newer Zhixing"),
        )
    missing = environments.missing(packages)
    if missing:
        wanted = [name for one in missing for name in _asked_for(one)]
        raise Problem(
            say("this lab needs what is not installed: {names}", names=", ".join(missing)),
            say("lab {lab}", lab=lab),
            say("`{command}`", command=pip_install(mirror, *wanted)),
        )


def _asked_for(library: str) -> tuple[str, ...]:
    return torch_asked_for() if library == "torch" else (library,)

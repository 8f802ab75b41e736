"""Which libraries does a lab run with, and are they here? Found by name: nothing is imported."""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec

DISTRIBUTIONS = {"sklearn": "scikit-learn", "yaml": "pyyaml"}
"""What pip calls a library, where that differs from what Python calls it."""


def _imports() -> Mapping[str, tuple[str, ...]]:
    """What a fork server imports for each package (its module is loaded only when asked)."""
    from zhixing.grader import nest

    return nest.IMPORTS


def unknown(packages: Iterable[str]) -> tuple[str, ...]:
    """The packages that this version has no environment for."""
    known = _imports()
    return tuple(package for package in packages if package not in known)


def missing(packages: Iterable[str]) -> tuple[str, ...]:
    """The libraries of these packages that are not installed, as pip calls them."""
    known = _imports()
    modules = (name for package in packages for name in known.get(package, ()))
    tops = dict.fromkeys(name.partition(".")[0] for name in modules)
    return tuple(DISTRIBUTIONS.get(top, top) for top in tops if find_spec(top) is None)

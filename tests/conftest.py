"""What all tests share: small labs, the built-in pack, one warm judge."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from zhixing.catalog.reading import catalog_or_problem
from zhixing.grader.grading import Judge
from zhixing.records import Catalog, Edit, Lab, Mutant, Part
from zhixing.words import Bilingual

MakeLab = Callable[..., Lab]
BUILT_IN = Path(__file__).parents[1] / "src" / "zhixing_curriculum"

settings.register_profile("zhixing", deadline=None)  # the machine may be busy
settings.load_profile("zhixing")


@pytest.fixture(scope="session")
def built_in() -> Catalog:
    """The built-in pack, read like any other."""
    return catalog_or_problem([BUILT_IN])


@pytest.fixture(scope="session")
def judge() -> Iterator[Judge]:
    with Judge() as judge:
        yield judge


@pytest.fixture
def make_lab() -> MakeLab:
    """A lab from a solution and checks; `mutants` are (slip, find, put, fails) tuples."""

    def made(
        solution: str,
        checks: str,
        mutants: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (),
        **more: object,
    ) -> Lab:
        names = tuple(
            line.split("(")[0].removeprefix("async ").removeprefix("def check_")
            for line in checks.splitlines()
            if line.startswith(("def check_", "async def check_"))
        )
        values: dict[str, object] = {
            "id": "small",
            "area": "python",
            "title": Bilingual("小", "Small"),
            "kind": "python",
            "skills": (),
            "parts": (Part("whole", Bilingual("全", "Whole"), 10, names),),
            "statement": Bilingual("", ""),
            "solution": solution,
            "checks_source": checks,
            "checks": names,
            "mutants": tuple(
                Mutant(slip, (Edit(find, put),), fails, Bilingual(f"错：{slip}", f"slip: {slip}"))
                for slip, find, put, fails in mutants
            ),
            "packages": ("numpy",),
            "budget_cpu_seconds": 0.3,
            "version": "test",
        }
        return Lab(**(values | more))  # type: ignore[arg-type]

    return made

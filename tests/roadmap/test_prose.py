"""Where nobody planned anything, nothing is planned: pages that speak of days and weeks."""

from pathlib import Path

import pytest
from scoring import UNITS

from zhixing.roadmap.compiling import compile_route

PAGES = Path(__file__).parent / "pages"
PROSE = sorted(path.stem for path in PAGES.glob("prose-*.md"))


@pytest.mark.parametrize("page", PROSE)
def test_no_unit_is_invented_on_prose(page: str) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    route, _ = compile_route(text, route_id="r")
    assert [(n.kind, n.line, n.title) for n in route.root.walk() if n.kind in UNITS] == []


@pytest.mark.parametrize("page", PROSE)
def test_no_milestone_and_no_star_is_invented_on_prose(page: str) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    route, _ = compile_route(text, route_id="r")
    odd = [(n.kind, n.line) for n in route.root.walk() if n.kind == "milestone" or n.stars]
    assert odd == []

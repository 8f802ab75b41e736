"""Whatever is written in a route or in the catalog can be reached: every address, on some page, and
every page, by a link that opens."""

import re
from collections import deque
from html import unescape
from io import StringIO
from urllib.parse import quote, unquote, urljoin

import pytest

from zhixing.actions.leads import leads
from zhixing.actions.routes import all_routes, route
from zhixing.actions.wording import DIRECTIONS, LANGUAGE_NAMES, RESOURCE_KINDS
from zhixing.cli.ink import Paper
from zhixing.cli.pages.shelves import route_page, skill_page

LINK = re.compile(r'(?:href|src)="([^"]*)"')
ADDRESS = re.compile(r"https?://[^\s)>\]`，。；]+")
OWN_MACHINE = ("http://127.0.0.1", "http://localhost")
EACH = 25
"""Of the pages of tasks, which are alike, one in so many is opened."""


def links(page: str) -> set[str]:
    return {unescape(found) for found in LINK.findall(page)}


def wanted(desk) -> set[str]:
    """Every address in the catalog and in the text of a route."""
    texts = [text for written in desk.catalog.routes.values() for text in written.texts.values()]
    found = {address for text in texts for address in ADDRESS.findall(text)}
    for resource in desk.catalog.resources.values():
        found |= {resource.url, *resource.alternatives}
    return {address for address in found if not address.startswith(OWN_MACHINE)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_a_fresh_home_no_link_fails_and_every_address_is_reached(app_at, language) -> None:
    browser = app_at(language=language)
    with browser.desk() as desk:
        missing = wanted(desk)
        tasks = [task for name in all_routes(desk) for task in route(desk, name, language).tasks]
        outward = {t.id: {u for lead in leads(desk, t) for u in (lead.url, *lead.others)}
                   for t in tasks}  # fmt: skip
    linked = crawled(browser, missing)
    assert linked == {task.id for task in tasks}
    for name, addresses in outward.items():
        if missing & addresses:
            missing -= links(browser.read(f"/task?id={quote(name)}"))
    assert missing == set()


def crawled(browser, missing: set[str]) -> set[str]:
    """The tasks that pages link; no page that is opened answers with an error, and the addresses
    on it are taken out of `missing`."""
    waiting, known, tasks = deque(["/", "/routes"]), {"/", "/routes"}, set()
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address, follow_redirects=True)
        assert answer.status_code < 400, address
        if "text/html" not in answer.headers["content-type"]:
            continue
        found = links(answer.text)
        missing -= found
        for other in sorted({urljoin(address, link).partition("#")[0] for link in found} - known):
            if not other.startswith("/") or other.startswith("/static"):
                continue
            known.add(other)
            if other.startswith("/task?"):
                tasks.add(unquote(other.removeprefix("/task?id=")))
                if len(tasks) % EACH:
                    continue
            waiting.append(other)
    return tasks


@pytest.mark.usefixtures("home")
def test_every_address_stands_in_the_terminal(client) -> None:
    with client.desk() as desk:
        told = StringIO()
        paper = Paper(told, "zh")
        for name in all_routes(desk):
            route_page(paper, route(desk, name, "zh"), lambda node: leads(desk, node))
        for skill in desk.catalog.skills.values():
            used = [desk.catalog.resources[name] for name in skill.resources]
            skill_page(paper, skill, used)
        words = set(told.getvalue().split())
        assert wanted(desk) - words == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_resource_says_its_kind_and_its_language(app_at, language) -> None:
    browser = app_at(language=language)
    with browser.desk() as desk:
        catalog = desk.catalog
        used = {r.kind for r in catalog.resources.values()}
        spoken = {r.language for r in catalog.resources.values()}
        skill = next(s for s in catalog.skills.values() if len(s.resources) > 2)
        shown = [catalog.resources[name] for name in skill.resources]
    assert used <= RESOURCE_KINDS.keys()
    assert spoken <= LANGUAGE_NAMES.keys()
    page = browser.read(f"/skills/{skill.id}")
    assert not re.search(r'<span class="chip[^"]*">\s*</span>', page)
    for resource in shown:
        entry = page[page.index(f'<a href="{resource.url}"') :].partition("</li>")[0]
        for word in (RESOURCE_KINDS[resource.kind], LANGUAGE_NAMES[resource.language]):
            assert f'<span class="chip">{word.render(language)}</span>' in unescape(entry)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week_of_a_direction_stands_under_its_name(app_at, language) -> None:
    browser = app_at(language=language)
    page = unescape(browser.read("/routes/cv-llm-rl-12-weeks"))
    with browser.desk() as desk:
        found = route(desk, "cv-llm-rl-12-weeks", language)
        told = StringIO()
        route_page(Paper(told, language), found, lambda node: leads(desk, node))
        paper = told.getvalue()
    days = [n for n in found.root.walk() if n.kind == "note" and "direction:cv" in n.marks]
    others = [n for n in found.root.walk() if n.kind == "note" and "direction:rl" in n.marks]
    cv, rl = DIRECTIONS["cv"].render(language), DIRECTIONS["rl"].render(language)
    heads = [f'<h5 class="leaning">{name}</h5>' for name in (cv, rl)]
    assert [page.count(head) for head in heads] == [1, 1]
    assert page.index(heads[0]) < page.index(days[0].title[:12]) < page.index(heads[1])
    assert page.index(heads[1]) < page.index(others[0].title[:12])
    lines = [line.strip() for line in paper.splitlines()]
    assert lines.count(cv) == lines.count(rl) == 1
    assert lines[lines.index(cv) + 1].startswith(days[0].title[:12])
    assert lines[lines.index(rl) + 1].startswith(others[0].title[:12])

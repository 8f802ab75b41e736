"""The JSON shape of a route."""

import json

from zhixing.roadmap.compiling import compile_route
from zhixing.roadmap.tree import as_tree

DOCUMENT = """\
---
id: r
---
# T
## Week 5–6 · two weeks
### Day 1 (1 h)
- [ ] Study: [a](skill:a) (1 h) · [book](https://example.org/book)
"""


def test_a_tree_is_plain_json_of_the_promised_shape() -> None:
    tree = as_tree(compile_route(DOCUMENT)[0])
    assert json.loads(json.dumps(tree)) == tree
    task = {
        "kind": "task",
        "id": "r/skill:a",
        "title": "a",
        "line": 7,
        "minutes": 60,
        "stars": None,
        "links": [
            {"url": "skill:a", "label": "a"},
            {"url": "https://example.org/book", "label": "book"},
        ],
        "children": [],
    }
    day = {
        "kind": "day", "id": "week-5-6/day-1", "title": "Day 1", "line": 6, "minutes": 60,
        "stars": None, "links": [], "children": [task], "first": 1, "last": 1,
    }  # fmt: skip
    week = {
        "kind": "week", "id": "week-5-6", "title": "two weeks", "line": 5, "minutes": None,
        "stars": None, "links": [], "children": [day], "first": 5, "last": 6,
    }  # fmt: skip
    assert tree == {
        "kind": "route", "id": "r", "title": "T", "line": 4, "minutes": None, "stars": None,
        "links": [], "children": [week],
    }  # fmt: skip

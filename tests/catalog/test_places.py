"""A letter leads to the line that a person has to mend."""

import pytest

from zhixing.catalog.places import at, dotted, line_of

TEXT = """
title = 1
"quoted" = 2
inline = { key = 3 }

[[mutants]]   # first
find = 1
[[mutants]]
edits = [
  { find = 2 },
]
put = 3

[parts . "stable"]
minutes = 4
[la-eigen]
stars = 5
[[la-eigen.criteria]]
say = 6
[[la-eigen.criteria]]
say = 7
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted",), 3),
        (("inline", "key"), 4),
        (("mutants", 0), 6),
        (("mutants", 0, "find"), 7),
        (("mutants", 1, "put"), 12),
        (("mutants", 1, "edits", 0, "find"), 9),
        (("mutants", 1, "missing"), 8),
        (("mutants",), 6),
        (("parts", "stable", "minutes"), 15),
        (("parts",), 14),
        (("la-eigen", "stars"), 17),
        (("la-eigen", "criteria", 1, "say"), 21),
        (("la-eigen", "nothing"), 16),
        (("nothing",), None),
        (("mutants", 7), 6),
        ((), None),
    ],
)
def test_a_key_is_found_where_it_stands(path, line) -> None:
    assert line_of(TEXT, path) == line


def test_people_count_from_one() -> None:
    assert dotted(("mutants", 2, "find")) == "mutants[3].find"


def test_a_place_says_what_is_known() -> None:
    assert [str(one) for one in (at("f"), at("f", 3), at("f", None, "k"), at("f", 3, "k"))] == [
        "f", "f, line 3", "f, key k", "f, line 3, key k",
    ]  # fmt: skip

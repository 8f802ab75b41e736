"""Several files are one text and come apart again; what cannot is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.bundles import header, joined, loosely_parted, parted
from zhixing.errors import Problem
from zhixing.grader.starter import cut_starter, without_markers

NAMES = ("Dockerfile", ".dockerignore", "compose.yaml")
TEXTS = st.lists(
    st.sampled_from(["", "FROM x", "=== other ===", " === Dockerfile ===", "a: 中文", "\t", "==="]),
    max_size=6,
).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(st.tuples(TEXTS, TEXTS, TEXTS))
def test_what_is_joined_comes_apart_as_it_was(texts) -> None:
    files = dict(zip(NAMES, texts, strict=True))
    assert parted(joined(files), NAMES) == files
    assert joined(parted(joined(files), NAMES)) == joined(files)


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert parted(joined({"a": "x", "b": "y"}), ("a", "b")) == {"a": "x\n", "b": "y\n"}


def test_a_line_that_would_begin_another_file_is_refused_with_its_place() -> None:
    with pytest.raises(Problem, match="a, line 2"):
        joined({"a": "x\n=== b ===\n", "b": ""})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a is missing in the answer"),
        ("=== a ===\nx\n", "b is missing in the answer"),
        ("hello\n=== a ===\n=== b ===\n", "text that belongs to no file"),
        ("=== a ===\n=== b ===\n=== a ===\n", "a stands twice"),
    ],
)
def test_what_is_no_bundle_is_said(text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        parted(text, ("a", "b"))


@given(st.text(max_size=200))
def test_any_text_at_all_comes_apart_loosely(text: str) -> None:
    assert set(loosely_parted(text, NAMES)) == set(NAMES)


def test_the_starter_of_files_keeps_the_to_do_and_stops_only_python() -> None:
    solution = joined(
        {
            "main.py": "def f():\n    # <answer> add\n    return 1\n    # </answer>\n",
            "compose.yaml": "services:\n  # <answer> the web\n  web: {}\n  # </answer>\n",
        }
    )
    starter = parted(
        cut_starter(solution, ("main.py", "compose.yaml")), ("main.py", "compose.yaml")
    )
    assert starter == {
        "main.py": "def f():\n    # TODO: add\n    raise NotImplementedError\n",
        "compose.yaml": "services:\n  # TODO: the web\n",
    }
    assert header("compose.yaml") in without_markers(solution)

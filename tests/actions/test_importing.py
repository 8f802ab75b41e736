"""A roadmap that is brought: what is no document, and what cannot be kept, is said and not kept."""

import os
from pathlib import Path

import pytest

from zhixing.actions import importing
from zhixing.actions.routes import all_routes, route
from zhixing.errors import Problem

TEXT = "# 向量\n\n## 第 1 周\n- 学习矩阵乘法（2 小时）\n"


@pytest.mark.parametrize("name", ["-x", "..", "../x", "a/b", "<script>", "a\0b", "x" * 5000])
def test_an_id_that_is_none_is_refused_and_nothing_is_kept(desk, name: str) -> None:
    with pytest.raises(Problem):
        importing.keep(desk, TEXT, name, {})
    assert all_routes(desk) == tuple(desk.catalog.routes)


@pytest.mark.parametrize(
    "text",
    ['{"nodes": [{"id": "\\ud800"}], "edges": []}', '{"nodes": ' + "9" * 5000 + "}", "\x00"],
)
def test_what_cannot_be_read_is_said_in_words_and_not_kept(desk, text: str) -> None:
    with pytest.raises(Problem):
        importing.keep(desk, text, "own", {})
    assert "own" not in all_routes(desk)


def test_what_is_kept_is_a_route_like_any_other(desk) -> None:
    importing.keep(desk, TEXT, "own", {})
    assert "own" in all_routes(desk)
    assert route(desk, "own").tasks


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path, Path("/dev/zero"), tmp_path / "none.md"):
        with pytest.raises(Problem):
            importing.read_file(place)


def test_addresses_that_run_something_are_no_links(desk) -> None:
    text = "# a\n- [learn python](javascript:alert(1)) (2 hours)\n- [b](data:text/html,x)\n"
    found = importing.understood(desk, text)
    urls = [link.url for node in found.route.root.walk() for link in node.links]
    assert not any(url.startswith(("javascript:", "data:")) for url in urls)

"""The map of a route's skills: what comes first stands left, words are whole, few lines cross."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.actions.routes import route
from zhixing.actions.skill_maps import skill_map
from zhixing.web.layered import APART, MOST_A_COLUMN, Box, laid_out, way
from zhixing.web.skill_maps import LETTERS, wrapped


@st.composite
def graphs(draw) -> tuple[Box, ...]:
    """Boxes each of which rests on some of those before it, given in any order."""
    count = draw(st.integers(1, 40))
    boxes = []
    for n in range(count):
        needs = draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True)) if n else []
        height = draw(st.sampled_from([40.0, 59.0, 75.0]))
        boxes.append(Box(f"b{n}", tuple(f"b{need}" for need in needs), height))
    return tuple(draw(st.permutations(boxes)))


@given(graphs())
def test_a_box_stands_right_of_all_it_rests_on_and_covers_no_other(boxes) -> None:
    layout = laid_out(boxes)
    heights = {box.id: box.height for box in boxes}
    assert sorted(name for column in layout.columns for name in column) == sorted(heights)
    for box in boxes:
        assert all(layout.column_of[need] < layout.column_of[box.id] for need in box.needs)
    for at, column in enumerate(layout.columns):
        assert len(column) <= MOST_A_COLUMN
        for upper, lower in pairwise(column):
            apart = layout.middles[lower, at] - layout.middles[upper, at]
            assert apart >= (heights[upper] + heights[lower]) / 2 + APART - 1e-6
        for name in column:
            top = layout.middles[name, at] - heights[name] / 2
            assert -1e-6 <= top <= top + heights[name] <= layout.height + 1e-6


@given(graphs())
def test_a_line_passes_every_column_in_a_lane_of_its_own(boxes) -> None:
    layout = laid_out(boxes)
    for box in boxes:
        for need in box.needs:
            nodes = way(layout, need, box.id)
            assert [at for _, at in nodes] == list(
                range(layout.column_of[need], layout.column_of[box.id] + 1)
            )
            assert all(node in layout.middles for node in nodes)


def test_a_ladder_is_drawn_without_a_crossing() -> None:
    """Two chains given in an order that crosses at each step."""
    boxes = [Box(f"a{n}", (f"a{n - 1}",) if n else (), 40.0) for n in range(5)]
    boxes += [Box(f"z{n}", (f"z{n - 1}",) if n else (), 40.0) for n in range(4, -1, -1)]
    layout = laid_out(tuple(boxes))
    above = [layout.middles[f"a{n}", n] < layout.middles[f"z{n}", n] for n in range(5)]
    assert len(set(above)) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_every_title_of_the_catalog_is_whole_and_fits_its_lines(app_at, language: str) -> None:
    with app_at().desk() as desk:
        titles = [getattr(skill.title, language) for skill in desk.catalog.skills.values()]
    for title in titles:
        lines = wrapped(title)
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")
        assert len(lines) <= 4
        assert all(len(line) <= 2.7 * LETTERS for line in lines)
    assert sum(len(wrapped(title)) <= 2 for title in titles) >= 0.9 * len(titles)


def test_a_title_is_broken_at_a_mark_rather_than_within_a_word() -> None:
    assert wrapped("PEFT 家族：前缀、适配器与选择") == ("PEFT 家族：", "前缀、适配器与选择")
    assert all(
        not line.endswith("top-") for line in wrapped("文本生成：温度、top-k、top-p 与 KV 缓存")
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("begun")
def test_the_map_is_links_with_a_legend_and_a_list_that_says_the_same(app_at, language) -> None:
    browser = app_at(language=language)
    with browser.desk() as desk:
        skills = skill_map(desk, route(desk, "math-16-weeks"))
        titles = {one.id: getattr(one.title, language) for one in skills}
    page = unescape(browser.read("/routes/math-16-weeks"))
    drawing = page[page.index("<svg") : page.index("</svg>")]
    listed = page[page.index('<ol class="maplist">') :]
    for one in skills:
        assert f'<a href="/skills/{one.id}" class="pill {one.level}"' in drawing
        assert f'<a href="/skills/{one.id}">{titles[one.id]}</a>' in listed
        for need in one.needs:
            assert f'data-from="{need}" data-to="{one.id}"' in drawing
    held = next(one for one in skills if one.needs)
    label = re.search(rf'data-skill="{held.id}" aria-label="([^"]+)"', drawing)
    assert label is not None
    assert all(titles[need] in label[1] for need in held.needs)
    assert page.count('class="skill unseen"') >= 1

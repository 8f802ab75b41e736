"""Lines on paper: nothing lost, nothing too wide, no sign where it may not stand."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from zhixing.cli.ink import WIDEST, Paper, bar, fitted
from zhixing.cli.pages.prose import prose
from zhixing.cli.wrapping import NOT_FIRST, NOT_LAST, wrapped
from zhixing.words import Bilingual

CHINESE = st.text("梯度下降把损失压低，沿着负的方向。（一步一步）走“下去”：慢、稳！", max_size=80)
MIXED = st.lists(
    st.sampled_from(
        ["损失", "loss", "np.exp", "，", "。", "（", "）", " ", "a", "《", "》", "lr=0.1"]
    )
).map("".join)


def written(*lines: str, language="zh") -> str:
    stream = io.StringIO()
    paper = Paper(stream, language)
    for line in lines:
        paper.say(line)
    return stream.getvalue()


@given(st.one_of(CHINESE, MIXED, st.text("ab ,.", max_size=60)), st.integers(8, 40))
def test_wrapping_loses_nothing_but_the_spaces_at_a_break(text, cells):
    lines = [line.plain for line in wrapped(Text(text), cells)]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(MIXED, st.integers(20, 40))
def test_a_line_is_too_wide_only_when_it_cannot_be_parted(text, cells):
    for line in wrapped(Text(text), cells):
        if cell_len(line.plain) > cells:
            assert len(wrapped(line, 2)) == 1 or len(wrapped(line, cells)) == 1


@given(CHINESE, st.integers(8, 40))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(text, cells):
    lines = [line.plain for line in wrapped(Text(text), cells) if line.plain]
    assert not any(line[0] in NOT_FIRST for line in lines[1:])
    assert not any(line[-1] in NOT_LAST for line in lines[:-1])


def test_a_path_is_never_cut():
    path = "/home/learner/" + "very/" * 30 + "answer.py"
    assert path in written(f"it lies in {path} as said", language="en").splitlines()[1].strip()


@given(st.lists(CHINESE, max_size=4))
def test_no_line_has_spaces_at_its_end_or_leaves_the_page(texts):
    for line in written(*texts).splitlines():
        assert line == line.rstrip()
        assert cell_len(line) <= WIDEST


@given(st.one_of(CHINESE, MIXED), st.integers(2, 30))
def test_what_is_fitted_takes_exactly_its_cells(text, cells):
    assert cell_len(fitted(text, cells)) in (cells, cells - 1)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500), st.integers(1, 40))
def test_a_bar_fills_its_cells(done, planned, most, cells):
    parts = bar(min(done, planned), min(planned, most), most, cells)
    assert sum(map(len, parts)) == cells


def test_a_title_and_its_remark_stand_on_one_line_whatever_their_signs():
    stream = io.StringIO()
    paper = Paper(stream, "zh")
    for title in ("短", "矩阵是线性变换（linear transformation）" * 3, "latin only"):
        paper.entry([("1  ", "quiet")], title, [Bilingual("45 分钟", "45 min")])
    firsts = [line for line in stream.getvalue().splitlines() if line.endswith("45 分钟")]
    assert len(firsts) == 3
    assert {cell_len(line) for line in firsts} == {WIDEST}


def test_prose_keeps_code_and_formulas_as_they_are_and_joins_paragraphs():
    stream = io.StringIO()
    text = (
        "# Title\n\nfirst line\nsecond line\n\n$$\\frac{1}{n} \\, x$$\n\n```python\n"
        "if x:\n    y = '# no heading'\n```\n\n1. one\n   more of one\n2. two `code`\n\n"
        "中文一行\n接着一行\n"
    )
    prose(Paper(stream, "zh"), text)
    page = stream.getvalue()
    assert "first line second line" in page
    assert "$$\\frac{1}{n} \\, x$$" in page
    assert "        y = '# no heading'" in page
    assert "1. one more of one" in page
    assert "`code`" in page
    assert "中文一行接着一行" in page


def test_a_page_for_no_terminal_has_no_control_signs():
    assert "\x1b" not in written("text", "文字")

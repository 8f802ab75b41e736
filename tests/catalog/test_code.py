"""Checks and solutions are read from their syntax."""

import ast

import pytest

from zhixing.catalog.code import bare_messages, checks_of, hidden_names, marker_letters


def said(letters):
    return [letter.render("en") for letter in letters]


@pytest.mark.parametrize(
    "statement",
    [
        'assert ok, "对 // right"',
        'assert ok, f"得到 {x} // got {x}"',
        'assert ok, f"{zh} // {en}"',
        'assert ok, "得到 {} // got {}".format(x, x)',
        'assert ok, ("得到 " "更多" " // got " f"{x}")',
        'assert ok, "得到 " + str(x) + " // got " + str(x)',
        'raise AssertionError("错 // wrong")',
        'raise ValueError("anything")',
        "assert ok, words",
        "assert ok, words.format(x)",
        "assert ok, tell(x)",
        "close(x, '太远 // too far')",
    ],
)
def test_a_message_in_both_languages_is_fine(statement) -> None:
    assert bare_messages("f", ast.parse(AROUND.format(statement))) == []


AROUND = """
words = "得到 {{}} // got {{}}"


def tell(x):
    return f"得到 {{x}} // got {{x}}"


def close(x, message):
    assert x, message


def check_x(answer, x):
    close(x, "不近 // not close")
    for y in x:
        with y:
            try:
                {}
            finally:
                pass
"""


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("assert ok", "no message"),
        ('assert ok, ""', "one language"),
        ('assert ok, "right"', "one language"),
        ('assert ok, "对//right"', "one language"),
        ('assert ok, "对 // "', "one language"),
        ('assert ok, " // right"', "one language"),
        ('assert ok, f"got {x}"', "one language"),
        ('assert ok, "right // 对"', "not Chinese"),
        ("assert ok, x", "one language"),
        ("assert ok, 3", "one language"),
        ("raise AssertionError", None),
        ("raise AssertionError()", "no message"),
        ('raise AssertionError("wrong")', "one language"),
        ("close(x, 'too far')", "one language"),
        ("assert ok, f'{words}'", "one language"),
    ],
)
def test_a_bare_message_is_a_letter_with_its_line(statement, word) -> None:
    letters = said(bare_messages("checks.py", ast.parse(AROUND.format(statement))))
    assert len(letters) == (word is not None)
    for letter in letters:
        assert word in letter
        assert "checks.py, line " in letter


def test_a_tree_of_any_depth_is_walked() -> None:
    deep = "\n".join("    " * n + "if x:" for n in range(90)) + "\n" + "    " * 90 + "assert x"
    assert len(bare_messages("f", ast.parse(deep))) == 1
    sums = "assert x, " + " + ".join(["'a'"] * 900)
    assert len(bare_messages("f", ast.parse(sums))) == 1
    chain = "if x:\n  pass\n" + "elif x:\n  pass\n" * 800 + "else:\n  assert x"
    assert len(bare_messages("f", ast.parse(chain))) == 1


def test_asserts_in_every_kind_of_block_are_seen() -> None:
    blocks = """
match x:
    case 1:
        assert x
try:
    assert x
except E:
    assert x
else:
    assert x
finally:
    assert x
async def f():
    async with x:
        while x:
            assert x
class A:
    f = lambda: 1
    assert x
"""
    letters = said(bare_messages("f", ast.parse(blocks)))
    assert [int(one.split("line ")[1].split(" ")[0]) for one in letters] == [
        4,
        6,
        8,
        10,
        12,
        16,
        19,
    ]


def test_checks_come_in_file_order_without_their_prefix() -> None:
    letters = []
    tree = ast.parse("def check_b(a): pass\ndef given_x(): pass\ndef check_a(a): pass\n")
    assert checks_of("f", tree, letters) == ("b", "a")
    assert letters == []


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("def check_a(a): pass\ndef check_a(a): pass", "written twice"),
        ("def check_put(a): pass\ndef check_a(a): pass", 'a check cannot be called "put"'),
        ("class X:\n  def check_b(a): pass", "there is no check"),
        ("", "there is no check"),
    ],
)
def test_checks_that_would_not_run_are_letters(source, word) -> None:
    letters = []
    checks_of("f", ast.parse(source), letters)
    assert word in said(letters)[0]


@pytest.mark.parametrize("name", ["put", "get", "fresh", "source", "keep", "probe"])
def test_a_function_that_the_proxy_would_hide_is_a_letter(name) -> None:
    (letter,) = said(hidden_names("f", ast.parse(f"def {name}(x): pass\ndef other(): pass")))
    assert f"answer.{name}" in letter


@pytest.mark.parametrize(
    ("lines", "word", "line"),
    [
        ("# <answer>|x|# <answer>|x|# </answer>", "inside another, opened on line 1", 3),
        ("# <answer>|x|# </answer>|# </answer>", "closes nothing", 4),
        ("x|  # <answer> do it|x", "never closed", 2),
        ("x = '# <answer>'", "no # <answer> line", None),
        ("# <answer>|x|# </answer> |# </answer>", "# </answer> marks nothing", 3),
        ("# <answer>|x|# </answer>|#<answer>", "#<answer> marks nothing", 4),
    ],
)
def test_markers_that_do_not_pair_are_letters(lines, word, line) -> None:
    (letter,) = said(marker_letters("f", lines.replace("|", "\n")))
    assert word in letter
    assert (f"f, line {line} ·" in letter) == (line is not None)


def test_markers_that_pair_are_fine() -> None:
    lines = "# <answer> a|x|# </answer>|y|    # <answer>|    z|    # </answer>"
    assert marker_letters("f", lines.replace("|", "\n")) == []

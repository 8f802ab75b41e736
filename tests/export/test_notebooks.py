"""A lab goes out as a notebook and its code comes back; whatever else comes is a letter."""

import json
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.catalog.packs import pack_folders
from zhixing.catalog.reading import read_catalog
from zhixing.errors import Problem
from zhixing.export.magics import plain_python
from zhixing.export.notebooks import LARGEST_CODE, LARGEST_FILE, as_notebook, code_of
from zhixing.export.sections import sectioned
from zhixing.grader.starter import cut_starter
from zhixing.records import Catalog

SOURCES = sorted((Path(__file__).parents[2] / "src" / "zhixing").rglob("*.py"))
PYTHON = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}


def code(source: object, *, tags: object = (), **more: object) -> dict:
    about = {"tags": list(tags)} if isinstance(tags, tuple) else {"tags": tags}
    return {"cell_type": "code", "metadata": about, "source": source, "outputs": [], **more}


def words(source: object) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: object, **more: object) -> bytes:
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": PYTHON, "cells": list(cells)}
    return json.dumps(whole | more).encode()


def without_cell_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("# cell ")]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(pack_folders(()))[0]


# --- out and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_starter_goes_out_as_a_valid_notebook_and_comes_back_line_for_line(
    catalog: Catalog, language: str
) -> None:
    for lab in catalog.labs.values():
        if lab.essay is not None:
            continue
        starter = cut_starter(lab.solution)
        statement = lab.statement.render(language)
        raw = as_notebook(lab.title.render(language), statement, starter, language)
        nbformat.validate(json.loads(raw))
        assert without_cell_lines(code_of(raw)) == without_cell_lines(starter), lab.id
        assert raw == as_notebook(lab.title.render(language), statement, starter, language)


def test_each_part_of_a_statement_has_its_code_below_it(catalog: Catalog) -> None:
    lab = catalog.labs["la-transform-rank"]
    pieces = sectioned(lab.statement.en, cut_starter(lab.solution))
    assert len(pieces) == 1 + len(lab.parts)
    assert all(piece.text and piece.code for piece in pieces)
    assert "def linear_combination" in pieces[1].code
    assert "def inverse" in pieces[5].code
    assert r"\begin{pmatrix}" in pieces[2].text


STATEMENT = "# T\n\nhello\n\n## 1\n\n- write `second(x)`\n\n## 2\n\n- write `first()`\n"
STARTER = "import math\n\n\ndef first():\n    pass\n\n\ndef second(x):\n    pass\n"


def test_code_stays_in_one_piece_where_its_order_is_not_that_of_the_statement() -> None:
    pieces = sectioned(STATEMENT, STARTER)
    assert [piece.code for piece in pieces[:-1]] == ["", "", ""]
    assert pieces[-1].code == STARTER.strip()


def test_what_stands_in_strings_and_brackets_is_no_definition() -> None:
    starter = 'TEXT = """\ndef second(x):\n"""\n\n\n@wraps\n# why\ndef first():\n    pass\n'
    [head, only] = sectioned("# T\n\n## 1\n\n`first()` and `second(x)`\n", starter)
    assert head.code == 'TEXT = """\ndef second(x):\n"""'
    assert only.code == "@wraps\n# why\ndef first():\n    pass"


# --- what comes back ----------------------------------------------------------------------------


def test_code_cells_are_joined_in_order_each_below_its_number() -> None:
    raw = notebook(words("# T"), code("a = 1\n"), words("b"), code([]), code(["b = 2\n", "c = 3"]))
    assert code_of(raw) == "# cell 1\na = 1\n\n# cell 3\nb = 2\nc = 3\n"


def test_cells_tagged_scratch_are_left_out_and_still_counted() -> None:
    raw = notebook(code("a = 1"), code("1 / 0", tags=("x", "scratch")), code("b = 2"))
    assert code_of(raw) == "# cell 1\na = 1\n\n# cell 3\nb = 2\n"


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1"),
        ("!pip install \\\n  numpy\nx = 1", "# !pip install \\\n# numpy\nx = 1"),
        ("?print\nlen?\nnp.sum??", "# ?print\n# len?\n# np.sum??"),
        ("files = !ls\nt = %timeit -o f()", "# files = !ls\n# t = %timeit -o f()"),
        ("pip install numpy", "# pip install numpy"),
        ("if x:\n    !ls\ny = 1", "if x:\n    pass  # !ls\ny = 1"),
        ("%%bash\nrm -rf /\nls", "# %%bash\n# rm -rf /\n# ls"),
        ("\n%%time\nx = 1", "\n# %%time\nx = 1"),
        ("x = (7\n  % 4)", "x = (7\n  % 4)"),
        ("x = 7 \\\n  % 4", "x = 7 \\\n  % 4"),
        ('"""\n%d\n!x\nwhy?\n"""', '"""\n%d\n!x\nwhy?\n"""'),
        ("x = 'it\\'s'\n%pwd", "x = 'it\\'s'\n# %pwd"),
        ("# don't\n!ls\nx = '''a'''\n!ls", "# don't\n# !ls\nx = '''a'''\n# !ls"),
        ("a = 1\r\n!ls\rb = 2", "a = 1\n# !ls\nb = 2"),
    ],
)
def test_lines_for_ipython_become_comments_and_python_stays(cell: str, plain: str) -> None:
    assert plain_python(cell) == plain


def test_plain_python_is_never_touched() -> None:
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        assert plain_python(text) == text, source.name


@pytest.mark.parametrize(
    "outputs",
    [
        [{"output_type": "display_data", "data": {"image/png": "A" * (50 * 2**20)}}],
        [{"output_type": "display_data", "data": {"text/html": "<script>alert(1)</script>"}}],
        [{"output_type": "stream", "text": "\x1b[2J\0"}, None, 7, [[[]]], 10**400],
        "not a list",
    ],
    ids=["50 MB", "script", "nonsense", "no list"],
)
def test_outputs_never_matter(outputs: object) -> None:
    assert code_of(notebook(code("a = 1", outputs=outputs))) == "# cell 1\na = 1\n"


def test_a_notebook_of_format_3_reads_as_its_upgrade_does() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": "T"},
        {
            "cell_type": "code",
            "collapsed": False,
            "input": ["a = 1\n", "!ls"],
            "language": "python",
            "metadata": {},
            "outputs": [],
            "prompt_number": 1,
        },
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    raw = json.dumps(old).encode()
    upgraded = nbformat.writes(nbformat.reads(raw.decode(), as_version=4)).encode()
    assert code_of(raw) == code_of(upgraded) == "# cell 1\na = 1\n# !ls\n"


# --- letters ------------------------------------------------------------------------------------

DEEP = b"[" * 200_000


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "it is not JSON"),
        (b"x = 1\n", "it is not JSON"),
        (b"\xff\xfe\xfd", "it is not JSON"),
        (b"[]", "not built like one, at $"),
        (b"{}", "not built like one"),
        (b'{"nbformat": true, "cells": []}', "at $.nbformat"),
        (b'{"nbformat": 4, "cells": {}}', "at $.cells"),
        (b'{"nbformat": 3, "worksheets": [{"cells": 1}]}', "at $.worksheets[0].cells"),
        (b'{"nbformat": 2, "worksheets": []}', "format 2"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 4, "nbformat": 4, "cells": []}', '"nbformat" stands twice'),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "at $.nbformat"),
        (DEEP, "not built like one, at $"),
        (b'{"nbformat": 4, "cells": ' + DEEP, "at $.cells[0]"),
        (b'{"nbformat": 4, "x": ' + DEEP, "nested too deep"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "x": ' + DEEP, "nested too deep"),
        (b'{"nbformat": 4, "x": NaN, "cells": []}', "it is not JSON"),
        (notebook(), "no code in this notebook"),
        (notebook(words("x"), code("  \n")), "no code in this notebook"),
        (notebook(code("x = 1", tags=("scratch",))), "no code in this notebook"),
        (notebook(code(7)), "at $.cells[0].source"),
        (notebook(code(["a", None])), "at $.cells[0].source[1]"),
        (notebook(code(float("nan"))), "it is not JSON"),
        (notebook(code("x = '\ud800'")), "it is not JSON"),
        (notebook(code("#" * (LARGEST_CODE + 1))), "over 1 MiB"),
        (notebook(code("x"), metadata={"kernelspec": {"language": "R"}}), "is in R"),
        (notebook(code("x"), metadata={"language_info": {"name": "julia"}}), "is in julia"),
    ],
)
def test_what_cannot_be_read_is_a_letter(raw: bytes, said: str) -> None:
    with pytest.raises(Problem) as caught:
        code_of(raw)
    [letter] = caught.value.letters
    assert said in letter.what.render("en")


def test_a_file_beyond_all_measure_is_not_even_parsed() -> None:
    with pytest.raises(Problem, match="over 96 MiB"):
        code_of(b"[" * (LARGEST_FILE + 1))


KEYS = st.sampled_from(
    ["nbformat", "cells", "cell_type", "source", "input", "metadata", "tags", "worksheets",
     "kernelspec", "language", "outputs", "x"]
)  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["code", "markdown", "python", "scratch", 3, 4])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
CELLS = st.lists(
    st.dictionaries(KEYS, JSON)
    | st.fixed_dictionaries({"cell_type": st.just("code"), "source": st.text() | JSON}),
    max_size=4,
)


def text_or_letter(raw: bytes) -> None:
    with suppress(Problem):
        assert code_of(raw).encode()


@given(JSON)
def test_any_json_gives_text_or_a_letter(value: object) -> None:
    text_or_letter(json.dumps(value).encode())


@given(st.sampled_from([3, 4]), CELLS, st.dictionaries(KEYS, JSON))
def test_any_cells_give_text_or_a_letter(version: int, cells: list, metadata: dict) -> None:
    sheets = [{"cells": cells}]
    whole = {"nbformat": version, "cells": cells, "worksheets": sheets, "metadata": metadata}
    text_or_letter(json.dumps(whole).encode())


@given(st.binary())
def test_any_bytes_give_text_or_a_letter(raw: bytes) -> None:
    text_or_letter(raw)


@given(st.text(alphabet=st.sampled_from("ab1 \n\\'\"#()[]%!?=.:\t")))
def test_any_cell_keeps_its_lines(cell: str) -> None:
    assert plain_python(cell).count("\n") == cell.count("\n")

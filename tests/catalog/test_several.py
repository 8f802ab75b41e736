"""A lab whose answer has several files: what is read, and what is said about what does not fit."""

import pytest

from zhixing.bundles import parted
from zhixing.grader.starter import starter_of

LAB = "labs/math/add-two"
FILES = ("main.py", ".ignore", "say.yaml")
SOLUTION = {
    "main.py": "import add\n\n# <answer> say it\nprint(add.two(1, 2))\n# </answer>\n",
    ".ignore": "x\n",
    "say.yaml": "hello: 中文\n",
}


@pytest.fixture
def program(pack):
    """The sound pack's lab as a program of three files."""
    pack.bend(f"{LAB}/lab.toml", 'kind = "python"', f'kind = "program"\nfiles = {list(FILES)}')
    (pack.folder / LAB / "solution.py").unlink()
    for file in (pack.folder / LAB / "alternatives").iterdir():
        file.unlink()
    for name, text in SOLUTION.items():
        pack.write(f"{LAB}/solution/{name}", text)
        pack.write(f"{LAB}/alternatives/other/{name}", text)
    toml = (pack.folder / LAB / "lab.toml").read_text(encoding="utf-8")
    head, _, _ = toml.partition("[[mutants]]")
    pack.write(f"{LAB}/lab.toml", head + (
        '[[mutants]]\nslip = "says-less"\nfind = "中文"\nput = "x"\n'
        'fails = ["twice_is_a_sum"]\nwhy = { zh = "少了", en = "Less." }\n'))  # fmt: skip
    return pack


def test_solution_and_alternatives_are_bundles_of_the_declared_files(program) -> None:
    lab = program.read()[0].labs["add-two"]
    assert program.letters() == []
    assert (lab.kind, lab.files) == ("program", FILES)
    assert parted(lab.solution, FILES) == SOLUTION
    assert lab.alternatives == {"other": lab.solution}
    assert lab.mutants[0].slip == "says-less"


def test_the_version_follows_every_file_of_the_solution(program) -> None:
    before = program.read()[0].labs["add-two"].version
    program.write(f"{LAB}/solution/.ignore", "y\n")
    assert program.read()[0].labs["add-two"].version != before


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("solution/say.yaml", None, "solution/say.yaml is missing"),
        ("solution/more.yaml", "x: 1\n", 'no file of the answer is called "more.yaml"'),
        ("alternatives/other/.ignore", None, "alternatives/other/.ignore is missing"),
        ("solution/.ignore", "=== main.py ===\n", "begins a file of the answer"),
        ("solution/main.py", "def f(:\n# <answer> x\n# </answer>\n", "not valid Python"),
        ("solution/main.py", "print(1)\n", "there is no # <answer> line"),
        ("solution.py", "# <answer> x\n# </answer>\n", "lies in solution/"),
    ],
)
def test_what_is_wrong_with_the_files_is_said(program, path, content, said) -> None:
    if content is None:
        (program.folder / LAB / path).unlink()
    else:
        program.write(f"{LAB}/{path}", content)
    assert any(said in letter for letter in program.letters()), program.letters()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ('["../x"]', "is no name for a file of an answer"),
        ('["statement.zh.md"]', "is no name for a file of an answer"),
        ('["main.py", "main.py"]', "stands here twice"),
        ('["say.yaml", "main.py", ".ignore"]', "say.yaml cannot be run"),
    ],
)
def test_names_that_no_answer_can_have_are_refused(program, files, said) -> None:
    program.bend(f"{LAB}/lab.toml", f"files = {list(FILES)}", f"files = {files}")
    assert any(said in letter for letter in program.letters()), program.letters()


def test_a_lab_of_kind_files_names_some(program) -> None:
    text = f'kind = "program"\nfiles = {list(FILES)}'
    program.bend(f"{LAB}/lab.toml", text, 'kind = "files"')
    assert any("a lab of kind files names none" in letter for letter in program.letters())


def test_code_to_mend_is_written_and_not_cut(program) -> None:
    before = program.read()[0].labs["add-two"]
    assert before.starter == ""
    broken = SOLUTION | {"main.py": "import add\n\nprint(add.two(1))\n"}
    for name, text in broken.items():
        program.write(f"{LAB}/starter/{name}", text)
    program.write(f"{LAB}/solution/main.py", "import add\n\nprint(add.two(1, 2))\n")
    for_alternatives = program.folder / LAB / "alternatives" / "other" / "main.py"
    for_alternatives.write_text("import add\n\nprint(add.two(1, 2))\n", encoding="utf-8")
    lab = program.read()[0].labs["add-two"]
    assert program.letters() == []
    assert parted(lab.starter, FILES) == broken
    assert starter_of(lab) == lab.starter
    assert lab.version != before.version


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("starter/main.py", "print(1)\n", "the starter is written, and marked to be cut as well"),
        ("starter/main.py", "print(1)\n", "starter/.ignore is missing"),
        ("starter/more.py", "print(1)\n", 'no file of the answer is called "more.py"'),
    ],
)
def test_a_starter_that_is_half_there_is_a_letter(program, path, content, said) -> None:
    program.write(f"{LAB}/{path}", content)
    assert any(said in letter for letter in program.letters()), program.letters()

"""Pack folders in; a catalog of what is sound, and every letter at once, out."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from zhixing.catalog.files import LARGEST_FILE
from zhixing.catalog.reading import catalog_or_problem, read_catalog
from zhixing.errors import Problem
from zhixing.words import Bilingual


def test_a_sound_pack_gives_all_it_holds_and_no_letter(pack) -> None:
    catalog, letters = pack.read()
    assert letters == ()
    assert [one.name for one in catalog.packs] == ["mine"]
    assert list(catalog.skills) == ["counting", "adding"]
    assert catalog.skills["adding"].needs == ("counting",)
    assert catalog.skills["adding"].field == "math"
    assert catalog.skills["adding"].criteria[0].evidence[0] == "lab:add-two#sum"
    assert catalog.resources["number-book"].reach == {"cn": "open 2026-11-01"}
    assert catalog.resources["number-book"].rating == 4
    assert catalog.planned["add-many"].parts == {"all": 60, "fast": 30}
    assert catalog.readings["sums"].title == Bilingual("和", "Sums")
    assert catalog.routes["first-steps"].texts["zh"].startswith("---\nid: first-steps")
    assert catalog.routes["first-steps"].files["en"].endswith("routes/first-steps.en.md")
    assert list(catalog.labs) == ["add-two"]


def test_what_later_versions_read_and_what_nobody_means_give_no_letter(pack) -> None:
    for path in (
        "cards/math.toml", "quizzes/math.toml", "projects/x.zh.md", "datasets.toml",
        "README.md", "README.zh.md", "LICENSE", "__init__.py", ".DS_Store",
        "labs/__pycache__/x.pyc", "labs/math/add-two/.cache", "labs/math/gone/__pycache__/x.pyc",
    ):  # fmt: skip
        pack.write(path, "x = [broken")
    assert pack.letters() == []


@pytest.mark.parametrize(
    ("path", "place", "next_step"),
    [
        ("skill/math.toml", "mine/skill", 'did you mean "skills"?'),
        ("labs/math/add-two/check.py", "add-two/check.py", 'did you mean "checks.py"?'),
        ("routes/first-steps.de.md", "first-steps.de.md", "docs/author"),
        ("skills/math.toml~", "math.toml~", "docs/author"),
        ("labs/math/add-two/data/big.csv", "add-two/data", 'did you mean "data.py"?'),
        ("labs/math/notes.txt", "math/notes.txt", "docs/author"),
    ],
)
def test_an_unknown_file_is_a_letter_with_its_place(pack, path, place, next_step) -> None:
    pack.write(path, "")
    letter = pack.only_letter()
    assert "nothing in a pack is called" in letter
    assert place in letter
    assert next_step in letter


def test_a_starter_is_a_folder(pack) -> None:
    pack.write("labs/math/add-two/starter", "")
    assert "a folder is wanted here, this is a file" in pack.only_letter()
    assert "add-two" in pack.read()[0].labs


def test_every_problem_of_every_file_is_listed_at_once(pack) -> None:
    pack.write("skills/data.toml", "[broken")
    pack.write("resources/data.toml", b"\xff\xfe")
    pack.write("readings/math/alone.zh.md", "no title")
    pack.bend("labs/math/add-two/lab.toml", "helps =", "help =")
    pack.bend("skills/math.toml", "stars = 5", "stars = 9")
    said = pack.letters()
    for word in (
        "not valid TOML", "not UTF-8", "there is zh and no en", "there is no title",
        'key "help" is not known here', "9 does not fit",
    ):  # fmt: skip
        assert [word in one for one in said].count(True) == 1, (word, said)
    with pytest.raises(Problem) as caught:
        catalog_or_problem([pack.folder])
    assert len(caught.value.letters) == len(said) == 6


def test_a_letter_about_toml_names_the_line(pack) -> None:
    pack.write("skills/data.toml", 'x = 1\n\n[y]\nz = """\n')
    letter = pack.only_letter()
    assert "skills/data.toml" in letter
    assert "mend that line" in letter
    pack.write("skills/data.toml", "[y]\nz = \n")
    assert "skills/data.toml, line 2 ·" in pack.only_letter()


@pytest.mark.parametrize(
    "content",
    [b"x = " + b"[" * 50_000, b"x = " + b"9" * 5_000, b"\0", b"x = 1\rx = 2"],
    ids=["deep", "long number", "zero byte", "carriage return"],
)
def test_hostile_toml_is_a_letter(pack, content) -> None:
    pack.write("skills/data.toml", content)
    assert "not valid TOML" in pack.only_letter()


def test_hostile_values_are_letters(pack) -> None:
    number = "0x" + "f" * 5_000
    deep = ".".join("a" * 3_000)
    pack.write("skills/data.toml", f"stray = 1\n[x]\nstars = {number}\n[y]\nstars.{deep} = 1\n")
    assert len([one for one in pack.letters() if "does not fit" in one]) == 2


def test_windows_line_ends_and_marks_change_nothing(pack, tmp_path) -> None:
    plain, _ = pack.read()
    for file in pack.folder.rglob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    catalog, letters = pack.read()
    assert letters == ()
    assert catalog == plain


def test_a_file_over_the_limit_is_refused_unread(pack) -> None:
    file = pack.write("labs/math/add-two/data.py", "")
    os.truncate(file, 50 * 1024 * 1024)  # a hole: no disk is filled
    assert "larger than 4 MiB" in pack.only_letter()
    os.truncate(file, LARGEST_FILE + 1)
    assert "larger than 4 MiB" in pack.only_letter()


def test_a_folder_in_the_place_of_a_file_is_a_letter(pack) -> None:
    (pack.folder / "labs/math/add-two/checks.py").unlink()
    pack.write("labs/math/add-two/checks.py/x", "")
    assert "a plain file is wanted" in pack.only_letter()
    assert pack.read()[0].labs == {}


def test_a_file_in_the_place_of_a_folder_is_a_letter(pack) -> None:
    shutil.rmtree(pack.folder / "resources")
    pack.write("resources", "")
    assert "a folder is wanted" in pack.only_letter()


def test_loops_and_dead_links_are_letters(pack) -> None:
    (pack.folder / "skills/loop.toml").symlink_to("loop.toml")
    (pack.folder / "skills/dead.toml").symlink_to("nowhere")
    said = pack.letters()
    assert len(said) == 2
    assert all("cannot be read" in one and "mend the link" in one for one in said)


def test_a_link_back_to_the_pack_ends(pack) -> None:
    (pack.folder / "labs/math/again").symlink_to(pack.folder, target_is_directory=True)
    said = pack.letters()
    assert ["again" in one for one in said] == [True] * 7
    assert "lab.toml is missing" in said[-1]


def test_what_would_block_is_never_opened(pack) -> None:
    os.mkfifo(pack.folder / "skills/pipe.toml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(pack.folder / "skills/socket.toml"))
        assert ["a plain file is wanted" in one for one in pack.letters()] == [True, True]


def test_a_name_that_is_not_unicode_can_be_shown(pack) -> None:
    (pack.folder / os.fsdecode(b"skills/\xff.toml")).touch()
    letter = pack.only_letter()
    assert letter.encode()
    assert "\\udcff.toml" in letter


@pytest.mark.parametrize("folder", ["nowhere", "empty", "a\0b"])
def test_a_folder_without_a_pack_is_a_letter(pack, tmp_path, folder) -> None:
    (tmp_path / "empty").mkdir()
    catalog, letters = read_catalog([tmp_path / folder, pack.folder])
    assert len(letters) == 1
    assert "`zhixing settings`" in letters[0].render("en")
    assert "add-two" in catalog.labs


def test_a_second_owner_of_an_id_is_a_letter_with_the_first(pack, another_pack) -> None:
    catalog, letters = read_catalog([pack.folder, another_pack.folder])
    said = [letter.render("en") for letter in letters]
    ids = ("counting", "adding", "number-book", "add-two", "add-many", "sums", "first-steps")
    for name in ids:
        (only,) = [one for one in said if f'"{name}" belongs to {pack.folder}' in one]
        assert str(another_pack.folder) in only
    assert len(said) == len(ids)
    assert {one.name for one in catalog.packs} == {"mine", "other"}


def test_a_second_pack_of_one_name_is_a_letter(pack, tmp_path) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    shutil.copy(pack.folder / "pack.toml", twin)
    _, letters = read_catalog([pack.folder, twin])
    (only,) = letters
    assert f'there is a pack "mine" in {pack.folder}' in only.render("en")


def test_a_pack_in_one_language_is_a_letter(pack) -> None:
    pack.bend("pack.toml", '["zh", "en"]', '["en"]')
    assert "pack.toml, line 3, key languages" in pack.only_letter()


def test_a_built_lab_takes_the_place_of_a_planned_one(pack, another_pack) -> None:
    pack.bend("labs/planned.toml", "[add-many]", "[add-two]")
    pack.bend("labs/planned.toml", "[add-many.parts]", "[add-two.parts]")
    assert 'lab "add-two" is built and planned' in pack.only_letter()
    assert pack.read()[0].planned == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[counting]", "[Counting]", '"Counting" is not an id'),
        ("stars = 3\n", "", 'key "stars" is missing'),
        ("stars = 3", 'stars = "3"', '"3" does not fit'),
        ("stars = 3", "stars = true", "True does not fit"),
        ("stars = 3", "stars = 6", "a whole number from 1 to 5 is wanted"),
        ('needs = ["counting"]', 'needs = "counting"', "a list of texts is wanted"),
        ('needs = ["counting"]', 'need = ["counting"]', 'did you mean "needs"?'),
        ('needs = ["counting"]', 'needs = ["counting", "counting"]', "stands here twice"),
        ('needs = ["counting"]', 'needs = ["A b"]', '"A b" is not an id'),
        ('zh = "加法", ', "", '"title" has no zh'),
        ('zh = "加法"', "zh = 3", "a text is wanted, not 3"),
        ('zh = "加法"', 'cn = "加法"', '"cn" is no language here'),
        ('en = "Can add"', 'en = " "', '"say" has no en'),
        ("[[adding.criteria]]", "[adding.criteria]", "tables are wanted"),
    ],
)
def test_what_is_wrong_with_a_skill_is_said(pack, old, new, said) -> None:
    pack.bend("skills/math.toml", old, new)
    letter = pack.only_letter()
    assert said in letter
    assert "skills/math.toml, line " in letter


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "book"', 'kind = "books"', 'did you mean "book"?'),
        ('"https://example.org/numbers"', '"example.org"', "is not a web address"),
        ('"https://example.org/mirror"', '"ftp://x"', "is not a web address"),
        ("rating = 4", "rating = 4.5", "4.5 does not fit"),
        ('"open 2026-11-01"', '"fast"', "open, slow, blocked, unknown"),
        ('language = "en"\n', "", 'key "language" is missing'),
    ],
)
def test_what_is_wrong_with_a_resource_is_said(pack, old, new, said) -> None:
    pack.bend("resources/math.toml", old, new)
    assert said in pack.only_letter()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('field = "math"', 'field = "maths"', 'did you mean "math"?'),
        ('kind = "program"', 'kind = "programme"', 'did you mean "program"?'),
        ("minutes = 90", "minutes = 0", "0 does not fit"),
        ("fast = 30", "fast = 31", "90 minutes, but the parts are 91"),
        ("fast = 30", "Fast = 30", "write name = minutes"),
    ],
)
def test_what_is_wrong_with_a_planned_lab_is_said(pack, old, new, said) -> None:
    pack.bend("labs/planned.toml", old, new)
    assert said in pack.only_letter()


def test_an_unknown_field_is_a_letter_and_its_skills_stay(pack) -> None:
    (pack.folder / "skills/math.toml").rename(pack.folder / "skills/maths.toml")
    assert 'did you mean "math"?' in pack.only_letter()
    assert len(pack.read()[0].skills) == 2


def test_a_route_whose_id_is_not_its_name_is_a_letter(pack) -> None:
    pack.bend("routes/first-steps.en.md", "id: first-steps", "id: first-step")
    letter = pack.only_letter()
    assert "first-steps.en.md, line 2" in letter


def test_a_missing_half_is_a_letter_and_the_other_half_is_there(pack) -> None:
    for path in ("routes/first-steps.en.md", "readings/math/sums.en.md"):
        (pack.folder / path).unlink()
    catalog, _ = pack.read()
    said = pack.letters()
    assert len(said) == 2
    assert all("there is zh and no en" in one for one in said)
    assert list(catalog.routes["first-steps"].texts) == ["zh"]
    assert catalog.readings["sums"].title == Bilingual("和", "和")


def test_code_of_a_pack_is_never_run(pack, tmp_path: Path) -> None:
    witness = tmp_path / "it-ran"
    bomb = f"open({str(witness)!r}, 'w')\nraise SystemExit(3)\n"
    for name in ("__init__.py", "labs/__init__.py", "labs/math/add-two/__init__.py"):
        pack.write(name, bomb)
    for name in (
        "solution.py",
        "checks.py",
        "probes.py",
        "data.py",
        "alternatives/by_sum.py",
        "witness.py",
    ):
        file = pack.folder / "labs/math/add-two" / name
        pack.write(f"labs/math/add-two/{name}", bomb + (file.read_text() if file.exists() else ""))
    assert pack.letters() == []
    assert not witness.exists()

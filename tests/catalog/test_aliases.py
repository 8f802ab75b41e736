"""Other words for a skill: read with a pack, and clear about whose they are."""

from importlib.resources import files
from pathlib import Path

from zhixing.catalog.auditing import audit
from zhixing.catalog.reading import read_catalog

ALIASES = '[adding]\nzh = ["求和", "加"]\nen = ["sums"]\n'


def letters(pack) -> list[str]:
    catalog, read = pack.read()
    assert read == ()
    return [letter.render("en") for letter in audit(catalog) if "aliases.toml" in str(letter.where)]


def test_aliases_of_both_languages_are_read(pack) -> None:
    pack.write("aliases.toml", ALIASES)
    assert pack.read()[0].aliases == {"adding": ("求和", "加", "sums")}
    assert letters(pack) == []


def test_a_pack_without_aliases_is_sound(pack) -> None:
    assert pack.read()[0].aliases == {}


def test_two_packs_may_name_the_same_skill(pack, tmp_path: Path) -> None:
    pack.write("aliases.toml", ALIASES)
    other = tmp_path / "more"
    other.mkdir()
    (other / "pack.toml").write_text('name = "more"\nlanguages = ["zh", "en"]\nlicence = "CC0"\n')
    (other / "aliases.toml").write_text('[adding]\nen = ["plus"]\n')
    catalog, read = read_catalog([pack.folder, other])
    assert read == ()
    assert catalog.aliases["adding"] == ("求和", "加", "sums", "plus")


def test_an_alias_of_no_skill_is_told_with_the_nearest_one(pack) -> None:
    pack.write("aliases.toml", ALIASES.replace("adding", "ading"))
    (letter,) = letters(pack)
    assert 'skill "ading" is not in the catalog' in letter
    assert 'did you mean "adding"?' in letter


def test_one_word_for_two_skills_is_told(pack) -> None:
    pack.write("aliases.toml", ALIASES + '[counting]\nen = ["ＳＵＭＳ"]\n')
    (letter,) = letters(pack)
    assert '"ＳＵＭＳ" means skill "adding" already' in letter


def test_the_title_of_another_skill_is_no_alias(pack) -> None:
    pack.write("aliases.toml", '[counting]\nzh = ["加法"]\n')
    (letter,) = letters(pack)
    assert '"加法" means skill "adding" already' in letter


def test_an_unknown_language_and_a_stray_line_are_told_when_reading(pack) -> None:
    pack.write("aliases.toml", 'x = 1\n[adding]\nfr = ["somme"]\n')
    assert any("fr" in letter for letter in pack.letters())
    assert any('"x" stands outside of any table' in letter for letter in pack.letters())


def test_every_skill_of_the_curriculum_has_other_words() -> None:
    catalog, _ = read_catalog([Path(str(files("zhixing_curriculum")))])
    assert set(catalog.aliases) == set(catalog.skills)
    few = [name for name, words in catalog.aliases.items() if len(words) < 4]
    assert few == []
    assert [one.render("en") for one in audit(catalog) if "aliases" in str(one.where)] == []

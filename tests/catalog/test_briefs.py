"""Two halves of a brief in; one screen for a study task, and every letter about it, out."""

import pytest

from zhixing.catalog.auditing import audit, notes
from zhixing.catalog.reading import read_catalog
from zhixing.words import Bilingual

ZH, EN = "briefs/math/adding.zh.md", "briefs/math/adding.en.md"

CHINESE = """# 加法

## 看什么

第 1 章（10 分钟）。[reading:sums]

```python
3 + 4  # 只给人看
```

## 跑一格

先猜，再运行。

```python run
a = 3  # 三
print(f"{a} 加 {a} 得", a + a)
```

应当看到 `6`。

## 回想

1. 3 加 4 得多少？
   > 7。
2. 次序要紧吗？
   再想一遍。
   > 不要紧：
   > 加法可交换。
3. 加零呢？
   > 不变。
"""

ENGLISH = """# Adding

## What to watch

Chapter 1 (10 minutes). [reading:sums]

```python
3 + 4  # only to be looked at
```

## One cell to run

Guess, then run.

```python run
a = 3  # three
print(f"twice {a}, {a} that is, gives", a + a)
```

You should see `6`.

## Recall

1. What is 3 and 4?
   > 7.
2. Does the order matter?
   Think again.
   > No:
   > adding commutes.
3. And adding zero?
   > Nothing changes.
"""


@pytest.fixture
def briefed(pack):
    """The sound pack with a sound brief, which its route links."""
    pack.write(ZH, CHINESE)
    pack.write(EN, ENGLISH)
    for language in ("zh", "en"):
        file = f"routes/first-steps.{language}.md"
        text = (pack.folder / file).read_text(encoding="utf-8")
        pack.write(file, text.replace("(20 min) ·", "(20 min) · [B](brief:adding) ·", 1))
    return pack


def test_a_brief_holds_its_text_its_cell_and_its_questions(briefed) -> None:
    catalog, letters = briefed.read()
    assert letters == ()
    brief = catalog.briefs["adding"]
    assert (brief.field, brief.title) == ("math", Bilingual("加法", "Adding"))
    assert brief.text.en.startswith("## What to watch\n\nChapter 1")
    assert brief.text.en.endswith("looked at\n```")
    assert brief.cell.zh == 'a = 3  # 三\nprint(f"{a} 加 {a} 得", a + a)\n'
    assert [one.ask.en for one in brief.questions] == [
        "What is 3 and 4?", "Does the order matter?\nThink again.", "And adding zero?",
    ]  # fmt: skip
    assert brief.questions[1].answer == Bilingual("不要紧：\n加法可交换。", "No:\nadding commutes.")


def test_the_task_says_where_its_cell_stands(briefed) -> None:
    task = briefed.read()[0].briefs["adding"].task
    assert task.en == "Guess, then run.\n\n{cell}\n\nYou should see `6`."
    assert [part.strip() for part in task.zh.split("{cell}")] == [
        "先猜，再运行。",
        "应当看到 `6`。",
    ]


def test_a_brief_is_remembered_as_it_was_read(briefed, tmp_path) -> None:
    cache = tmp_path / "catalog.bin"
    first, _ = read_catalog([briefed.folder], cache)
    assert cache.exists()
    assert read_catalog([briefed.folder], cache)[0].briefs == first.briefs
    briefed.bend(EN, "Chapter 1", "Chapter 2")
    assert "Chapter 2" in read_catalog([briefed.folder], cache)[0].briefs["adding"].text.en


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Adding\n", "", "there is no title"),
        ("# Adding\n", "Some words.\n\n# Adding\n", "there is no title"),
        ("```python run", "```python", "there is no cell to run"),
        ("```python\n", "```python run\n", "there are 2 cells to run"),
        ("a = 3 ", "a = = 3 ", "line 16"),
        ("a + a", "a * a", "the cells of zh and en do not do the same"),
        ("a = 3 ", "a = 4 ", "the cells of zh and en do not do the same"),
        ("3. And adding zero?\n   > Nothing changes.\n", "", "2 questions instead of 3"),
        ("3. And", "3. So?\n   > So.\n4. And", "4 questions instead of 3"),
        ("   > 7.\n", "", "this question has no answer"),
        ("## Recall", "## Remember", "there is no section of questions"),
        ("## Recall", "## More\n\nwords\n\n## Recall", 'the section "More" has no place here'),
    ],
)
def test_what_is_wrong_with_a_brief_is_said_and_the_brief_stays(briefed, old, new, said) -> None:
    briefed.bend(EN, old, new)
    letters = [one for one in briefed.letters() if said in one]
    assert len(letters) == 1, briefed.letters()
    assert EN in letters[0]
    assert briefed.read()[0].briefs["adding"].title.zh == "加法"


def test_a_brief_without_sections_or_words_says_all_of_it(briefed) -> None:
    briefed.write(EN, "# Adding\n\n```python run\nprint(1)\n```\n")
    said = "\n".join(briefed.letters())
    for letter in ("stands in no section", "nothing to read", "no section of questions"):
        assert letter in said


def test_a_missing_half_is_a_letter_and_the_other_stands_for_it(briefed) -> None:
    (briefed.folder / ZH).unlink()
    assert "there is en and no zh" in briefed.only_letter()
    brief = briefed.read()[0].briefs["adding"]
    assert brief.text.zh == brief.text.en


def test_a_field_or_id_that_is_none_is_a_letter(briefed) -> None:
    (briefed.folder / "briefs/math").rename(briefed.folder / "briefs/maths")
    assert 'did you mean "math"?' in briefed.only_letter()
    for name in ("zh", "en"):
        folder = briefed.folder / "briefs/maths"
        (folder / f"adding.{name}.md").rename(folder / f"Adding_.{name}.md")
    assert any('"Adding_" is not an id' in one for one in briefed.letters())


def test_a_file_in_another_place_of_briefs_is_a_letter(briefed) -> None:
    briefed.write("briefs/adding.en.md", ENGLISH)
    assert "nothing in a pack is called" in briefed.only_letter()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Chapter 1", "[Lab](lab:add-tow#sum)", 'did you mean "add-two"?'),
        ("[reading:sums]", "[reading:sum]", 'did you mean "sums"?'),
        ("And adding zero?", "[B](brief:addin)?", 'did you mean "adding"?'),
    ],
)
def test_a_brief_names_nothing_that_is_not_there(briefed, old, new, said) -> None:
    briefed.bend(EN, old, new)
    (letter,) = [one.render("en") for one in audit(briefed.read()[0])]
    assert said in letter
    assert EN in letter


def test_a_route_links_briefs_that_exist_and_a_lonely_brief_is_a_note(briefed) -> None:
    catalog, _ = briefed.read()
    assert audit(catalog) == ()
    assert not [one for one in notes(catalog) if "no route links" in one.render("en")]
    for language in ("zh", "en"):
        briefed.bend(f"routes/first-steps.{language}.md", "brief:adding", "brief:ading")
    catalog, _ = briefed.read()
    assert all('did you mean "adding"?' in one.render("en") for one in audit(catalog))
    assert len(audit(catalog)) == 2
    assert [one for one in notes(catalog) if 'no route links brief "adding"' in one.render("en")]

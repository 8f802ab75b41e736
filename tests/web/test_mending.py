"""On the page of an import each line can be mended beside its source, and the change taken back."""

import re
from html import unescape

import pytest

from zhixing.actions.routes import route
from zhixing.actions.standing import standing
from zhixing.roadmap.compiling import compile_route

TEXT = """\
# My way

## Week 1: vectors
- [ ] Read about matrices (2 h)
- [ ] Draw them (1 h)

> a remark of the author

## Week 2: models
- Trees (3 h)
"""


@pytest.fixture
def review(begun):
    return Review(begun)


class Review:
    """The page of one draft, without scripts: what its form would send."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.address = browser.post("/import", {"text": TEXT}).headers["location"]
        self.page = unescape(browser.read(self.address))
        self.route = re.findall(r'name="route" value="([^"]+)"', self.page)[0]
        self.draft = self.address.partition("draft=")[2]

    def send(self, status: int = 200, **fields: str) -> str:
        """Send the form with its hidden fields and these; the page on which it ends."""
        hidden = {"draft": self.draft, "route": self.route, "text": TEXT}
        token = {"token": self.browser.token}
        said = self.browser.http.post(
            "/import/mend", data=token | hidden | fields, follow_redirects=True
        )
        assert said.status_code == status, said.text[:2000]
        self.page = unescape(said.text)
        return self.page

    def name(self, words: str) -> str:
        """What the line with these words is called."""
        lines = self.page.split('<div class="node ')[1:]
        line = next(one for one in lines if words in one)
        return re.findall(r'id="n-([^"]+)"', line)[0]

    @property
    def hours(self) -> str:
        found = re.search(r'<p class="lede">(.*?)</p>', self.page, re.S)
        assert found is not None
        return found[1]

    def keep(self) -> str:
        fields = {"draft": self.draft, "route": self.route}
        assert self.browser.post("/import/keep", fields).status_code == 303
        return self.route


def test_one_line_is_opened_with_its_source_and_what_it_was_read_as(review) -> None:
    name = review.name("Draw them")
    page = review.send(open=name)
    assert page.count('name="mend"') == 1
    assert f'name="mend" value="{name}"' in page
    assert "- [ ] Draw them (1 h)" in page
    assert "read as: study" in page
    assert re.search(r'<input type="text" name="title"[^>]* autofocus', page)
    assert '<div id="L5" class="src got here"' in page
    other = review.name("Trees")
    page = review.send(open=other, mend=name, title="Draw them", minutes="60", kind="study")
    assert page.count(" autofocus") == 1, "the browser goes to the line that was opened"


def test_minutes_kind_and_title_are_taken_in_and_the_hours_follow(review) -> None:
    assert "6 h" in review.hours
    name = review.name("Draw them")
    page = review.send(mend=name, title="Draw ten of them", minutes="150", kind="lab")
    assert "Draw ten of them" in page
    assert "7 h 30 min" in review.hours
    assert page.count("changed by you</span>") >= 1
    assert page.count('name="undo"') == 1
    kept = review.keep()
    with review.browser.desk() as desk:
        task = route(desk, kept).task(name)
        mends = standing(desk).imported[kept].mends
    assert task is not None
    assert (task.title, task.minutes, task.kind) == ("Draw ten of them", 150, "lab")
    assert set(mends) == {name}
    said = review.browser.read(f"/routes/{kept}")
    assert said.count("changed by you") == 1
    assert "Draw ten of them" in said


def test_each_change_has_an_undo_of_its_own(review) -> None:
    first, second = review.name("Draw them"), review.name("Trees")
    review.send(mend=first, title="Draw them", minutes="90", kind="study")
    review.send(mend=second, title="Trees", minutes="300", kind="study")
    assert review.page.count('name="undo"') == 2
    assert "8 h 30 min" in review.hours
    review.send(undo=first)
    assert review.page.count('name="undo"') == 1
    assert "8 h" in review.hours
    assert "As it was read again." in review.page
    review.send(undo=second)
    assert "6 h" in review.hours
    assert 'name="undo"' not in review.page


def test_a_match_that_was_changed_is_marked_and_taken_back_too(review) -> None:
    name = review.name("Trees")
    review.send(**{f"match:{name}": "skill:python-basics"})
    assert review.page.count('name="undo"') == 1
    review.send(undo=name, **{f"match:{name}": "skill:python-basics"})
    assert 'name="undo"' not in review.page
    assert 'skill:python-basics"' not in re.findall(r"<input list[^>]*>", review.page)


def test_a_line_is_left_out_and_comes_back(review) -> None:
    name = review.name("Trees")
    page = review.send(out=name)
    assert '<span class="chip">not a task</span>' in page
    assert "3 h" in review.hours
    review.send(undo=name)
    assert "6 h" in review.hours


def test_a_week_is_left_out_with_all_that_is_in_it(review) -> None:
    week = review.name("vectors")
    assert "Leave out all tasks in it: 2" in review.send(open=week)
    review.send(out=week)
    assert review.page.count('<span class="chip">not a task</span>') == 3
    kept = review.keep()
    with review.browser.desk() as desk:
        assert [task.title for task in route(desk, kept).tasks] == ["Trees (3 h)"]
    again = unescape(review.browser.read(review.address))
    assert again.count('name="undo"') == 1, "what was kept is shown as it was kept"


def test_a_remark_is_a_task_after_all(review) -> None:
    name = review.name("a remark")
    review.send(mend=name, title="A remark, read twice", minutes="30", kind="paper")
    assert "6 h 30 min" in review.hours
    kept = review.keep()
    with review.browser.desk() as desk:
        task = next(t for t in route(desk, kept).tasks if t.title == "A remark, read twice")
    assert (task.kind, task.week, task.minutes) == ("paper", 1, 30)
    assert 'class="refused' not in review.page


def test_a_remark_that_is_a_task_can_be_matched_too(review) -> None:
    name = review.name("a remark")
    review.send(mend=name, title="A remark", minutes="30", kind="paper")
    assert f'name="match:{name}"' in review.page
    review.send(**{f"match:{name}": "skill:python-basics"})
    kept = review.keep()
    with review.browser.desk() as desk:
        task = next(t for t in route(desk, kept).tasks if t.title == "A remark")
    assert task.references("skill") == ("python-basics",)


def test_the_task_book_of_a_mended_route_is_read_back_and_says_what_was_mended(review) -> None:
    trees, remark = review.name("Trees"), review.name("a remark")
    review.send(mend=trees, title="Trees", minutes="95", kind="quiz")
    review.send(mend=remark, title="A remark", minutes="30", kind="paper")
    kept = review.keep()
    assert review.browser.post("/settings/hours/accept", {"route": kept}).status_code == 303
    book = review.browser.read("/plan/plan.md")
    assert book.count("(mark:mended)") == 2
    again, report = compile_route(book)
    assert not report.not_understood
    with review.browser.desk() as desk:
        planned = sorted((t.title, t.kind, t.minutes) for t in route(desk, kept).tasks)
    assert sorted((t.title, t.kind, t.minutes) for t in again.tasks) == planned


def test_what_is_no_number_of_minutes_is_told_with_the_fields_as_they_were_typed(review) -> None:
    name, other = review.name("Draw them"), review.name("Trees")
    typed = {f"match:{other}": "what I typed elsewhere"}
    page = review.send(400, mend=name, title="Draw", minutes="many", kind="lab", **typed)
    assert '"many" is no number of minutes' in page
    assert 'value="many"' in page
    assert 'value="Draw"' in page
    assert "what I typed elsewhere" in unescape(review.browser.read(review.address))


def test_cancel_takes_nothing_in(review) -> None:
    name = review.name("Draw them")
    review.send(mend=name, title="Other", minutes="", kind="", shut=name)
    assert 'name="undo"' not in review.page
    assert 'name="mend"' not in review.page


def test_nothing_left_to_do_is_no_route(review) -> None:
    for week in ("vectors", "models"):
        review.send(out=review.name(week))
    said = review.browser.post("/import/keep", {"draft": review.draft, "route": review.route})
    assert said.status_code == 400
    assert "nothing in this document can be planned" in said.text


def test_the_first_button_of_the_form_takes_in_what_is_typed(review) -> None:
    """It is the one that Enter in a field presses, with or without scripts."""
    page = review.send(open=review.name("Trees"))
    first = re.search(r'<button[^>]*form="review"[^>]*>', page)
    assert first is not None
    assert "formaction" not in first[0]
    assert "name=" not in first[0]
    assert 'id="review" method="post" action="/import/mend"' in page


def test_a_line_that_was_not_understood_is_a_task_after_all(begun) -> None:
    text = "---\nid: own\n---\n# A\n\n## Week 1\n- [ ] An odd one\n- [ ] Study: x (id:x) (1 h)\n"
    address = begun.post("/import", {"text": text}).headers["location"]
    page = begun.read(address)
    assert 'name="open" value="line-7"' in page
    form = {"draft": address.partition("draft=")[2]}
    page = begun.send("/import/mend", form | {"open": "line-7"})
    assert 'name="title" value="An odd one"' in page
    fields = {"mend": "line-7", "title": "An odd one", "minutes": "45", "kind": "quiz"}
    page = begun.send("/import/mend", form | fields)
    assert 'name="open" value="line-7"' in page
    assert 'name="undo" value="line-7"' in page
    assert "not understood: 1" in page, "the document itself has not changed"
    begun.post("/import/keep", form)
    with begun.desk() as desk:
        own = list(standing(desk).imported)[-1]
        titles = [(t.title, t.minutes, t.kind) for t in route(desk, own).tasks]
    assert ("An odd one", 45, "quiz") in titles

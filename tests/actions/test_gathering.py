"""What is an answer in a folder, and what text stands in it: nothing stops, nothing is followed."""

import os
import socket
from pathlib import Path

import pytest

from zhixing.actions import beneath
from zhixing.actions.deciphering import deciphered, handed_in
from zhixing.actions.gathering import gathered
from zhixing.errors import Problem

LAB = "take-the-mean-away"
CODE = "x = 1\n"


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(CODE)


def names(folder: Path) -> list[str]:
    return [one.answer for one in gathered(folder, LAB).answers]


def trouble(folder: Path, answer: str) -> str:
    found = next(one for one in gathered(folder, LAB).answers if one.answer == answer)
    letter = handed_in(found).trouble
    assert letter is not None
    return letter.render("en")


def test_files_and_folders_of_people_are_answers_in_the_order_of_their_paths(tmp_path):
    put(tmp_path, "b.py", "a.ipynb", "Li Ming_42_assignsubmission_file/answer.py", "王/作业.py")
    put(tmp_path, "zed/take-the-mean-away/answer.py", "home/labs/take-the-mean-away/answer.py")
    assert names(tmp_path) == [
        "Li Ming_42_assignsubmission_file/answer.py", "a.ipynb", "b.py",
        "home/labs/take-the-mean-away/answer.py", "zed/take-the-mean-away/answer.py", "王/作业.py",
    ]  # fmt: skip


def test_a_group_of_folders_is_looked_into(tmp_path):
    put(tmp_path, "group 1/ann/answer.py", "group 1/bob/mine.py", "group 2/eve/answer.ipynb")
    assert names(tmp_path) == [
        "group 1/ann/answer.py", "group 1/bob/mine.py", "group 2/eve/answer.ipynb"
    ]  # fmt: skip


def test_answer_py_is_the_answer_among_other_files_of_one_person(tmp_path):
    put(tmp_path, "ann/answer.py", "ann/tries.py", "ann/deep/more.py")
    assert names(tmp_path) == ["ann/answer.py"]


def test_answers_to_other_labs_are_passed_over(tmp_path):
    put(tmp_path, f"ann/{LAB}/answer.py", "ann/other-lab/answer.py", "bob/other-lab/answer.py")
    found = gathered(tmp_path, LAB, [LAB, "other-lab"]).answers
    assert [one.answer for one in found] == [f"ann/{LAB}/answer.py", "bob"]
    assert found[1].trouble is not None


def test_several_files_of_one_person_are_a_row_that_names_them(tmp_path):
    put(tmp_path, "ann/one.py", "ann/two.py", "bob/answer.py", "bob/answer.ipynb")
    assert "one.py, two.py" in trouble(tmp_path, "ann")
    assert "answer.ipynb, answer.py" in trouble(tmp_path, "bob")


def test_somebody_who_handed_in_nothing_has_a_row(tmp_path):
    put(tmp_path, "ann/letter.docx", "bob/answer.py")
    (tmp_path / "eve").mkdir()
    assert names(tmp_path) == ["ann", "bob/answer.py", "eve"]
    assert "no .py" in trouble(tmp_path, "eve")


def test_hidden_files_and_what_tools_make_are_no_answers(tmp_path):
    put(tmp_path, ".hidden.py", ".git/hook.py", "__pycache__/a.py", "__MACOSX/._a.py", "a.py")
    put(tmp_path, "env/lib/site.py", "env/pyvenv.cfg")
    assert names(tmp_path) == ["a.py"]


def test_other_files_are_named_not_forgotten(tmp_path):
    put(tmp_path, "a.py", "a.py.txt", "notes.md")
    assert gathered(tmp_path, LAB).passed_over == ["a.py.txt", "notes.md"]


def test_links_are_rows_and_never_followed_wherever_they_lead(tmp_path):
    put(tmp_path, "secret.py", "class/real.py")
    (tmp_path / "class/in.py").symlink_to("real.py")
    (tmp_path / "class/out.py").symlink_to("../secret.py")
    (tmp_path / "class/passwd.py").symlink_to("/etc/passwd")
    (tmp_path / "class/loop.py").symlink_to("loop.py")
    (tmp_path / "class/away").symlink_to("/etc")
    folder = tmp_path / "class"
    assert names(folder) == ["away", "in.py", "loop.py", "out.py", "passwd.py", "real.py"]
    for name in ("away", "in.py", "loop.py", "out.py", "passwd.py"):
        assert "not followed" in trouble(folder, name)


SEVERAL = ("answer.py",)


@pytest.fixture
def borrowers(tmp_path: Path) -> Path:
    """A class where bob has an answer, and others lead to somebody else's."""
    put(tmp_path, f"teacher/labs/{LAB}/answer.py", f"class/bob/labs/{LAB}/answer.py")
    folder = tmp_path / "class"
    for name in ("alice", "carl", "dan", "eve/labs", "fay", "gus/solo"):
        (folder / name).mkdir(parents=True)
    (folder / "alice/labs").symlink_to(tmp_path / "teacher/labs")
    (folder / "carl/labs").symlink_to("../bob/labs")
    (folder / "dan/answer.py").symlink_to(f"../bob/labs/{LAB}/answer.py")
    (folder / f"eve/labs/{LAB}").symlink_to(f"../../bob/labs/{LAB}")
    (folder / f"fay/{LAB}").symlink_to(f"../bob/labs/{LAB}")
    (folder / "gus/solo/whoever").symlink_to("../../bob")
    (folder / "hal").symlink_to("bob")
    return folder


@pytest.mark.parametrize("files", [(), SEVERAL])
def test_nobody_passes_with_the_answer_of_somebody_else_behind_a_link(borrowers, files):
    found = gathered(borrowers, LAB, files=files).answers
    texts = {one.answer: handed_in(one, files).text for one in found}
    assert [name for name, text in texts.items() if text] == [
        f"bob/labs/{LAB}" if files else f"bob/labs/{LAB}/answer.py"
    ]
    assert list(texts) == [
        "alice/labs", next(name for name, text in texts.items() if text), "carl/labs",
        "dan" if files else "dan/answer.py", f"eve/labs/{LAB}", f"fay/{LAB}", "gus/solo/whoever",
        "hal",
    ]  # fmt: skip
    for one in found:
        letter = handed_in(one, files).trouble
        assert letter is None or "not followed" in letter.render("en")


@pytest.mark.parametrize("files", [(), SEVERAL])
@pytest.mark.parametrize("step", ["ann", "ann/labs", f"ann/labs/{LAB}"])
def test_a_link_that_takes_the_place_of_a_folder_meanwhile_is_not_followed(tmp_path, step, files):
    put(tmp_path, f"class/ann/labs/{LAB}/answer.py")
    (found,) = gathered(tmp_path / "class", LAB, files=files).answers
    (tmp_path / "class" / step).rename(tmp_path / "aside")
    (tmp_path / "class" / step).symlink_to(tmp_path / "aside")
    assert (tmp_path / f"class/ann/labs/{LAB}/answer.py").read_text() == CODE
    letter = handed_in(found, files).trouble
    assert letter is not None
    assert "not followed" in letter.render("en")


def test_a_link_beside_an_answer_does_not_spoil_it(tmp_path):
    put(tmp_path, "ann/answer.py")
    (tmp_path / "ann/data").symlink_to("/etc")
    (tmp_path / "ann/labs").symlink_to("/etc")
    assert names(tmp_path) == ["ann/answer.py"]


def test_the_folder_that_is_graded_may_be_named_by_a_link(tmp_path):
    put(tmp_path, "class/ann/answer.py")
    (tmp_path / "this-year").symlink_to("class")
    (found,) = gathered(tmp_path / "this-year", LAB).answers
    assert (found.answer, handed_in(found).text) == ("ann/answer.py", CODE)


@pytest.mark.skipif(beneath.STEP_BY_STEP is False, reason="there is no other way here")
def test_where_folders_cannot_be_opened_step_by_step_each_is_looked_at(borrowers, monkeypatch):
    monkeypatch.setattr(beneath, "STEP_BY_STEP", False)
    test_nobody_passes_with_the_answer_of_somebody_else_behind_a_link(borrowers, ())
    test_a_link_that_takes_the_place_of_a_folder_meanwhile_is_not_followed(
        borrowers.parent / "more", "ann/labs", ()
    )


def test_one_file_under_two_names_is_two_answers(tmp_path):
    put(tmp_path, "ann/answer.py")
    (tmp_path / "b.py").hardlink_to(tmp_path / "ann/answer.py")
    found = gathered(tmp_path, LAB).answers
    assert [handed_in(one).text for one in found] == [CODE, CODE]


def test_a_folder_that_may_be_entered_and_not_listed_is_gone_through(tmp_path):
    put(tmp_path, f"ann/labs/{LAB}/answer.py")
    (tmp_path / "ann/labs").chmod(0o100)
    (found,) = gathered(tmp_path, LAB).answers
    assert handed_in(found).text == CODE
    (tmp_path / "ann/labs").chmod(0o700)


@pytest.mark.parametrize("files", [(), SEVERAL])
def test_a_pipe_that_takes_the_place_of_a_folder_meanwhile_is_not_waited_for(tmp_path, files):
    put(tmp_path, "ann/answer.py")
    (found,) = gathered(tmp_path, LAB, files=files).answers
    (tmp_path / "ann").rename(tmp_path / "aside")
    os.mkfifo(tmp_path / "ann")
    assert handed_in(found, files).trouble is not None


def test_a_link_that_takes_the_place_of_a_file_meanwhile_is_not_followed(tmp_path):
    put(tmp_path, "a.py")
    found = gathered(tmp_path, LAB).answers[0]
    (tmp_path / "a.py").unlink()
    (tmp_path / "a.py").symlink_to("/etc/passwd")
    assert handed_in(found).text is None


def test_pipes_and_sockets_are_rows_and_never_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.py")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.py")
        assert names(tmp_path) == ["pipe", "pipe.py", "socket.py"]
        assert "not opened" in trouble(tmp_path, "pipe.py")
        assert "not opened" in trouble(tmp_path, "socket.py")


def test_a_pipe_that_takes_the_place_of_a_file_meanwhile_is_not_waited_for(tmp_path):
    put(tmp_path, "a.py")
    found = gathered(tmp_path, LAB).answers[0]
    (tmp_path / "a.py").unlink()
    os.mkfifo(tmp_path / "a.py")
    assert handed_in(found).trouble is not None


def test_a_file_that_is_gone_or_too_large_is_a_row(tmp_path):
    put(tmp_path, "gone.py", "large.py")
    found = gathered(tmp_path, LAB).answers
    (tmp_path / "gone.py").unlink()
    (tmp_path / "large.py").write_bytes(b"#" * (2**20 + 1))
    gone, large = (handed_in(one).trouble for one in found)
    assert gone is not None
    assert "No such file" in gone.render("en")
    assert large is not None
    assert "over 1 MiB" in large.render("en")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_or_folder_that_may_not_be_read_is_a_row(tmp_path):
    put(tmp_path, "a.py", "ann/answer.py")
    (tmp_path / "a.py").chmod(0)
    (tmp_path / "ann").chmod(0)
    assert "Permission denied" in trouble(tmp_path, "a.py")
    assert "Permission denied" in trouble(tmp_path, "ann")
    (tmp_path / "ann").chmod(0o700)


def test_odd_names_are_kept_as_they_are(tmp_path):
    odd = [b"-rf.py", b"a b.py", b"two\nlines.py", "笔记.py".encode(), b"\xff\xfe.py", b"$(id).py"]
    for name in odd:
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:  # noqa: PTH118, PTH123
            file.write(CODE)
    found = gathered(tmp_path, LAB).answers
    assert [os.fsencode(one.answer) for one in found] == sorted(odd)
    assert all(handed_in(one).text == CODE for one in found)


def test_a_folder_that_is_none_is_a_problem(tmp_path):
    put(tmp_path, "file")
    for name in ("nowhere", "file"):
        with pytest.raises(Problem):
            gathered(tmp_path / name, LAB)


TEXT = "# 求平均数：把每个数减去平均数\nx = '中文'\n"


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, "utf-8"),
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8-sig"),
        (TEXT.encode("gbk"), TEXT, "gb18030"),
        (TEXT.encode("utf-16"), TEXT, "utf-16"),
        (CODE.encode("utf-16-le"), CODE, "utf-16-le"),
        (CODE.encode("utf-16-be"), CODE, "utf-16-be"),
        (TEXT.encode("utf-32"), TEXT, "utf-32"),
        ("# café, naïve, Größe\n".encode("latin-1"), "# café, naïve, Größe\n", "latin-1"),
        ("# coding: big5\n# 中文\n".encode("big5"), "# coding: big5\n# 中文\n", "big5"),
        (b"# coding: punycode\n\xe9\n", "# coding: punycode\n\xe9\n", "latin-1"),
        (b"", "", "utf-8"),
        (b"\xff\xfe\x00", "ÿþ\0", "latin-1"),
        (b"\x7fELF\x80\x81\0\0", "\x7fELF\x80\x81\0\0", "latin-1"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(raw, text, encoding):
    assert deciphered(raw) == (text, encoding)


def test_the_row_says_in_which_encoding_a_text_was_read(tmp_path):
    (tmp_path / "a.py").write_bytes(TEXT.encode("gbk"))
    (tmp_path / "b.py").write_bytes(TEXT.encode())
    first, second = (handed_in(one) for one in gathered(tmp_path, LAB).answers)
    assert first.advice is not None
    assert "GBK" in first.advice.en
    assert first.text == second.text == TEXT
    assert second.advice is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"null", b"\xff", b'{"cells": 7}', b"[" * 100_000, b'{"a":' * 100_000,
     b'{"nbformat": 4, "cells": []}', "{}".encode("utf-16")],
)  # fmt: skip
def test_a_notebook_that_is_none_is_a_row(tmp_path, raw):
    (tmp_path / "a.ipynb").write_bytes(raw)
    assert trouble(tmp_path, "a.ipynb")


FILES = ("Dockerfile", "compose.yaml")


def test_where_a_lab_asks_for_several_files_their_folder_is_the_answer(tmp_path):
    put(tmp_path, "ann/Dockerfile", "ann/compose.yaml", "ann/tries/Dockerfile", "bob/notes.py")
    put(tmp_path, f"group/eve/{LAB}/Dockerfile", f"group/eve/{LAB}/compose.yaml", "loose.py")
    found = gathered(tmp_path, LAB, files=FILES)
    assert [one.answer for one in found.answers] == ["ann", "bob", f"group/eve/{LAB}"]
    assert found.passed_over == ["loose.py"]
    texts = [handed_in(one, FILES).text for one in found.answers]
    assert texts == [f"=== Dockerfile ===\n{CODE}=== compose.yaml ===\n{CODE}", None, texts[0]]


def test_a_file_that_an_answer_lacks_or_links_to_is_named_in_its_row(tmp_path):
    put(tmp_path, "ann/Dockerfile", "bob/Dockerfile")
    (tmp_path / "bob/compose.yaml").symlink_to("/etc/passwd")
    for one in gathered(tmp_path, LAB, files=FILES).answers:
        letter = handed_in(one, FILES).trouble
        assert letter is not None
        assert "compose.yaml" in letter.render("en")

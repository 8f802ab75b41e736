"""plan export in all its forms, whole or not at all; plan read of what was filled in."""

import io
import json
import stat

import openpyxl
import pytest

FORMS = ("xlsx", "ics", "csv", "md", "json", "zip")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_goes_to_a_file_whole(learner, tmp_path, form):
    out = tmp_path / f"plan.{form}"
    out.write_text("old")
    out.chmod(0o600)
    said = learner.types("plan", "export", "--format", form, "--out", out)
    assert (said.code, said.out.strip(), said.err) == (0, str(out), "")
    assert len(out.read_bytes()) > 1000
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_texts_go_through_a_pipe_and_into_json(learner):
    assert learner.types("plan", "export", "--format", "ics").out.startswith("BEGIN:VCALENDAR")
    said = learner.types("plan", "export", "--format", "csv", "--json").data
    assert said["text"].startswith("date,")
    refused = learner.types("plan", "export", "--format", "xlsx", "--json")
    assert "--out zhixing-plan.xlsx" in refused.letters[0]["next_step"]


def test_a_full_disk_leaves_what_was_there(learner, tmp_path, monkeypatch):
    out = tmp_path / "plan.csv"
    out.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    said = learner.types("plan", "export", "--format", "csv", "--out", out)
    assert said.code == 2
    assert "No space left on device" in said.err
    assert [file.read_text() for file in tmp_path.glob("*.csv")] == ["old"]
    assert list(tmp_path.glob(".zhixing*")) == []


def test_a_device_is_written_to_and_not_replaced(learner):
    assert learner.types("plan", "export", "--format", "csv", "--out", "/dev/null").code == 0
    assert learner.types("plan", "export", "--out", "/dev/full").code == 2


def test_options_of_a_calendar(learner):
    said = learner.types("plan", "export", "--format", "ics", "--alarm", 15, "--floating")
    assert "TRIGGER:PT8H45M" in said.out
    refused = learner.types("plan", "export", "--format", "ics", "--zone", "Asia/Shanghei")
    assert refused.code == 2
    assert "no time zone" in refused.err


def test_a_filled_in_sheet_is_looked_at_then_taken_then_taken_back(learner, tmp_path):
    file = tmp_path / "plan.xlsx"
    learner.types("plan", "export", "--format", "xlsx", "--out", file)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    head = {cell.value: cell.column for cell in book.worksheets[0][1]}
    book.worksheets[0].cell(2, head["status"]).value = "done"
    book.worksheets[0].cell(2, head["real minutes"]).value = 50
    book.worksheets[0].cell(4, head["status"]).value = "perhaps"
    book.save(file)
    seen = learner.types("plan", "read", file)
    assert seen.code == 0
    assert "done 50 min · Vectors and linear combinations" in seen.out
    assert '"perhaps" is no status · row 4' in seen.out
    assert "--apply" in seen.out
    assert learner.types("progress", "--json").code == 0
    taken = learner.types("plan", "read", file, "--apply", "--json").data
    assert (taken["applied"], len(taken["letters"])) == (1, 1)
    assert learner.types("plan", "read", file, "--apply", "--json").data["applied"] == 0
    first = learner.types("plan", "show", "--week", 1, "--json").data["days"][0]["pieces"][0]
    assert first["state"] == "done"
    assert "all that the sheet had changed" in learner.types("undo").out
    first = learner.types("plan", "show", "--week", 1, "--json").data["days"][0]["pieces"][0]
    assert first["state"] == "open"


@pytest.mark.parametrize("name", ["no-such.xlsx", ".", "settings.toml"])
def test_a_file_that_is_no_sheet_is_a_letter(learner, name):
    (learner.home / "settings.toml").touch()
    said = learner.types("plan", "read", learner.home / name)
    assert said.code == 2
    assert len(said.err.strip().split(" · ")) >= 3


def test_json_of_a_week_in_chinese_is_one_document(learner):
    said = learner.in_chinese().types("plan", "export", "--format", "json", "--week", 1)
    assert json.loads(said.out)["days"][0]["date"] == "2026-12-07"

"""A stranger becomes an author by typing what CONTRIBUTING says."""

import json
from pathlib import Path

import pytest

LAB = "vector-length"


@pytest.fixture
def pack(stranger, tmp_path):
    """A new pack with the lab that `lab new` lays out."""
    folder = tmp_path / "my-pack"
    said = stranger.types("lab", "new", f"math/{LAB}", "--pack", folder)
    assert said.code == 0, said.err
    return folder


def bend(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_lab_passes_verify_and_its_pack_the_audit_at_once(stranger, pack):
    said = stranger.types("lab", "verify", LAB, "--pack", pack, "--json")
    assert said.code == 0, said.out
    report = json.loads(said.out)
    assert set(report) == {
        "lab", "ok", "mutants", "killed", "idle_checks", "cpu_seconds", "problems",
    }  # fmt: skip
    assert (report["ok"], report["mutants"], report["killed"]) == (True, 1, 1)
    audit = stranger.types("pack", "audit", pack, "--json")
    assert (audit.code, audit.data["packs"], audit.data["problems"]) == (0, ["my-pack"], [])
    assert not stranger.home.exists()


def test_where_slips_are_noticed_is_written_down_when_asked(stranger, pack):
    file = pack / "labs" / "math" / LAB / "noticed.toml"
    assert stranger.types("lab", "verify", LAB, "--pack", pack).code == 0
    assert not file.exists()
    assert stranger.types("lab", "verify", LAB, "--pack", pack, "--note").code == 0
    assert "AssertionError" in file.read_text(encoding="utf-8")
    assert stranger.types("pack", "audit", pack, "--json").data["problems"] == []


@pytest.mark.parametrize("kind", ["program", "service", "files"])
def test_a_new_lab_of_any_kind_passes_verify_as_it_is(stranger, tmp_path, kind):
    folder = tmp_path / "my-pack"
    said = stranger.types("lab", "new", f"serving/my-{kind}", "--kind", kind, "--pack", folder)
    assert said.code == 0, said.err
    said = stranger.types("lab", "verify", f"my-{kind}", "--pack", folder, "--json")
    assert said.code == 0, said.out
    assert stranger.types("pack", "audit", folder, "--json").data["problems"] == []


def test_a_lab_whose_answer_begins_with_code_to_mend_verifies_and_lays_it_out(stranger, tmp_path):
    folder = tmp_path / "my-pack"
    stranger.types("lab", "new", "serving/to-mend", "--kind", "files", "--pack", folder)
    lab = folder / "labs" / "serving" / "to-mend"
    whole = (lab / "solution" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in whole.splitlines() if "answer>" not in line]
    (lab / "solution" / "Dockerfile").write_text("\n".join(lines) + "\n", encoding="utf-8")
    broken = "\n".join(line for line in lines if not line.startswith("USER")) + "\n"
    (lab / "starter").mkdir()
    (lab / "starter" / "Dockerfile").write_text(broken, encoding="utf-8")
    said = stranger.types("lab", "verify", "to-mend", "--pack", folder, "--json")
    assert said.code == 0, said.out
    assert stranger.types("pack", "add", folder).code == 0
    started = stranger.types("start", "to-mend", "--json").data
    laid_out = Path(started["answer"])
    laid_out = laid_out / "Dockerfile" if laid_out.is_dir() else laid_out
    assert laid_out.read_text(encoding="utf-8") == broken


def test_a_circle_of_skills_is_told_with_its_path_by_audit_and_by_add(stranger, pack):
    skills = pack / "skills" / "math.toml"
    skills.parent.mkdir(exist_ok=True)
    text = """[%s]
title = { zh = "一", en = "one" }
stars = 3
needs = ["%s"]
why = { zh = "一", en = "one" }
"""
    ring = ("ring-a", "ring-b"), ("ring-b", "ring-c"), ("ring-c", "ring-a")
    skills.write_text("\n".join(text % pair for pair in ring), encoding="utf-8")
    audit = stranger.types("pack", "audit", pack, "--json")
    assert audit.code == 1
    told = [problem["what"] for problem in audit.data["problems"]]
    assert len([what for what in told if "need one another" in what]) == 1
    assert any("ring-a" in what and " → " in what for what in told)
    assert stranger.types("pack", "add", pack).code == 1


def test_a_pack_that_is_added_is_there_for_its_learner(stranger, pack):
    assert stranger.types("pack", "add", pack).code == 0
    assert stranger.types("pack", "add", pack, "--json").data["added"] is False
    assert LAB in stranger.types("labs").out
    started = stranger.types("start", LAB, "--json").data
    assert "# TODO: take away" in Path(started["answer"]).read_text(encoding="utf-8")
    assert stranger.types("check", LAB).code == 1
    assert stranger.types("lab", "verify", "--all", "--pack", pack, "--json").code == 0


def test_the_new_lab_works_for_every_area_of_labs(stranger, tmp_path):
    for area in ("python", "career", "safety"):
        folder = tmp_path / area
        assert stranger.types("lab", "new", f"{area}/my-{area}-lab", "--pack", folder).code == 0
        audit = stranger.types("pack", "audit", folder, "--json")
        assert audit.data["problems"] == [], area


def test_inside_a_pack_no_folder_need_be_named(stranger, pack):
    said = stranger.types("lab", "new", "math/second-lab", cwd=pack)
    assert said.code == 0
    assert (pack / "labs" / "math" / "second-lab" / "lab.toml").is_file()


@pytest.mark.parametrize("lab", [f"math/{LAB}", f"ml/{LAB}", "dl/dl-softmax-ce"])
def test_an_id_that_exists_is_refused_and_nothing_is_written(stranger, pack, lab):
    before = sorted(pack.rglob("*"))
    said = stranger.types("lab", "new", lab, "--pack", pack)
    assert said.code == 2
    assert "already" in said.err
    assert sorted(pack.rglob("*")) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("solution.py", "sum(numbers) / len(numbers)", "0.0", "find occurs 0 times"),
        ("checks.py", "gap < 1e-9", "gap > 1e-9", "solution"),
        (
            "lab.toml",
            'put   = "numbers[0]"',
            'put   = "sum(numbers) / len(numbers) "',
            "not noticed",
        ),
        ("alternatives/another_style.py", "- mean", "+ mean", "alternative another_style"),
        ("statement.zh.md", "1. 目标", "目标", "hints"),
        ("lab.toml", 'skills  = ["', 'skills  = ["no-such-', "not in the catalog"),
    ],
    ids=["edit", "solution", "mutant", "alternative", "hints", "skill"],
)
def test_verify_says_what_is_wrong_with_a_lab(stranger, pack, file, old, new, said):
    bend(pack / "labs" / "math" / LAB / file, old, new)
    found = stranger.types("lab", "verify", LAB, "--pack", pack)
    assert found.code == 1
    assert said in " ".join(found.out.split())


def test_a_lab_whose_files_cannot_be_read_fails_and_is_not_left_out(stranger, pack):
    (pack / "labs" / "math" / LAB / "lab.toml").write_text("title = \n", encoding="utf-8")
    found = stranger.types("lab", "verify", "--all", "--pack", pack, "--json")
    assert found.code == 1
    report = json.loads(found.out)
    assert (report["lab"], report["ok"]) == (LAB, False)
    assert "TOML" in report["problems"][0]


def test_a_pack_with_a_fault_is_audited_with_exit_one_and_not_let_in(stranger, pack):
    bend(pack / "pack.toml", '["zh", "en"]', '["zh"]')
    audit = stranger.types("pack", "audit", pack, "--json")
    assert audit.code == 1
    assert "pack.toml" in audit.data["problems"][0]["where"]
    added = stranger.types("pack", "add", pack, "--json")
    assert (added.code, added.data["added"]) == (1, False)
    assert not (stranger.home / "settings.toml").exists()


def test_a_folder_that_is_no_pack_is_a_letter(stranger, tmp_path):
    said = stranger.types("pack", "audit", tmp_path / "nowhere", "--json")
    assert said.code == 2
    assert "no such folder" in said.letters[0]["what"]
    assert stranger.types("pack", "add", tmp_path / "nowhere").code == 2
    assert stranger.types("settings", "packs", tmp_path / "nowhere").code == 2
    assert stranger.types("lab", "verify", "--all", "--pack", tmp_path / "nowhere").code == 2


# --- routes of a pack ---------------------------------------------------------------------------

ROUTE = {
    "en": "# First steps\n\n## Week 1 · One\n\n### Day 1 (35 min)\n\n"
    "- [ ] Lab: [length](lab:vector-length) (15 min)\n"
    "- [ ] Study: [maps](skill:la-maps) (20 min)\n",
    "zh": "# 第一步\n\n## Week 1 · 一\n\n### Day 1 (35 min)\n\n"
    "- [ ] 实验：[长度](lab:vector-length) (15 min)\n"
    "- [ ] 学习：[映射](skill:la-maps) (20 min)\n",
}


@pytest.fixture
def route(pack):
    """The files of a route in the pack, one a language."""
    files = {language: pack / "routes" / f"first-steps.{language}.md" for language in ROUTE}
    files["en"].parent.mkdir()
    for language, text in ROUTE.items():
        head = f"---\nid: first-steps\nlanguage: {language}\n---\n"
        files[language].write_text(head + text, encoding="utf-8")
    return files


def problems(stranger, pack):
    return stranger.types("pack", "audit", pack, "--json").data["problems"]


def test_a_sound_route_is_sound(stranger, pack, route):
    assert problems(stranger, pack) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "said"),
    [
        ("en", "(20 min)", "(25 min)", "add up to"),
        ("zh", "(skill:la-maps)", "(skill:la-vectors)", "other language"),
        ("en", "- [ ] Lab: [length](lab:vector-length) (15 min)\n", "", "other language"),
        ("en", "(skill:la-maps)", "(skill:la-mapps)", "not in the catalog"),
        ("zh", "(lab:vector-length)", "(lab:vector-lenth)", "neither built nor planned"),
        ("en", "- [ ] Study", "- [ ] Study: no name (5 min)\n- [ ] Study", "not understood"),
    ],
    ids=["hours", "link", "missing task", "skill", "lab", "grammar"],
)
def test_a_route_is_compiled_in_both_languages_and_compared(
    stranger, pack, route, language, old, new, said
):
    bend(route[language], old, new)
    found = problems(stranger, pack)
    assert any(said in letter["what"] for letter in found), found
    assert all("first-steps." in letter["where"] for letter in found), found


def test_a_lab_that_comes_before_what_it_needs_is_named(stranger, pack, route):
    stranger.types("lab", "new", "math/needed-first", "--pack", pack)
    bend(
        pack / "labs" / "math" / LAB / "lab.toml",
        "packages =",
        'needs = ["needed-first"]\npackages =',
    )
    late = "- [ ] Lab: [first](lab:needed-first) (15 min)\n"
    for language, file in route.items():
        text = file.read_text(encoding="utf-8").replace("(35 min)", "(50 min)")
        file.write_text(
            text + late.replace("Lab:", "实验：" if language == "zh" else "Lab:"), encoding="utf-8"
        )
    [letter] = problems(stranger, pack)
    assert 'lab "vector-length" needs lab "needed-first" done before' in letter["what"]


def test_a_task_that_comes_before_all_work_on_what_it_needs_is_named(stranger, pack, route):
    for file in route.values():
        *head, lab, study = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join((*head, study, lab, "")), encoding="utf-8")
    audit = stranger.types("pack", "audit", pack, "--json")
    assert audit.code == 1
    [letter] = audit.data["problems"]
    assert 'needs skill "la-vectors", and all work on that comes later' in letter["what"]
    assert "first-steps.zh.md, line 11" in letter["where"]


def test_notes_are_listed_and_are_no_failure(stranger, pack, route):
    for file in route.values():
        bend(file, "(lab:vector-length)", "(lab:py-metaclass)")
    audit = stranger.types("pack", "audit", pack, "--json")
    assert audit.code == 0
    assert any("planned" in note["what"] for note in audit.data["notes"])


# --- a lab without parts ------------------------------------------------------------------------


def test_a_lab_without_parts_is_done_by_passing_it_and_not_by_trying(stranger, pack, route):
    folder = pack / "labs" / "math" / LAB
    text = (folder / "lab.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("[parts.centre]")
    (folder / "lab.toml").write_text(
        f"{head}minutes = 15\n\n[[mutants]]{rest.partition('[[mutants]]')[2]}", encoding="utf-8"
    )
    assert stranger.types("lab", "verify", LAB, "--pack", pack).code == 0
    stranger.types("pack", "add", pack)
    assert stranger.types("init", "--route", "first-steps", "--yes").code == 0
    stranger.types("start", LAB)
    assert stranger.types("check", LAB).code == 1
    assert stranger.types("progress", "--json").data["tasks_done"] == 0
    stranger.answers(LAB, (folder / "solution.py").read_text(encoding="utf-8"))
    assert stranger.types("check", LAB).code == 0
    progress = stranger.types("progress", "--json").data
    assert progress["tasks_done"] == 1
    assert (progress["labs"][0]["passed_parts"], progress["labs"][0]["parts"]) == ([""], 1)

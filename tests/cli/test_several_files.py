"""A lab whose answer has several files, and one whose answer is a program, in the terminal."""

import json

import pytest

from zhixing.bundles import joined, parted
from zhixing.grader.starter import cut_starter, planted, without_markers

DOCKER = "svc-docker-compose"
TYPER = "py-cli-typer"


@pytest.fixture
def docker(catalog):
    return catalog.labs[DOCKER]


def laid(learner, lab, text):
    """Put a bundle's files where the lab was laid out."""
    for name, content in parted(text, lab.files).items():
        (learner.home / "labs" / lab.id / name).write_text(content, encoding="utf-8")


def test_start_wrong_hint_right_with_files_that_lie_side_by_side(learner, docker):
    started = learner.types("start", DOCKER)
    folder = learner.home / "labs" / DOCKER
    assert all(str(folder / name) in started.out for name in docker.files)
    found = {name: (folder / name).read_text(encoding="utf-8") for name in docker.files}
    assert joined(found) == cut_starter(docker.solution, docker.files)

    mutant = next(m for m in docker.mutants if m.slip == "runs-as-root")
    laid(learner, docker, planted(docker, mutant))
    wrong = learner.types("check", f"{DOCKER}#image", "--json")
    assert wrong.code == 1
    assert [slip["id"] for slip in wrong.data["slips"]] == ["runs-as-root"]
    hint = learner.types("hint", f"{DOCKER}#image", "--json").data
    assert (hint["check"], hint["rung"]) == ("not_run_as_root", 1)

    laid(learner, docker, without_markers(docker.solution))
    (folder / "notes.txt").write_text("a file that nobody asked for", encoding="utf-8")
    right = learner.types("check", DOCKER, "--json")
    assert right.code == 0, right.out
    assert "=== compose.yaml ===" in learner.types("solution", DOCKER, "--json").data["solution"]

    again = learner.types("start", DOCKER, "--again", "--json").data
    assert again["aside"].endswith("Dockerfile.1")
    assert (folder / "compose.1.yaml").exists()
    assert (folder / "compose.yaml").read_text(encoding="utf-8") == found["compose.yaml"]


def test_a_missing_file_a_file_of_another_kind_and_no_notebook_are_letters(
    learner, docker, tmp_path
):
    learner.types("start", DOCKER)
    (learner.home / "labs" / DOCKER / ".dockerignore").unlink()
    said = learner.types("check", DOCKER)
    assert said.code == 2
    assert ".dockerignore" in said.err

    (learner.home / "labs" / DOCKER / ".dockerignore").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in learner.types("check", DOCKER).err

    bundle = tmp_path / "answer.txt"
    bundle.write_text(without_markers(docker.solution), encoding="utf-8")
    assert learner.types("check", DOCKER, "--file", bundle).code == 0
    bundle.write_text("FROM x\n", encoding="utf-8")
    assert "belongs to no file" in learner.types("check", DOCKER, "--file", bundle).err
    assert "no notebook" in learner.types("start", DOCKER, "--notebook").err


def test_a_folder_of_files_is_an_answer(learner, docker, tmp_path):
    for name, text in parted(without_markers(docker.solution), docker.files).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert learner.types("check", DOCKER, "--file", tmp_path).code == 0


def test_a_program_starts_fails_by_name_and_passes(learner, catalog):
    lab = catalog.labs[TYPER]
    learner.types("start", f"{TYPER}#export")
    starter = learner.types("check", f"{TYPER}#export", "--json")
    assert starter.code == 1
    assert starter.data["slips"] == []
    mutant = next(m for m in lab.mutants if m.slip == "greets-before-the-data")
    learner.answers(TYPER, planted(lab, mutant))
    wrong = learner.types("check", f"{TYPER}#export", "--json")
    assert [slip["id"] for slip in wrong.data["slips"]] == ["greets-before-the-data"]
    learner.answers(TYPER, without_markers(lab.solution))
    assert learner.types("check", f"{TYPER}#export", "--json").code == 0


def test_a_lab_whose_library_is_missing_names_the_command_that_installs_it(learner, tmp_path):
    pack = tmp_path / "pack"
    assert learner.types("lab", "new", "ml/wants-more", "--pack", pack).code == 0
    toml = pack / "labs" / "ml" / "wants-more" / "lab.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(
        text.replace('packages = ["python"]', 'packages = ["mujoco"]'), encoding="utf-8"
    )
    said = learner.types("lab", "verify", "wants-more", "--pack", pack, "--json")
    assert said.code == 1
    assert "no environment with mujoco" in json.loads(said.out)["problems"][0]


@pytest.mark.parametrize("kind", ["program", "files"])
def test_a_new_lab_of_each_kind_is_sound_as_it_is(learner, tmp_path, kind):
    pack = tmp_path / "pack"
    assert learner.types("lab", "new", f"ml/my-{kind}", "--pack", pack, "--kind", kind).code == 0
    said = learner.types("lab", "verify", f"my-{kind}", "--pack", pack, "--json")
    assert said.code == 0, said.out

"""Files are read in a process of their own and judged as plain data; hostile ones cost nothing."""

import pytest

from zhixing.bundles import joined
from zhixing.grader import dockerfiles, yamls
from zhixing.grader.dockerfiles import Unread

DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG V=3.12
FROM python:${V}-slim AS Build
RUN pip install \\
    # a comment
    -r requirements.txt
FROM scratch
ENV A=1 B="x y"
ENV OLD some value
COPY --from=build --chown=a:b ["/a b", "/c"]
HEALTHCHECK --interval=10s CMD ["true"]
CMD ['not', 'json']
"""


def test_a_dockerfile_is_its_stages_and_instructions() -> None:
    build, last = dockerfiles.stages(DOCKERFILE)
    assert (build["name"], build["image"], build["line"]) == ("build", "python:3.12-slim", 3)
    assert build["instructions"][0]["text"] == "pip install -r requirements.txt"
    env, old, copy, health, command = last["instructions"]
    assert env["pairs"] == {"A": "1", "B": "x y"}
    assert old["pairs"] == {"OLD": "some value"}
    assert copy["flags"] == {"from": "build", "chown": "a:b"}
    assert copy["words"] == ["/a b", "/c"]
    assert (health["form"], health["words"]) == ("exec", ["true"])
    assert (command["form"], command["line"]) == ("shell", 12)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "there is no FROM"),
        ("RUN x\n", 1, "FROM comes before RUN"),
        ("FROM a\nFOO b\n", 2, '"FOO" is no instruction'),
        ("FROM a\nRUN <<EOF\nx\nEOF\n", 2, "here-document"),
        ("FROM a\nCOPY 'x y\n", 2, "quotation mark"),
        ("FROM a AS\n", 1, "FROM is FROM image AS name"),
        ("FROM a\n" + "#" * 200_000, 1, "195 KiB is longer than any Dockerfile needs"),
        ("FROM a\nRUN " + "echo " * 5_000, 2, "an instruction over 16 KiB"),
    ],
)
def test_what_is_no_dockerfile_is_said_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Unread, match=said) as raised:
        dockerfiles.stages(text)
    assert raised.value.line == line


def test_yaml_is_plain_data_as_version_1_2_reads_it() -> None:
    listed = "[5432:5432, 22:22, 010, 0x10, 1.5, ~, true, 2026-11-22]"
    text = f"a: on\nb: {listed}\nc: &x {{k: 1}}\nd: {{<<: *x}}\n"
    assert yamls.plain(text) == {
        "a": "on",
        "b": ["5432:5432", "22:22", 10, 16, 1.5, None, True, "2026-11-22"],
        "c": {"k": 1},
        "d": {"k": 1},
    }


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "the key a stands twice"),
        (LAUGHS, "20000 values"),
        ("a: &a [*a]\n", "holds itself"),
        ("[" * 40 + "]" * 40, "32 deep"),
        ("[" * 5_000, "too deep"),
        ("x: !!python/object/apply:os.system [ls]\n", "not YAML"),
        ("a: b: c\n", "not YAML"),
        ("--- 1\n--- 2\n", "not YAML"),
        ("? [1, 2]\n: 3\n", "single word"),
        ("x: " + "9" * 9_000, "too large"),
    ],
)
def test_what_is_no_plain_yaml_is_said(text: str, said: str) -> None:
    with pytest.raises(Unread, match=said):
        yamls.plain(text)


CHECKS = """
def check_image(answer):
    image = answer.saw("image", answer.dockerfile("Dockerfile")[0]["image"])
    assert image == "a:1", f"基础镜像是 {image} // the base image is {image}"


def check_services(answer):
    assert answer.yaml("c.yaml") == {"services": {"web": None}}, "a // b"
    assert answer.lines("Dockerfile")[0] == "FROM a:1", "a // b"
    assert answer.text("c.yaml").endswith("\\n"), "a // b"
"""
FILES = ("Dockerfile", "c.yaml")
GOOD = joined({"Dockerfile": "FROM a:1\n", "c.yaml": "services:\n  web:\n"})


@pytest.fixture
def lab(make_lab):
    mutant = ("floats", "FROM a:1", "FROM a", ("image",))
    return make_lab(GOOD, CHECKS, (mutant,), kind="files", packages=("pyyaml",), files=FILES)


def test_facts_are_judged_and_a_slip_is_named_by_what_a_check_saw(lab, judge) -> None:
    assert judge.grade(lab, GOOD).passed
    other = joined({"Dockerfile": "# mine\nFROM a\nRUN x\n", "c.yaml": "services: {web: }\n"})
    verdict = judge.grade(lab, other)
    assert [check.outcome for check in verdict.checks] == ["fail", "fail"]
    assert [slip.id for slip in verdict.slips] == ["floats"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"Dockerfile": "", "c.yaml": LAUGHS}, ["Dockerfile is still empty", "20000 values"]),
        (
            {"Dockerfile": "\ufffe\x01", "c.yaml": "a: 1\na: 2"},
            ["is no instruction", "c.yaml, line 2"],
        ),
        ({"Dockerfile": "FROM b\n\0", "c.yaml": "\0"}, ["is no instruction", "c.yaml"]),
    ],
)
def test_a_hostile_file_fails_its_check_with_the_line(lab, judge, files, said) -> None:
    verdict = judge.grade(lab, joined(files), diagnose=False)
    for check, words in zip(verdict.checks, said, strict=True):
        assert check.outcome == "fail"
        assert words in check.message.en
    assert judge.grade(lab, GOOD, diagnose=False).passed


def test_a_text_that_is_no_bundle_is_a_failure_of_every_check(lab, judge) -> None:
    assert {check.outcome for check in judge.grade(lab, "hello").checks} == {"fail"}

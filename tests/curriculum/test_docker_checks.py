"""The checks of svc-docker-compose read an answer in the judge: one look at each letter."""

import re
import time
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

CHECKS = Path("src/zhixing_curriculum/labs/serving/svc-docker-compose/checks.py")


def checks() -> types.ModuleType:
    module = types.ModuleType("checks")
    source = (Path(__file__).parents[2] / CHECKS).read_text(encoding="utf-8")
    exec(compile(source, "checks.py", "exec"), module.__dict__)
    return module


DOCKER = checks()


def as_expression(pattern: str) -> re.Pattern[str]:
    """The same meaning as a regular expression, which may take for ever."""
    text, out = pattern.strip().strip("/").removeprefix("./"), ""
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    while text:
        sign = next((sign for sign in signs if text.startswith(sign)), text[0])
        out, text = out + signs.get(sign, re.escape(sign)), text[len(sign) :]
    return re.compile(f"(?:{out})(?:/.*)?")


PIECES = st.sampled_from(["*", "**", "**/", "*/", "?", "/", "a", "b", "."])
NAMES = st.text("ab.", min_size=1, max_size=3)


@given(st.lists(PIECES, max_size=7), st.lists(NAMES, min_size=1, max_size=4))
def test_a_pattern_takes_what_the_expression_takes(pieces: list[str], names: list[str]) -> None:
    pattern, path = "".join(pieces), "/".join(names)
    assert DOCKER.matches(pattern, path) == bool(as_expression(pattern).fullmatch(path))


@pytest.mark.parametrize(
    ("run", "installs"),
    [
        ("/venv/bin/pip install --no-cache-dir -r requirements.txt", True),
        ("python -m pip install x", True),
        ("uv sync", True),
        ("apt-get install pip", False),
        ("install pip", False),
    ],
)
def test_what_installs_packages(run: str, installs: bool) -> None:
    assert DOCKER.installs_packages(run) is installs


@pytest.mark.parametrize(
    ("run", "made"),
    [
        ("useradd --system --uid 10001 todo", True),
        ("/usr/sbin/adduser -S app && true; useradd todo", True),
        ("useradd app && chown todo x", False),
        ('sh -c "useradd todo"', True),
        ("useradd todos", False),
    ],
)
def test_what_makes_a_user(run: str, made: bool) -> None:
    assert DOCKER.makes_user(run, "todo") is made


@pytest.mark.parametrize(
    ("run", "told"),
    [
        ("PIP_TOKEN=a pip", True),
        ("export DB_PASSWORD=1", True),
        ("echo TOKEN", False),
        ("--mount=type=secret,id=x", False),
    ],
)
def test_what_sets_a_secret(run: str, told: bool) -> None:
    assert DOCKER.sets_secret(run) is told


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (["uvicorn", "a:b", "--host", "0.0.0.0", "--port", "8000"], ("0.0.0.0", "8000")),
        (["uvicorn", "--host=0.0.0.0", "--port=80"], ("0.0.0.0", "80")),
        (["gunicorn", "-b", "0.0.0.0:9000"], ("0.0.0.0", "9000")),
        (["uvicorn"], ("127.0.0.1", "8000")),
        (["uvicorn", "--host"], ("127.0.0.1", "8000")),
    ],
)
def test_where_a_server_listens(words: list[str], place: tuple[str, str]) -> None:
    assert DOCKER.listening(words) == place


def test_texts_that_an_expression_tries_for_minutes_take_no_time() -> None:
    begun = time.process_time()
    for path in DOCKER.FILES:
        DOCKER.matches("*a*e*i*o*u" * 25 + "Q", path)
        DOCKER.matches("**?" * 80, path)
    DOCKER.installs_packages("pip " * 50_000)
    DOCKER.makes_user("useradd " * 25_000, "zz")
    DOCKER.sets_secret("TOKEN" * 40_000)
    DOCKER.listening(["-b="] * 60_000)
    assert time.process_time() - begun < 2.0

"""Defaults < file < environment < flags, and a settings file that survives."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from zhixing import settings
from zhixing.errors import Problem
from zhixing.settings import read_settings, unknown_variables, write_setting


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def put(home: Path, text: str | bytes) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    file = home / "settings.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def letters(home: Path, environment: dict[str, str] | None = None, **flags: object) -> list[str]:
    with pytest.raises(Problem) as caught:
        read_settings(home, environment or {}, flags)
    return [letter.render("en") for letter in caught.value.letters]


def test_all_works_without_file_environment_or_flags(home: Path) -> None:
    found = read_settings(home, {}, {})
    assert (found.home, found.language, found.theme, found.mirror, found.packs, found.data) == (
        home, "zh", "auto", None, (), None,
    )  # fmt: skip
    assert not home.exists()
    assert found.where_from("home").render("en") == "flag --home"
    assert {str(found.where_from(name)) for name in settings.NAMES} == {"default"}


def test_a_flag_wins_over_the_environment_and_that_over_the_file(home: Path) -> None:
    file = put(home, 'language = "zh"\nmirror = "https://file.example"\ndata = "sets"\n')
    environment = {"ZHIXING_LANGUAGE": "zh", "ZHIXING_MIRROR": "https://env.example", "LANG": "de"}
    found = read_settings(home, environment, {"language": "en", "mirror": None})
    assert (found.language, found.mirror, found.data) == (
        "en", "https://env.example", home / "sets",
    )  # fmt: skip
    assert [str(row[2]) for row in found.rows()] == [
        "flag --home",
        "flag --language",
        "default",
        "environment variable ZHIXING_MIRROR",
        "default",
        str(file),
    ]
    assert [row[0] for row in found.rows()] == [
        "home", "language", "theme", "mirror", "packs", "data",
    ]  # fmt: skip


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_ground_of_the_pages_is_kept_in_the_file(home: Path, theme: str) -> None:
    write_setting(home, "theme", theme)
    found = read_settings(home, {}, {})
    assert (found.theme, str(found.where_from("theme"))) == (theme, str(home / "settings.toml"))
    assert read_settings(home, {"ZHIXING_THEME": "dark"}, {}).theme == "dark"
    assert read_settings(home, {"ZHIXING_THEME": "dark"}, {"theme": "light"}).theme == "light"
    write_setting(home, "theme", None)
    assert read_settings(home, {}, {}).theme == "auto"


def test_another_ground_is_a_letter_with_the_nearest(home: Path) -> None:
    put(home, 'theme = "drak"\n')
    assert 'theme cannot be "drak"' in letters(home)[0]
    assert 'did you mean "dark"?' in letters(home)[0]
    assert 'it takes "auto", "light" or "dark"' in letters(home, theme="paper")[0]
    (home / "settings.toml").unlink()
    with pytest.raises(Problem, match="theme cannot be"):
        write_setting(home, "theme", "")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": ""}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh-Hans"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LC_ALL": "en_US", "LANG": "zh_CN"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LANG": "en_US", "ZHIXING_LANG": "zh"}, "zh"),
    ],
)
def test_the_first_language_is_chinese_unless_the_system_names_another(
    home: Path, environment: dict[str, str], language: str
) -> None:
    assert read_settings(home, environment, {}).language == language


def test_the_home_comes_from_the_environment_or_from_the_system(tmp_path: Path) -> None:
    found = read_settings(None, {"ZHIXING_HOME": str(tmp_path)}, {})
    assert found.home == tmp_path
    assert str(found.where_from("home")) == "environment variable ZHIXING_HOME"
    assert read_settings(None, {}, {}).home.name == "zhixing"


def test_folders_of_packs_come_as_a_list_relative_to_the_home(home: Path) -> None:
    put(home, 'packs = ["packs/mine", "/elsewhere"]\n')
    assert read_settings(home, {}, {}).packs == (home / "packs/mine", Path("/elsewhere"))
    both = {"ZHIXING_PACKS": f"one{os.pathsep}/two"}
    assert read_settings(home, both, {}).packs == (Path.cwd() / "one", Path("/two"))


def test_every_misfit_is_said_at_once_with_its_line_and_the_nearest_good_one(home: Path) -> None:
    put(home, 'languag = "zh"\nmirror = 3\npacks = "mine"\n\n[data]\nx = 1\n')
    said = letters(home, {"ZHIXING_LANG": "zhh"})
    assert len(said) == 5
    assert 'called "languag"' in said[0]
    assert "settings.toml, line 1" in said[0]
    assert 'did you mean "language"?' in said[0]
    assert any('"zhh" · environment variable ZHIXING_LANG · did you mean "zh"' in s for s in said)
    assert any("mirror cannot be 3" in one and "line 2" in one for one in said)
    assert any('packs cannot be "mine"' in one and "line 3" in one for one in said)
    assert any("data cannot be" in one and "line 5" in one for one in said)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"language = zh\n", "not valid TOML"),
        (b"mirror = " + b"[" * 20_000, "not valid TOML"),
        (b"mirror = " + b"9" * 5_000, "not valid TOML"),
        (b'mirror = "\xff"', "not UTF-8"),
        (b"#" * (1024 * 1024 + 1), "at most 1 MiB"),
    ],
)
def test_a_broken_file_is_a_problem(home: Path, content: bytes, word: str) -> None:
    put(home, content)
    (only,) = letters(home)
    assert word in only
    assert "settings.toml" in only
    with pytest.raises(Problem):
        write_setting(home, "language", "en")
    assert (home / "settings.toml").read_bytes() == content


def test_what_is_not_a_file_is_a_problem(home: Path, tmp_path: Path) -> None:
    (home / "settings.toml").mkdir(parents=True)
    assert "not a plain file" in letters(home)[0]
    loop = tmp_path / "loop"
    loop.mkdir()
    (loop / "settings.toml").symlink_to("settings.toml")
    assert "cannot be read" in letters(loop)[0]
    file = tmp_path / "file"
    file.touch()
    assert "a home is a folder" in letters(file)[0]


@pytest.mark.parametrize("folder", ["", " ", "a\0b", "~nobody-of-this-name/x", "\udcff"])
def test_a_folder_that_cannot_be_is_a_problem(home: Path, folder: str) -> None:
    assert "data cannot be" in letters(home, data=folder)[0]


def test_variables_that_nothing_reads_are_named_and_stop_nothing(home: Path) -> None:
    environment = {"ZHIXING_LANGAUGE": "en", "ZHIXING_LANG": "en", "OTHER": "x"}
    assert read_settings(home, environment, {}).language == "en"
    (only,) = unknown_variables(environment)
    assert only.render("en").endswith('did you mean "ZHIXING_LANGUAGE"?')


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@hypothesis_settings(max_examples=40, deadline=None)
@given(names=st.lists(texts.filter(str.strip), max_size=4))
def test_what_is_written_is_read_again(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        packs = tuple(home / "p" / name.lstrip("~/") for name in names)
        write_setting(home, "mirror", "https://mirror.example")
        write_setting(home, "packs", packs)
        found = read_settings(home, {}, {})
        assert (found.packs, found.mirror) == (packs, "https://mirror.example")
        write_setting(home, "packs", None)
        assert read_settings(home, {}, {}).packs == ()


def test_writing_keeps_everything_else_in_the_file(home: Path) -> None:
    file = put(home, '# mine\nlanguage = "en" # yes\npacks = [\n  "/a", # one\n]\n# end\n')
    write_setting(home, "packs", (Path("/a"), Path("/b")))
    write_setting(home, "mirror", "https://m.example")
    assert file.read_text() == (
        'mirror = "https://m.example"\n# mine\nlanguage = "en" # yes\npacks = ["/a", "/b"]\n# end\n'
    )
    write_setting(home, "packs", None)
    assert "packs" not in file.read_text()
    assert list(home.iterdir()) == [file]


def test_a_line_that_is_hard_to_tell_is_left_alone(home: Path) -> None:
    text = 'language = "en"\n"mi\\u0072ror" = "https://old.example"\n'
    file = put(home, text)
    for value in ("https://new.example", None):
        with pytest.raises(Problem, match="by hand"):
            write_setting(home, "mirror", value)
    assert file.read_text() == text


def test_an_unknown_setting_or_value_is_not_written(home: Path) -> None:
    with pytest.raises(Problem, match='did you mean "mirror"'):
        write_setting(home, "miror", "https://m.example")
    with pytest.raises(Problem, match="web address"):
        write_setting(home, "mirror", "m.example")
    assert not home.exists()


@contextmanager
def no_space() -> Iterator[None]:
    """Writing to a file fails in the kernel, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_problem_and_the_old_file_stays(home: Path) -> None:
    file = put(home, 'language = "en"\n')
    with no_space(), pytest.raises(Problem, match="cannot be written"):
        write_setting(home, "mirror", "https://m.example")
    assert file.read_text() == 'language = "en"\n'
    assert list(home.iterdir()) == [file]


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write anywhere, so root becomes somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_a_problem() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        put(home, 'language = "en"\n')
        home.chmod(0o555)
        with ordinary_user(), pytest.raises(Problem, match="cannot be written: Permission denied"):
            write_setting(home, "language", "zh")
        assert read_settings(home, {}, {}).language == "en"
        home.chmod(0o755)


def test_a_writer_that_never_ends_is_a_problem(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_WAIT_FOR_ANOTHER_WRITER_SECONDS", 0.05)
    put(home, "")
    (home / "settings.toml.lock").touch()
    with pytest.raises(Problem, match="another process is writing"):
        write_setting(home, "language", "zh")


def test_writers_at_once_lose_nothing(home: Path) -> None:
    values = {
        "mirror": "https://m.example", "data": "/d", "language": "en", "packs": (Path("/p"),),
        "theme": "dark",
    }  # fmt: skip
    writers = [threading.Thread(target=write_setting, args=(home, *one)) for one in values.items()]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = read_settings(home, {}, {})
    assert (found.mirror, found.data, found.language, found.packs, found.theme) == (
        "https://m.example", Path("/d"), "en", (Path("/p"),), "dark",
    )  # fmt: skip


def test_reading_settings_loads_nothing_heavy() -> None:
    program = (
        "import sys, pathlib, zhixing.settings as s; s.read_settings(pathlib.Path('x'), {}, {});"
        "print(sorted({'numpy', 'platformdirs', 'rich', 'msgspec', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr

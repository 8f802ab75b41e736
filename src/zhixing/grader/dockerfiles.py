"""What does a Dockerfile say? Its text in, stages and instructions out, as plain data.

Nothing is built and nothing is run. The reader's process calls this: text of an answer may be
hostile. Grammar: docs.docker.com/reference/dockerfile. Here-documents are refused in words, because
what stands in them is another language.
"""

import json
import re
import shlex
from typing import Any

LONGEST, LONGEST_LINE = 64 * 1024, 16 * 1024
"""Letters of a file, and of one instruction: more than anybody needs, and little to read."""
INSTRUCTIONS = frozenset(
    ("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
     "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR")
)  # fmt: skip
IN_EXEC_OR_SHELL_FORM = frozenset(("CMD", "ENTRYPOINT", "RUN", "SHELL", "HEALTHCHECK"))
IN_PAIRS = frozenset(("ENV", "ARG", "LABEL"))
IN_WORDS = frozenset(("COPY", "ADD", "VOLUME", "EXPOSE"))
_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S+)\s*")
_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)(?:\s+(.*))?", re.DOTALL)
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")
_HEREDOC = re.compile(r"<<-?\s*[\"']?[A-Za-z_]")
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))")


class Unread(Exception):
    """The text cannot be read: in which line, and why, in both languages."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.line, self.zh, self.en = line, zh, en


def stages(text: str) -> list[dict[str, Any]]:
    """The stages in order, each {name, image, written, platform, line, instructions}.

    `image` has the defaults of ARGs above the first FROM filled in, `written` is as it stands. An
    instruction is {name, line, text, flags} and `form` ("exec" or "shell") with `words`, or
    `pairs`, where it has such. Unread where this is no Dockerfile.
    """
    if len(text) > LONGEST:
        zh = f"{len(text) // 1024} KiB，没有哪个 Dockerfile 需要这么长（这里最多 64 KiB）"
        en = f"{len(text) // 1024} KiB is longer than any Dockerfile needs (64 KiB at most here)"
        raise Unread(1, zh, en)
    lines = text.replace("\r\n", "\n").split("\n")
    found: list[dict[str, Any]] = []
    defaults: dict[str, str] = {}
    for line, whole in _instructions(lines, _escape(lines)):
        if len(whole) > LONGEST_LINE:
            zh = "这一条指令超过 16 KiB：没有哪条指令需要这么长"
            raise Unread(line, zh, "an instruction over 16 KiB is longer than any needs to be")
        one = _instruction(line, whole)
        if one["name"] == "FROM":
            found.append(_stage(one, defaults))
        elif found:
            found[-1]["instructions"].append(one)
        elif one["name"] == "ARG":
            defaults |= one["pairs"]
        else:
            name = one["name"]
            raise Unread(line, f"{name} 之前要先有 FROM", f"FROM comes before {name}")
    if not found:
        raise Unread(1, "没有 FROM", "there is no FROM")
    return found


def _escape(lines: list[str]) -> str:
    """The sign that joins lines: a backslash, unless a directive at the top says otherwise."""
    for line in lines:
        directive = _DIRECTIVE.fullmatch(line.strip())
        if directive is None:
            break
        if directive[1].lower() == "escape" and directive[2] in ("\\", "`"):
            return directive[2]
    return "\\"


def _instructions(lines: list[str], escape: str) -> list[tuple[int, str]]:
    """(number of its first line, the instruction on one line); comments and empty lines inside a
    continued one are left out, as Docker does."""
    found: list[tuple[int, str]] = []
    begun, parts = 0, list[str]()
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        begun = begun or number
        parts.append(bare.removesuffix(escape).rstrip() if bare.endswith(escape) else bare)
        if not bare.endswith(escape):
            found.append((begun, " ".join(parts)))
            begun, parts = 0, []
    return [*found, (begun, " ".join(parts))] if parts else found


def _instruction(line: int, whole: str) -> dict[str, Any]:
    match = _INSTRUCTION.fullmatch(whole)
    name = match[1].upper() if match else ""
    if match is None or name not in INSTRUCTIONS:
        word = whole.split()[0][:40]
        raise Unread(line, f"“{word}”不是 Dockerfile 的指令", f'"{word}" is no instruction')
    flags, rest = _flags((match[2] or "").strip())
    if not rest:
        raise Unread(line, f"{name} 后面什么也没有", f"nothing stands after {name}")
    if name in ("RUN", "COPY", "ADD") and _HEREDOC.search(rest):
        raise Unread(
            line,
            f"{name} 用了 heredoc（<<），这里读不了：请写成普通的 {name}，几条命令用 && 连起来",
            f"{name} has a here-document (<<), which is not read here: write a plain {name}, "
            "several commands joined by &&",
        )
    found: dict[str, Any] = {"name": name, "line": line, "text": rest, "flags": flags}
    return found | _details(name, rest, line)


def _flags(rest: str) -> tuple[dict[str, str], str]:
    """`--from=build --chown=app a b` -> ({from: build, chown: app}, "a b")."""
    flags: dict[str, str] = {}
    while match := _FLAG.match(rest):
        flags[match[1]] = match[2] if match[2] is not None else "true"
        rest = rest[match.end() :]
    return flags, rest


def _details(name: str, rest: str, line: int) -> dict[str, Any]:
    if name == "HEALTHCHECK":
        kind, _, command = rest.partition(" ")
        if kind.upper() == "NONE":
            return {"form": "none", "words": []}
        if kind.upper() != "CMD" or not command.strip():
            en = "HEALTHCHECK wants CMD and a command"
            raise Unread(line, "HEALTHCHECK 后面要写 CMD 和命令", en)
        return _command(command.strip())
    if name in IN_EXEC_OR_SHELL_FORM:
        return _command(rest)
    if name in IN_PAIRS:
        return {"pairs": _pairs(name, rest, line)}
    if name in IN_WORDS:
        listed = _listed(rest)
        return {"words": listed if listed is not None else _words(rest, line)}
    return {}


def _command(rest: str) -> dict[str, Any]:
    """Exec form is a JSON array of texts; Docker takes everything else as a line for a shell."""
    words = _listed(rest)
    if words is not None:
        return {"form": "exec", "words": words}
    return {"form": "shell", "words": rest.split()}


def _listed(rest: str) -> list[str] | None:
    if not rest.startswith("["):
        return None
    try:
        words = json.loads(rest)
    except (ValueError, RecursionError):
        return None
    good = isinstance(words, list) and words and all(isinstance(word, str) for word in words)
    return words if good else None


def _words(rest: str, line: int) -> list[str]:
    try:
        return shlex.split(rest)
    except ValueError:
        raise Unread(line, "引号没有配对", "a quotation mark is not closed") from None


def _pairs(name: str, rest: str, line: int) -> dict[str, str]:
    """`A=1 B="x y"`; `ENV A 1`; `ARG A`, whose value is "" until the build gives one."""
    words = _words(rest, line)
    if name != "ARG" and "=" not in words[0]:
        return {words[0]: " ".join(words[1:])}
    if any("=" not in word for word in words) and name != "ARG":
        en = f"{name} wants NAME=value throughout"
        raise Unread(line, f"{name} 的每一项都要写成 名字=值", en)
    pairs = (word.partition("=") for word in words)
    return {key: value for key, _, value in pairs}


def _stage(one: dict[str, Any], defaults: dict[str, str]) -> dict[str, Any]:
    words = one["text"].split()
    named = len(words) == 3 and words[1].upper() == "AS"
    if len(words) != 1 and not named:
        raise Unread(one["line"], "FROM 要写成 FROM 镜像 AS 名字", "FROM is FROM image AS name")
    return {
        "name": words[2].lower() if named else "",
        "image": _filled(words[0], defaults),
        "written": words[0],
        "platform": one["flags"].get("platform", ""),
        "line": one["line"],
        "instructions": [],
    }


def _filled(text: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return values.get(match[1] or match[3]) or match[2] or ""

    return _VARIABLE.sub(value, text)

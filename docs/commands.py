"""Writes learn/commands.md and learn/commands.zh.md: what every command says of itself.

Asked of the commands themselves, so that the pages cannot promise what is not there; a test asks
again. `make docs` runs it.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from zhixing.cli.pages.help import parameters, usage
from zhixing.cli.speaking import Command, Group
from zhixing.cli.tree import root
from zhixing.words import LANGUAGES, Language, Said

FOLDER = Path(__file__).parent / "learn"
FILES: dict[Language, str] = {"en": "commands.md", "zh": "commands.zh.md"}
OPENING: dict[Language, str] = {
    "en": """# Commands

What each command says of itself. Written by `make docs`: change the command, not this page.

Every command takes `--json` (one JSON document on stdout), `--home DIR` (the folder that holds your
work; default: `ZHIXING_HOME`, else the system's place for application data), `--lang zh|en` (the
language of this call; default: the setting `language`, else the system's) and `--help`.

Exit codes: 0 fine, a lab passed · 1 a lab did not pass, or a check of content failed · 2 something
you can mend: a letter on stderr says what, where, and the next step (with `--json` as
`{"problems": [{what, where, next_step}]}`) · 3 a mistake of ours, with its traceback. Ctrl-C ends
with 130, quietly.

A task is named by its number on today's page, by its id, or by the end of its id. A lab is named by
its id, one part of it as `dl-softmax-ce#stable`.

Environment: `ZHIXING_HOME`, `ZHIXING_LANG`, `ZHIXING_MIRROR`, `ZHIXING_PACKS`, `ZHIXING_DATA`;
`NO_COLOR` is respected. For tests only: `ZHIXING_TODAY=2026-12-07` is taken for today's date.
""",
    "zh": """# 命令

每条命令怎样介绍自己。本页由 `make docs` 生成：要改就改命令，不改这一页。

每条命令都接受 `--json`（在标准输出给出一份 JSON）、`--home DIR`（存放你的学习记录的文件夹；
默认取 `ZHIXING_HOME`，再默认为系统的应用数据目录）、`--lang zh|en`（这一次用的语言；默认取设置
`language`，再默认随系统）和 `--help`。

退出码：0 正常，实验通过 · 1 实验没有通过，或内容检查有误 · 2 你能自己解决的问题：标准错误上说清
是什么、在哪里、下一步做什么（加 `--json` 时是 `{"problems": [{what, where, next_step}]}`）·
3 我们的错，附 traceback。Ctrl-C 安静地以 130 结束。

任务可以用今日页上的编号、id 或 id 的末尾来称呼。实验用 id 称呼，其中一部分写作
`dl-softmax-ce#stable`。

环境变量：`ZHIXING_HOME`、`ZHIXING_LANG`、`ZHIXING_MIRROR`、`ZHIXING_PACKS`、`ZHIXING_DATA`；
尊重 `NO_COLOR`。仅供测试：`ZHIXING_TODAY=2026-12-07` 会被当作今天的日期。
""",
}


def page(language: Language) -> str:
    """The whole page in one language."""
    return OPENING[language] + "".join(_command(root, "zhixing", language))


def _command(command: Command | Group, path: str, language: Language) -> Iterator[str]:
    """A section for a command and, below it, one for each of its own commands."""
    yield f"\n## {path}\n\n```\n{usage(command, path)}\n```\n\n"
    for said in (command.about, command.more):
        if said is not None:
            yield f"{_sentence(said, language)}\n\n"
    yield "".join(f"- `{name}`: {about.render(language)}\n" for name, about in parameters(command))
    if isinstance(command, Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert isinstance(found, Command | Group)
                yield from _command(found, f"{path} {name}", language)


def _sentence(said: Said, language: Language) -> str:
    text = said.render(language)
    end = {"zh": "。", "en": "."}[language]
    closed = text.endswith((".", "。", "?", "？", "!", "！"))
    return text[:1].upper() + text[1:] + ("" if closed else end)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / FILES[language]).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()

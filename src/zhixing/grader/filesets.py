"""What a check of files sees: the texts of an answer, and what a reader made of them.

Nothing of such an answer is ever run. The reader is a process like any answer's, shut in the same
way, that loads nothing of it: a parser that a hostile text breaks takes only that process with it.
"""

from collections.abc import Callable
from typing import Any

from zhixing.bundles import loosely_parted
from zhixing.grader import programs
from zhixing.grader.answering import Gone, OutOfTime, Spent
from zhixing.grader.conversation import AnswerRaised, Conversation
from zhixing.grader.proxy import NotPlain
from zhixing.records import Lab

READER_CPU = 5.0


class FilesAnswer:
    """The proxy that a check knows as `answer`, for files."""

    def __init__(
        self,
        talk: Conversation,
        texts: dict[str, str],
        reader: Callable[[], Conversation],
        unread: set[str],
    ) -> None:
        self._talk, self._texts, self._reader, self._unread = talk, texts, reader, unread

    def text(self, name: str) -> str:
        """A file as it stands."""
        return self._texts[name]

    def lines(self, name: str) -> list[str]:
        """Its lines without white space at the ends."""
        return [line.rstrip() for line in self._texts[name].split("\n")]

    def yaml(self, name: str) -> Any:
        """Its YAML as plain data; a failure that names the line where it is none."""
        return self._read("yaml", name)

    def dockerfile(self, name: str) -> Any:
        """Its stages (dockerfiles.stages); a failure that names the line where it has none."""
        return self._read("dockerfile", name)

    def saw(self, name: str, value: Any) -> Any:
        """Note a fact that the check worked out, so that slips are told apart by it. What was read
        tells nothing apart: everybody writes a file in another way."""
        return programs.saw(self._talk, name, value)

    def _read(self, operation: str, name: str) -> Any:
        if not self._texts[name].strip():
            raise NotPlain(f"{name} 还是空的 // {name} is still empty")
        try:
            told = None
            if name not in self._unread:  # what broke one reader is not given to another
                told = self._reader().ask(operation, text=self._texts[name], cpu_s=READER_CPU)
        except Spent:
            raise
        except (AnswerRaised, Gone, OutOfTime):
            self._unread.add(name)
        if told is None:
            raise NotPlain(f"{name} 读不了 // {name} cannot be read")
        if isinstance(told, dict) and "read" in told:
            return told["read"]
        line, zh, en = told["unread"]
        raise NotPlain(f"{name} 第 {line} 行：{zh} // {name}, line {line}: {en}")


def files_answer(
    lab: Lab,
    source: str,
    talk: Conversation,
    another: Callable[[], Conversation],
    extra: list[Any],
    unread: set[str],
) -> FilesAnswer:
    """`answer` for the check that runs now; its reader goes with `extra`. `unread`: the files that
    no reader of this grading could read, which is found out once."""
    readers: list[Conversation] = []

    def reader() -> Conversation:
        if not readers:
            readers.append(another())
            readers[0].start_check(0, READER_CPU)
            extra.append(readers[0])
        return readers[0]

    return FilesAnswer(talk, loosely_parted(source, lab.files), reader, unread)

"""Operations of the reader: a text in, {"read": plain data} or {"unread": [line, zh, en]} out."""

from collections.abc import Callable
from typing import Any

from zhixing.grader import dockerfiles, yamls

Operation = Callable[[Any, dict[str, Any], Any, Any], dict[str, Any]]


def _operation(parse: Callable[[str], Any]) -> Operation:
    def read(_driver: Any, head: dict[str, Any], _a: Any, _k: Any) -> dict[str, Any]:
        try:
            return {"read": parse(head["text"])}
        except dockerfiles.Unread as why:
            return {"unread": [why.line, why.zh, why.en]}

    return read


yaml = _operation(yamls.plain)
dockerfile = _operation(dockerfiles.stages)

"""Which heads and lists say what one can do afterwards? `By the end you can …`, `学完你应该能`: one
checks oneself by them, and they ask for no time of their own."""

import re
from collections.abc import Sequence

_LONGEST_HEAD = 80
_RESULT = re.compile(
    r"what you(?:'ll| will| can| should) (?:now )?be able to\b"
    r"|(?:(?:by|at|after|once|upon|on|when)\b.{0,60}?[\s,])?(?:you|i|we|learners?|students?)"
    r"(?:'ll| will| should| must| would)?(?: now| already| also)? (?:be able to|can|know how to)\b"
    r"|.{0,60}\b(?:done|finished|complete|passed|move on|achieved) (?:when|if|once)\b"
    r"|success (?:looks like|means)\b"
    r"|(?:.{0,12}(?:学完|读完|结束|之后|以后|最后|[周月天段]后).{0,12}?"
    r"(?:能够?|可以|具备|达到|[应将](?:该|当)?(?:能够?|会|掌握|学会))"
    r"|.{0,12}(?:你|您|我)(?:应该|应当|应|将|就|已经?|现在)?(?:能够?|可以|会)(?:做到|完成|独立)?"
    r"|.{0,8}(?:完成|达成|通关|过关|通过)(?:标志|目标|标准|条件))$",
    re.I,
)
_CAN = re.compile(
    r"(?:\[[ xX]?\]\s*)?[^\w\[]*(?:"
    r"(?:i|you|we)(?:'m| am| will be| should be)? (?:can|able to|know how to|understand)\b"
    r"|(?:can|able to)\s"
    r"|(?:completed|solved|finished|built|implemented|comfortable|confident|understood|familiar"
    r"|learn(?:ed|t)|mastered|passed|deployed|created|wrote|watched|submitted|reviewed"
    r"|practi[sc]ed|installed|configured|achieved)\b"
    r"|已(?:经)?(?:完成|掌握|理解|学会|通过|会|能)"
    r"|(?:我|你)?(?:已经?)?(?:能够?|会)(?![量源议员计考话场])(?=[\u4e00-\u9fff\w\s]))",
    re.I,
)
_MOST_OF = 0.75


def is_result(head: str) -> bool:
    """Whether a head announces what one can do then."""
    return len(head) <= _LONGEST_HEAD and _RESULT.match(head) is not None


def say_can(items: Sequence[str]) -> bool:
    """Whether the lines of a list say what one can do or has done: `I can explain …`, `能写出 …`,
    `Solved all problems`."""
    others = (1 - _MOST_OF) * len(items)
    for item in items:
        others -= _CAN.match(item) is None
        if others < 0:
            return False
    return len(items) > 1

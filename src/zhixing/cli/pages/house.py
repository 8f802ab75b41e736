"""Settings and health on paper."""

from collections.abc import Sequence

from zhixing.actions.health import Finding, State
from zhixing.cli.ink import Paper, Span
from zhixing.words import Said, say

SIGNS: dict[State, Span] = {
    "fine": ("✓ ", "good"), "note": ("· ", "quiet"), "trouble": ("✗ ", "seal"),
}  # fmt: skip


def settings_page(paper: Paper, rows: Sequence[tuple[str, object, Said]]) -> None:
    """Name, value, and where it came from."""
    paper.gap()
    for name, value, origin in rows:
        paper.exact(
            (f"{name.ljust(10)}", "strong"), _value(value), ("  ", "ink"), (origin, "quiet")
        )
    paper.gap()
    paper.exact(("zhixing settings NAME VALUE", "quiet"))
    paper.gap()


def _value(value: object) -> Span:
    if isinstance(value, tuple):
        value = ", ".join(str(one) for one in value)
    return say("none") if value in (None, "") else str(value)


def health_page(paper: Paper, findings: Sequence[Finding]) -> None:
    """What was looked at; what is wrong with its next step."""
    paper.gap()
    for finding in findings:
        paper.say(SIGNS[finding.state], (finding.title, "strong"), "  ", finding.seen, hang=4)
        if finding.next_step is not None:
            tone: Span = (finding.next_step, "seal" if finding.state == "trouble" else "quiet")
            paper.say(tone, indent=6)
    paper.gap()

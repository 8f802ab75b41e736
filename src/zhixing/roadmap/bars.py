"""What does a Gantt chart of Mermaid say? Sections are stages, bars are tasks that last."""

import datetime
import re
from dataclasses import dataclass, field

from zhixing.roadmap.blocks import Block
from zhixing.roadmap.sketch import Sketch

_LONGEST = 3660.0  # days
_FORM = re.compile(
    r"(?:gantt|title|dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday|weekend"
    r"|click|inclusiveEndDates|topAxis|displayMode|accTitle|accDescr)\b|%%|---",
)
_TAGS = ("done", "active", "crit", "milestone", "vert")
_DURATION = re.compile(r"(\d{1,5}(?:\.\d{1,2})?)\s*(ms|[smhdwMy])")
_DAYS = {"ms": 0.0, "s": 1 / 86400, "m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "M": 30.4,
         "y": 365.0}  # fmt: skip
_FORMAT = (("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"))


@dataclass(slots=True)
class _Chart:
    """A chart while it is read: where each bar ends, in days since a day zero."""

    format: str = "%Y-%m-%d"
    ends: dict[str, float] = field(default_factory=dict)
    before: float = 0.0


def is_gantt(block: Block) -> bool:
    if block.form != "fence" or block.info.split(" ")[0].lower() != "mermaid":
        return False
    first = next((line.strip() for line in block.text.split("\n") if _says(line)), "")
    return first == "gantt"


def gantt_title(text: str) -> str:
    """What the chart is called, "" where it does not say."""
    found = re.search(r"^\s*title[ \t]+(\S[^\n]{0,80})", text, re.M)
    return found[1].strip() if found else ""


def gantt_nodes(block: Block) -> list[Sketch]:
    """The stages and tasks of a chart whose first line is the one below the fence's."""
    chart, nodes = _Chart(), list[Sketch]()
    section: Sketch | None = None
    spans: dict[int, list[tuple[float, float]]] = {}
    for at, raw in enumerate(block.text.split("\n")):
        line, number = raw.strip(), block.line + 1 + at
        if line.startswith("section "):
            section = Sketch("stage", line.removeprefix("section").strip(), number)
            nodes.append(section)
        elif line.startswith("dateFormat"):
            chart.format = _strptime(line.removeprefix("dateFormat").strip())
        elif ":" in line and not _FORM.match(line):
            bar, span = _bar(chart, line, number)
            (section.inside if section else nodes).append(bar)
            spans.setdefault(id(section), []).append(span)
    for node in nodes:
        if node.kind == "stage" and id(node) in spans:
            own = spans[id(node)]
            node.days = min(_LONGEST, max(end for _, end in own) - min(start for start, _ in own))
    return nodes


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith(("%%", "---"))


def _strptime(written: str) -> str:
    for token, directive in _FORMAT:
        written = written.replace(token, directive)
    return written


def _bar(chart: _Chart, line: str, number: int) -> tuple[Sketch, tuple[float, float]]:
    """`数据结构 :done, a1, 2024-04-01, 14d` with the days from its start to its end."""
    name, _, told = line.partition(":")
    parts = [part.strip() for part in told.lstrip(" :").split(",") if part.strip()]
    tags = [part for part in parts if part in _TAGS]
    rest = [part for part in parts if part not in _TAGS]
    duration = _DURATION.match(rest[-1]) if rest else None
    start = next((when for part in rest[:-1] if (when := _start(chart, part)) is not None), None)
    start = chart.before if start is None else start
    length = float(duration[1]) * _DAYS[duration[2]] if duration else 1.0
    if not duration and rest and (until := _start(chart, rest[-1])) is not None:
        length = max(until - start, 0.0)
    chart.before = start + min(length, _LONGEST)
    if len(rest) > 2 or (len(rest) == 2 and _start(chart, rest[0]) is None):
        chart.ends[rest[0]] = chart.before
    node = Sketch("task", name.strip() or "-", number, task_kind="study", days=length or None)
    if "milestone" in tags:
        node.kind, node.task_kind, node.days = "milestone", None, None
    elif duration and duration[2] in "hm":
        node.minutes = round(length * 1440) or None
    elif duration and length >= 1:
        node.detail("length", duration[0])
    if "done" in tags:
        node.marks.add("done")
    return node, (start, chart.before)


def _start(chart: _Chart, part: str) -> float | None:
    """`2024-04-01` or `after a1 a2` in days; None for a name."""
    if part.startswith("after "):
        return max((chart.ends[name] for name in part.split()[1:] if name in chart.ends),
                   default=chart.before)  # fmt: skip
    if not part[:1].isdigit():
        return None
    try:
        date = datetime.datetime.strptime(part, chart.format)  # noqa: DTZ007  a day, no moment
    except ValueError:
        return None
    return date.toordinal() + date.hour / 24

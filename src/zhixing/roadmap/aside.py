"""Is a `Weekly schedule` the plan or a form to fill in? What was set aside
though it is numbered, and what looks like units and became none?

A form says Monday to Sunday, or `Week 1` with nothing behind it; the plan says what is done in week
1, 2, 3. What stays aside is said in the report.
"""

import re
from collections.abc import Iterable

from zhixing.records import Remark
from zhixing.roadmap.blocks import Block
from zhixing.roadmap.columns import only_weekdays, unit_columns
from zhixing.roadmap.labelling import Part
from zhixing.roadmap.labels import HOLDERS
from zhixing.roadmap.phrases import phrase
from zhixing.roadmap.sketch import UNITS, Sketch
from zhixing.roadmap.surveying import Survey, item_unit, key_of
from zhixing.roadmap.unitwords import DATE, Unit, unit_of
from zhixing.words import say

_ENOUGH = 3
_BEGINNING = re.compile(
    r"快速|开始|上手|使用|安装|部署|搭建|配置|quick|start|usage|how to|install|set ?up|begin", re.I
)
_INSTALLS = re.compile(
    r"\W*(?:install(?:ation|ing)?|usage|deploy(?:ment|ing)?|set ?up|安装(?:部署|步骤|说明)?|部署"
    r"|使用方法|环境搭建)\W*", re.I
)  # fmt: skip
_FORM = ("template", "模板", "模版")
_BLANKS = " _.…-–—:：xX?？[]（）()"


def holds_units(part: Part, survey: Survey) -> bool:
    """Whether a section lays out units that nothing else does: at least two, with numbers or dates,
    each with words of its own; below a form only weeks, months and stages do."""
    heads = list(_heads(part.inside))
    headed = {key_of(unit) for unit in heads if _counts(unit)}
    if headed and all(survey.headed[key] > 1 for key in headed):
        return False
    units = heads + list(_listed(part.inside, survey))
    form = any(word in part.head.text.lower() for word in _FORM)
    if form:
        units = [unit for unit in units if unit.kind != "day"]
    counted = [unit for unit in units if _counts(unit)]
    words = {unit.rest for unit in counted if unit.rest.strip(_BLANKS)}
    tables = any(_numbers_rows(each.block, form) for each in part.inside)
    bare = len({key_of(unit) for unit in counted}) if not words else 0
    return tables or len(words) > 1 or (bare > 1 and _filled(part))


def holds_most_units(part: Part, survey: Survey) -> bool:
    """Whether `Milestones` is what the plan is called: most units of the document stand in it, and
    no table numbers weeks or days beside it."""
    heads = list(_every_head(part.inside))
    headed, listed = survey.headed.total(), sum(survey.items.values())
    most = 2 * len(heads) > headed and 2 * len(list(_every_item(part.inside, survey))) >= listed
    return len(heads) > 1 and most and not survey.tabled


def _every_head(parts: Iterable[Part]) -> Iterable[Unit]:
    for part in parts:
        yield from [part.unit] if part.unit else ()
        yield from _every_head(part.inside)


def _every_item(parts: Iterable[Part], survey: Survey) -> Iterable[Unit]:
    for part in parts:
        unit = item_unit(survey, part.block) if part.block.form == "item" else None
        yield from [unit] if unit and not unit.weekday else ()
        yield from _every_item(part.inside, survey)


def is_setup(part: Part, survey: Survey, above: str) -> bool:
    """`### Step 1: clone this` below a plain heading (`above`), of a document that counts weeks or
    days elsewhere: how to begin, no stage."""
    if part.unit is None or part.unit.word not in ("step", "步"):
        return False
    counted = any(kind != "stage" for kind, _, _ in survey.headed)
    counted = counted or (survey.listed and _BEGINNING.search(above) is not None)
    counted = counted or _INSTALLS.fullmatch(above) is not None
    return counted and not list(_heads(part.inside)) and not list(_listed(part.inside, survey))


def _filled(part: Part) -> bool:
    """`### Week 1` above lines that differ from those of `### Week 2`."""
    held = [
        "\n".join(below.block.text for below in each.inside) for each in part.inside if each.unit
    ]
    said = [text for text in held if text.strip(_BLANKS)]
    return len(said) > 1 and len(set(said)) == len(held)


def _counts(unit: Unit) -> bool:
    return not (unit.weekday and unit.dates is None) and (
        unit.first is not None or unit.number != "" or unit.word == DATE
    )


def _heads(parts: Iterable[Part]) -> Iterable[Unit]:
    for part in parts:
        if part.unit:
            yield part.unit
        else:
            yield from _heads(part.inside)


def _listed(parts: Iterable[Part], survey: Survey) -> Iterable[Unit]:
    for part in parts:
        if part.block.form == "item" and (unit := item_unit(survey, part.block)):
            yield unit
        elif part.block.form == "paragraph" and part.unit is None:
            for line in part.block.text.split("\n"):
                unit = unit_of(phrase(line, {}).text) if len(line) < 300 else None
                if unit and unit.separated and unit.place == "head" and not unit.word:
                    yield unit
        elif not part.unit:
            yield from _listed(part.inside, survey)


def _numbers_rows(block: Block, form: bool) -> bool:
    """A table whose rows are numbered weeks, months or stages; days only outside of a form."""
    columns = unit_columns(block) if block.form == "table" else {}
    days = "day" in columns and not form and not only_weekdays(block, columns["day"])
    return days or any(column != "day" for column in columns)


def set_aside(part: Part, survey: Survey) -> list[Remark]:
    """What the report says of a section taken for a form though it holds numbered units."""
    units = [
        unit for unit in [*_heads(part.inside), *_listed(part.inside, survey)] if _counts(unit)
    ]
    if len(units) < 2:
        return []
    why = say(
        '"{title}" is taken for a form to fill in, not for the plan: {count} weeks or days below'
        " it are set aside",
        title=part.head.text, count=len(units),
    )  # fmt: skip
    return [Remark(part.block.line, str(why), why)]


def passed_over(blocks: list[Block], root: Sketch) -> list[Remark]:
    """What the report says of a document that speaks of weeks, days or stages at the beginning of
    many lines and has none in its plan."""
    if any(node.kind in UNITS for node in root.walk()):
        return []
    lines = [line for block in _all(blocks) for line in _time_like(block)]
    if len(lines) < _ENOUGH:
        return []
    why = say(
        "{count} lines such as this one begin like a week, a day or a stage, and none of them"
        " became one: a label such as `Week 1: …` at the head of a line makes it one",
        count=len(lines),
    )  # fmt: skip
    return [Remark(lines[0], str(why), why)]


def _all(blocks: list[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        yield from _all(block.inside)


def _time_like(block: Block) -> list[int]:
    """The lines of a block that begin with a label or a date."""
    texts = [block.cells[0]] if block.cells else block.text.split("\n")
    shift = 1 if block.form == "fence" else 0
    return [
        block.line + shift + at
        for at, text in enumerate(texts)
        if 0 < len(text) < 300 and (unit := unit_of(phrase(text.strip(" #*-+>"), {}).text))
        and unit.place == "head" and _counts(unit) and unit.word not in HOLDERS
    ]  # fmt: skip

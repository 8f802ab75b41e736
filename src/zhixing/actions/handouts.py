"""Pages of Markdown to hand out: a brief, what a lab asks for, the rubric of an essay."""

import re
from collections.abc import Iterator, Set

from zhixing.actions.labs import READING
from zhixing.actions.wording import duration
from zhixing.catalog.briefs import CELL
from zhixing.records import Brief, Catalog, Essay, Lab, Node, Part, Question, Route
from zhixing.words import Language, Sayable, say

_MARKUP = re.compile(r"(`[^`]*`)|[\\\[\]]")


def brief_page(brief: Brief, language: Language) -> str:
    """A brief with its cell, and its questions with folded answers at the end."""
    cell = f"```python\n{brief.cell.render(language).strip()}\n```"
    before, _, after = brief.task.render(language).partition(CELL)
    task = "\n\n".join(part for part in (before.strip(), cell, after.strip()) if part)
    said = [f"# {brief.title.render(language)}", brief.text.render(language).strip()]
    said += [f"## {say('One cell to run').render(language)}", task]
    said += [f"## {say('Recall').render(language)}"]
    said += [_folded(n, asked, language) for n, asked in enumerate(brief.questions, 1)]
    return "\n\n".join(said) + "\n"


def _folded(number: int, asked: Question, language: Language) -> str:
    answer = say("answer").render(language)
    return (
        f"**{number}.** {asked.ask.render(language)}\n\n"
        f"<details><summary>{answer}</summary>\n\n{asked.answer.render(language)}\n\n</details>"
    )


def criteria_page(
    lab: Lab, parts: Set[str], found: Route, catalog: Catalog, language: Language
) -> str:
    """What a lab asks for: the parts with their minutes, what each check asks in words, and the
    criteria that it proves. `parts` are the names of this week's; empty = all."""
    title = say("What is asked: {title}", title=lab.title)
    lines = [f"# {title.render(language)}", ""]
    for part in lab.parts or (Part("", lab.title, lab.minutes, lab.checks),):
        lines += _part(lab, part, not parts or part.name in parts, language)
    for heading, criteria in (
        (say("What it shows you can do"), _skill_criteria(lab, catalog, language)),
        (say("The milestones it counts for"), _milestones_of(lab, found)),
    ):
        if criteria:
            lines += [f"## {heading.render(language)}", "", *(f"- {c}" for c in criteria), ""]
    return "\n".join(lines).rstrip() + "\n"


def _part(lab: Lab, part: Part, this_week: bool, language: Language) -> Iterator[str]:
    about: list[Sayable] = [part.title]
    about += [duration(part.minutes)] if part.minutes else []
    about += [] if this_week else [say("another week")]
    yield f"## {' · '.join(one.render(language) for one in about)}"
    yield ""
    for check in part.checks:
        if not lab.setting(check).advisory:
            goal = goal_of(lab, check, language)
            title = lab.check_titles.get(check, {}).get(language)
            name = f"{as_text(title)} (`{check}`)" if title else f"`{check}`"
            yield f"- {name}" + (f": {goal}" if goal else "")
    yield ""


def goal_of(lab: Lab, check: str, language: Language) -> str:
    """What a check asks, in words: the lowest rung of its hints says the goal."""
    rungs = lab.hints.get(check, {})
    steps = rungs.get(language) or next(iter(rungs.values()), ())
    return " ".join(READING.sub("", steps[0]).split()) if steps else ""


def _skill_criteria(lab: Lab, catalog: Catalog, language: Language) -> list[str]:
    shown = (catalog.skills[skill] for skill in lab.skills if skill in catalog.skills)
    return [
        f"{criterion.say.render(language)} ({skill.title.render(language)})"
        for skill in shown
        for criterion in skill.criteria
        if any(_names(evidence, lab) for evidence in criterion.evidence)
    ]


def _names(reference: str, lab: Lab) -> bool:
    return reference.partition("#")[0] == f"lab:{lab.id}"


def milestones(found: Route) -> list[Node]:
    return [node for node in found.root.walk() if node.kind == "milestone"]


def _milestones_of(lab: Lab, found: Route) -> list[str]:
    return [
        f"{as_text(below.title)} ({as_text(node.title)})"
        for node in milestones(found)
        for below in node.walk()
        if below.kind == "criterion" and any(_names(link.url, lab) for link in below.links)
    ]


def rubric_page(lab: Lab, essay: Essay, language: Language) -> str:
    """What a machine counts in an essay, and what its writer answers for."""
    counted: list[Sayable] = [
        say("Every heading of the template stays and is filled in; no … is left."),
        say("At least {n} Chinese characters.", n=essay.letters["zh"])
        if language == "zh"
        else say("At least {n} words.", n=essay.letters["en"]),
    ]
    if essay.numbers:
        counted.append(say("At least {n} numbers that your own runs printed.", n=essay.numbers))
    asked = [item.ask for item in essay.rubric]
    head = say("Rubric: {title}", title=lab.title).render(language)
    return (
        f"# {head}\n\n## {say('What is counted').render(language)}\n\n"
        + "".join(f"- {one.render(language)}\n" for one in counted)
        + f"\n## {say('What you ask yourself: yes, partly or no').render(language)}\n\n"
        + "".join(f"- [ ] {one.render(language)}\n" for one in asked)
    )


def as_text(text: str) -> str:
    """A text that Markdown shows as it stands, also inside the brackets of a link; code in it stays
    code."""
    return _MARKUP.sub(lambda found: found[1] or f"\\{found[0]}", text)

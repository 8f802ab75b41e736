"""How a verdict is shown, whichever way it reached the page, and where to go after a pass."""

import json
from typing import Any

from zhixing.actions import days
from zhixing.actions.desk import Desk
from zhixing.actions.labs import Checked, passed_before
from zhixing.actions.standing import standing
from zhixing.records import CheckResult, Lab, Verdict
from zhixing.web.showing import lab_url
from zhixing.web.visit import Visit
from zhixing.words import Bilingual, Said, say


def reference_of(lab_id: str, part: str) -> str:
    return f"{lab_id}#{part}" if part else lab_id


def shown(lab: Lab, verdict: Verdict, first: CheckResult | None) -> dict[str, Any]:
    """What the fragment of a verdict needs."""
    versions = ", ".join(f"{name} {number}" for name, number in verdict.versions.items())
    return {
        "verdict": verdict,
        "first": first,
        "first_title": lab.check_title(first.name) if first else None,
        "versions": versions,
        "titles": (),
        "onward": None,
    }


def event(name: str, html: str, **more: object) -> str:
    """One server-sent event; its data is JSON on one line."""
    return f"event: {name}\ndata: {json.dumps({'html': html, **more})}\n\n"


def verdict_of(at: Visit, checked: Checked) -> str:
    values = shown(checked.lab, checked.verdict, checked.first)
    values["titles"] = [_title(at.desk, task) for task in checked.tasks_done]
    if checked.verdict.passed:
        values["onward"] = onward(at, checked.lab)
    return at.html("fragments/verdict.html", **values)


def _title(desk: Desk, task_id: str) -> str:
    return days.named_task(desk, task_id).title


def onward(at: Visit, lab: Lab) -> tuple[str, Said | Bilingual]:
    """Where to go after a pass: the next part of this lab that is due today, else today's page."""
    now = standing(at.desk)
    if now.plan is None:
        return "/", say("On to a plan of your own")
    passed = passed_before(now, lab)
    due = [line for line in days.today(at.desk).lines if line.state in ("open", "running")]
    for line in due:
        for reference in line.task.references("lab"):
            lab_id, _, name = reference.partition("#")
            part = lab.part(name)
            if lab_id == lab.id and part is not None and name not in passed:
                return lab_url(reference), say("Next: {title}", title=part.title)
    return "/", say("Back to today")

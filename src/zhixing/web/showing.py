"""How a record becomes a page: Jinja templates, and the few words they need for our records.

`say("…")` in a template is a sentence of the engine like any other: extracted, translated, and
spoken in the language of the visit.
"""

import base64
import datetime
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from zhixing.actions import wording
from zhixing.actions.labs import READING
from zhixing.web.markdown import as_html, as_line
from zhixing.web.on_pages import on_page
from zhixing.words import Language, Said, Sayable

HERE = Path(__file__).parent


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "say": _say,
        "counted": wording.counted,
        "KINDS": wording.KINDS,
        "FIELDS": wording.FIELDS,
        "task_url": task_url,
        "lab_url": lab_url,
        "static": static,
    }
    made.filters |= {
        "said": _said,
        "md": _md,
        "line": _line,
        "without_title": _without_title,
        "time": _time,
        "long_date": _long_date,
        "short_date": _short_date,
        "near_date": _near_date,
        "weekday": _weekday,
        "words": lambda name: name.replace("_", " ").replace("-", " "),
        "pct": lambda share: f"{share:.0%}",
        "base64": lambda raw: base64.b64encode(raw).decode("ascii"),
        "replace_readings": lambda text: READING.sub("", text).rstrip(),
    }
    return made


def render(template: str, values: Mapping[str, object]) -> str:
    return _environment().get_template(template).render(values)


def task_url(task_id: str) -> str:
    return f"/task?id={quote(task_id, safe=':')}"


def lab_url(reference: str) -> str:
    lab, _, part = reference.partition("#")
    return f"/labs/{quote(lab)}" + (f"?part={quote(part)}" if part else "")


@cache
def _version() -> str:
    files = sorted(path for path in (HERE / "static").rglob("*") if path.is_file())
    total = hashlib.blake2b(digest_size=6)
    for file in files:
        total.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
    return total.hexdigest()


def static(name: str) -> str:
    """The address of one of our files. Its first step changes when any file does, so that browsers
    may keep them for ever, and scripts that import one another by name stay together."""
    return f"/static/{_version()}/{name}"


def _language(context: Context) -> Language:
    return "en" if context.get("language") == "en" else "zh"


@pass_context
def _say(context: Context, template: str, **values: object) -> str:
    return Said(template, tuple(values.items())).render(_language(context))


@pass_context
def _said(context: Context, text: Sayable | str | None) -> str:
    if text is None:
        return ""
    told = on_page(text)
    return told if isinstance(told, str) else told.render(_language(context))


@pass_context
def _md(context: Context, text: Sayable | str | None, shift: int = 1) -> Markup:
    return as_html(_said(context, text), shift)


@pass_context
def _line(context: Context, text: Sayable | str | None) -> Markup:
    return as_line(_said(context, text))


@pass_context
def _without_title(context: Context, text: Sayable | str) -> str:
    """The text below its first heading, where a page has said the title already."""
    return re.sub(r"\A\s*# [^\n]*\n", "", _said(context, text))


@pass_context
def _time(context: Context, minutes: int) -> str:
    return wording.duration(minutes).render(_language(context))


@pass_context
def _long_date(context: Context, on: datetime.date) -> str:
    return wording.long_date(on).render(_language(context))


@pass_context
def _short_date(context: Context, on: datetime.date) -> str:
    return wording.day_month(on).render(_language(context))


@pass_context
def _near_date(context: Context, on: datetime.date, today: datetime.date) -> str:
    return wording.near_date(on, today).render(_language(context))


@pass_context
def _weekday(context: Context, on: datetime.date) -> str:
    return wording.weekday(on).render(_language(context))

"""What does a line of a list or a cell ask for? A task, a resource, a project … by its role."""

import re
from dataclasses import replace

from zhixing.records import Link, NodeKind, TaskKind
from zhixing.roadmap.leads import without_lead
from zhixing.roadmap.naming import kind_of
from zhixing.roadmap.phrases import is_generic
from zhixing.roadmap.roles import Role, names_only, resource_kind, role_of
from zhixing.roadmap.sketch import Around, Sketch
from zhixing.roadmap.statements import Statement, without_optional_part
from zhixing.roadmap.times import bracketed, speaks_of_time
from zhixing.roadmap.wording import MARK_WORDS, kind_word

_PLAIN: dict[Role, NodeKind] = {
    "criteria": "criterion", "milestones": "criterion", "rules": "rule",
}  # fmt: skip
_BOOK = re.compile(r"《[^》]{1,80}》")
_PROJECT = re.compile(
    r"(?:(?:做|完成|实现)?(?:一个|一份)?(?:小|大|中型|综合|实战|周末|期末|毕业|迷你)?(?:项目"
    r"|專案|专案)\s*(?:[:：]|[—–-]+)"
    r"|(?:(?:mini|capstone|final|weekend|first|small)[- ]?)?projects?\s*(?:[:：]|\s[—–-])"
    r"|build\s*[:：])",
    re.I,
)
_LABELLED = re.compile(r"^\s*[【\[][^【】\[\]]{1,12}[】\]]\s*")
_ONLY_TIME = re.compile(
    r"[\d.\s~～–—至到-]{1,12}(?:个?月|周|天|小时|weeks?|months?|days?|hours?|h)\W*", re.I
)
_FOOTNOTE = re.compile(r"\[\d{1,2}\](?![(\[])\s|[¹²³†‡]\s?")
_RECOMMENDS = re.compile(r"^(?:使用|参考|推荐|配套|主要|相关|学习)(?=\S)")
_KIND_IN_BRACKET = re.compile(
    r"[(（\[【]\s*(?:视频|课程|书籍?|文章|博客|教程|公开课|video|course|book|article|blog|tutorial)s?"
    r"(?![A-Za-z])", re.I
)  # fmt: skip
_RHYTHM_ALONE = re.compile(
    r"每天|每日|每周|每星期|每月|每个月|daily|weekly|monthly|(?:every|each) (?:day|week|month)",
    re.I,
)
_QUIZ = re.compile(r"leetcode|quiz|测验|刷题|习题|problem set", re.I)
_PAPER = re.compile(r"读.{0,6}论文|论文精读|\bpapers?\b", re.I)


def leaf(said: Statement, around: Around, role: Role | None) -> Sketch:
    """The node of one statement in a place, without what stands below it."""
    if _comes_back(said, around, role):
        around, role = around._replace(asks=True), None
    plain = _PLAIN.get(role) if role else None
    if said.struck:
        return _finished(Sketch("note", said.text, said.line), said, around)
    if said.ticked and role is None and not said.checkbox and around.unit is None:
        plain = plain or "criterion"
    if plain:
        return _finished(Sketch(plain, said.text or said.head, said.line), said, around)
    if role in ("resources", "papers", "gathered") or _is_resource(said, role):
        return resource(said, around, role)
    if role == "projects" and _ONLY_TIME.fullmatch(said.rest.text):
        role = "time"
    if role == "projects" or (around.asks and _names_a_project(said.text)):
        return _asked(said, around, "project", "project")
    silent = role in ("goals", "time", "aside", "contents", "template", "needs") or (
        role == "tools" and around.unit is None
    )
    if silent or not around.asks or _FOOTNOTE.match(said.text):
        return _finished(Sketch("note", said.text or said.head, said.line), said, around)
    return _asked(said, around, "task", _task_kind(said, role))


def _comes_back(said: Statement, around: Around, role: Role | None) -> bool:
    """`每周：精读一篇论文`, `Daily drill (20 min)` above all weeks: work of every week, unlike
    `Weekly: 10 h`, which says how much time there is."""
    if not said.rhythm or around.asks or around.quiet or around.unit or role in _PLAIN:
        return False
    if around.owner.kind != "route" and around.role not in (None, "time", "goals", "content"):
        return False
    if said.times.per_week or said.times.per_day:
        return False
    if said.head:
        return _RHYTHM_ALONE.fullmatch(said.head) is not None and bool(said.rest.text.strip())
    return said.minutes is not None


def _names_a_project(text: str) -> bool:
    """`项目：…`, and `【最后】项目：…`."""
    lower = text.lower()
    if not ("项目" in lower or "專案" in lower or "专案" in lower or "project" in lower
            or "build" in lower):  # fmt: skip
        return False
    return any(_PROJECT.match(without_lead(each)) for each in (text, _LABELLED.sub("", text)))


def resource(said: Statement, around: Around, role: Role | None) -> Sketch:
    """A course, book, video …: called by its link or its head, the rest is a remark."""
    title, remark = _resource_title(said)
    node = _finished(Sketch("resource", title, said.line), said, around)
    address = remark.startswith(("http://", "https://")) and " " not in remark
    if remark and remark != title and not address:
        node.detail("remark", remark)
    first = said.links[0].url if said.links else ""
    kind = "paper" if role == "papers" else resource_kind(said.head, said.text, first)
    if kind:
        node.detail("type", kind)
    if around.asks and role not in ("gathered", "tools"):
        task = kind_of(node_links(said))
        node.task_kind = task or ("paper" if kind == "paper" else "study")
    return node


def node_links(said: Statement) -> tuple[Link, ...]:
    """A statement's links; a label that says nothing gives way to the words before it."""
    named = said.head and len(said.links) == 1
    return tuple(
        replace(link, label=said.head) if named and link.label.startswith("http") else link
        for link in said.links
    )


def done_or_ticked(said: Statement, role: Role | None, around: Around) -> bool:
    """✅ is a mark of what is done where tasks stand; in criteria it is only a bullet."""
    return said.done or (said.ticked and role not in ("criteria", "milestones", "goals")
                         and (around.unit is not None or said.checkbox))  # fmt: skip


def _asked(said: Statement, around: Around, kind: NodeKind, task: TaskKind) -> Sketch:
    title = said.rest.text if kind == "project" and said.head and role_of(said.head) else said.text
    if kind == "task":
        title = kind_word(title)[1] or title
    node = _finished(Sketch(kind, title or said.text or said.head, said.line), said, around)
    if title != said.text and said.head:
        node.detail("head", said.head)
    if around.asks:
        node.task_kind = task
        if node.minutes is None and speaks_of_time(said.text):
            node.timed(bracketed(said.text))
            node.timed(said.times.rates)
    return node


def hour_mark(said: Statement, around: Around) -> str:
    """`上午：…` inside a day: the part of the day it is for; "" for other heads."""
    mark = MARK_WORDS.get(said.head.lower(), "") if around.unit == "day" else ""
    return mark if mark in ("morning", "afternoon", "evening") else ""


def _finished(node: Sketch, said: Statement, around: Around) -> Sketch:
    node.title = node.title or "-"
    node.links += node_links(said)
    node.stars = said.stars
    node.minutes = said.minutes if node.kind in ("task", "project", "resource") else None
    if said.optional:
        node.marks.add("optional")
    if node.kind == "task" and (mark := hour_mark(said, around)):
        node.marks.add(mark)
    if said.rhythm and node.kind in ("task", "rule") and around.unit != "day":
        node.marks.add(said.rhythm)
    return node


def _is_resource(said: Statement, role: Role | None) -> bool:
    """A line that is (nearly) only a link, or a book by its title."""
    if role not in (None, "content", "tools", "exercises") or not said.text:
        return False
    labels = sum(len(link.label) for link in said.links)
    if said.links and (
        labels * 10 >= len(said.text) * 6 or without_lead(said.text).startswith(said.links[0].label)
    ):
        return not said.links[0].url.startswith(("skill:", "lab:", "quiz:", "project:", "brief:"))
    if len(said.links) == 1 and _KIND_IN_BRACKET.search(said.text):
        return True
    return bool(_BOOK.match(said.text)) and len(said.text) < 80


def _resource_title(said: Statement) -> tuple[str, str]:
    links, text = said.links, without_lead(said.text)
    if links and not is_generic(links[0].label) and text.startswith(links[0].label):
        return links[0].label, text[len(links[0].label) :].strip(" :：-–—,，|")
    bare = _RECOMMENDS.sub("", said.head)
    named = role_of(bare) if bare else None
    titled = "《" in said.rest.text and "《" not in said.head
    if said.head and not titled and not (named and names_only(named, bare)):
        return said.head, said.rest.text
    return (said.rest.text or said.text), (said.head if said.rest.text else "")


def _task_kind(said: Statement, role: Role | None) -> TaskKind:
    stated = kind_word(said.text)[0] or kind_of(said.links)
    if stated:
        return stated
    if role == "exercises" and _QUIZ.search(said.text):
        return "quiz"
    return "paper" if _PAPER.search(without_optional_part(said.text)[:60]) else "study"

"""The words of a line of a route as HTML, with its links: on the words that name them where they
stand in the line, behind it where they do not."""

from urllib.parse import urlsplit

from markupsafe import Markup

from zhixing.actions.desk import Desk
from zhixing.actions.leads import Lead, leads
from zhixing.records import Link, Node
from zhixing.web.markdown import as_line
from zhixing.web.showing import lab_url

OUTSIDE = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
INSIDE = Markup('<a href="{}">{}</a>')
BEHIND = Markup('<span class="behind">{}</span>')


def linked(desk: Desk, node: Node) -> Markup:
    """The title of a node, every link of it in reach."""
    said, behind, rest = Markup(""), [], node.title
    for link, lead in zip(node.links, leads(desk, node), strict=True):
        before, named, after = rest.partition(link.label) if link.label else (rest, "", "")
        if not named or _inside_code(before):
            if _told_apart(desk, link, lead) and link.label != node.title:
                behind.append(_anchor(desk, link, lead, Markup.escape(link.label)))
            continue
        said += as_line(before) + _anchor(desk, link, lead, as_line(named))
        rest = after
    said += as_line(rest)
    return said + BEHIND.format(Markup(" · ").join(behind)) if behind else said


def _inside_code(before: str) -> bool:
    """Whether what follows stands within code or a formula, which a link would cut."""
    return before.count("`") % 2 == 1 or before.count("$") % 2 == 1


def _told_apart(desk: Desk, link: Link, lead: Lead) -> bool:
    """Whether a link that the words do not name is worth its name behind them."""
    return bool(_address(desk, link, lead)) or lead.kind in ("lab", "brief")


def _anchor(desk: Desk, link: Link, lead: Lead, words: Markup) -> Markup:
    address = _address(desk, link, lead)
    if not address:
        return words
    if lead.url is None:
        return INSIDE.format(address, words)
    others = [OUTSIDE.format(one, urlsplit(one).netloc) for one in lead.others]
    return OUTSIDE.format(address, words) + Markup("").join(
        Markup(' <span class="small">({})</span>').format(one) for one in others
    )


def _address(desk: Desk, link: Link, lead: Lead) -> str:
    """Where it leads on these pages, or outside; "" for what has no page."""
    name = link.url.partition(":")[2]
    if lead.url is not None:
        return lead.url
    if lead.kind == "skill" and name in desk.catalog.skills:
        return f"/skills/{name}"
    if lead.kind == "lab" and lead.built:
        return lab_url(name)
    return ""

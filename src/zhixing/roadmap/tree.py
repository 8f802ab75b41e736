"""How does a route look as JSON? The tree of nodes that `routes ID --json` prints."""

from zhixing.records import Node, Route


def as_tree(route: Route) -> dict[str, object]:
    """The route as plain dicts, lists, strings and numbers, from its root down."""
    return _branch(route.root)


def _branch(node: Node) -> dict[str, object]:
    """One node. Weeks and days have `first` and `last` (Week 5–6: 5 and 6), other units where they
    say so; what else is known of a node stands in `marks` and `details`."""
    branch: dict[str, object] = {
        "kind": node.kind,
        "id": node.id,
        "title": node.title,
        "line": node.line,
        "minutes": node.minutes,
        "stars": node.stars,
        "links": [{"url": link.url, "label": link.label} for link in node.links],
        "children": [_branch(child) for child in node.children],
    }
    if node.kind in ("week", "day") or node.first is not None:
        branch |= {"first": node.first, "last": node.last}
    if node.marks:
        branch["marks"] = sorted(node.marks)
    if node.details:
        branch["details"] = [{"name": name, "words": words} for name, words in node.details]
    return branch

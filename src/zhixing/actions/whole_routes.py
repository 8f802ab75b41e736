"""The whole way of a learner: their route and those that follow it, as one."""

from zhixing.actions.desk import Desk
from zhixing.actions.joining import Joined, chained, joined
from zhixing.actions.routes import plannable, route
from zhixing.planner.wanted import waiting, wanted
from zhixing.records import Profile, Route
from zhixing.words import Language


def shown_route(desk: Desk, profile: Profile, language: Language | None = None) -> Route:
    """The route and those that follow it, in one language, the desk's own: for titles and pages."""
    language = language or desk.language
    first = route(desk, profile.route, language)
    if not profile.more_routes:
        return first
    others = [route(desk, name, language) for name in profile.more_routes]

    def made() -> Route:
        return chained(Joined(first, {}), [Joined(other, {}) for other in others]).route

    if desk.shelf is None:
        return made()
    return desk.shelf.derived(f"shown {_named(profile, language)}", (first, *others), made)


def asked_route(desk: Desk, profile: Profile, language: Language | None = None) -> Route:
    """What the planner is asked to plan: tasks with a length, joined to the catalog, without those
    of other directions and those of known skills, in the order that the profile asks for. In the
    profile's language, or another where a page needs the titles."""
    whole = _whole(desk, profile, language or profile.language)
    return wanted(whole.route, profile, whole.skills)


def waiting_tasks(desk: Desk, profile: Profile) -> int:
    """How many tasks no plan has before a direction is chosen; 0 where the profile has one."""
    if profile.direction is not None:
        return 0
    return len(waiting(_whole(desk, profile, profile.language).route))


def _whole(desk: Desk, profile: Profile, language: Language) -> Joined:
    """What the routes and the catalog say together; kept as long as both stay the same."""
    catalog = desk.catalog
    routes = [route(desk, name, language) for name in (profile.route, *profile.more_routes)]

    def made() -> Joined:
        parts = [joined(plannable(one), catalog) for one in routes]
        return chained(parts[0], parts[1:]) if len(parts) > 1 else parts[0]

    if desk.shelf is None:
        return made()
    return desk.shelf.derived(f"whole {_named(profile, language)}", (catalog, *routes), made)


def _named(profile: Profile, language: Language) -> str:
    return " ".join((language, profile.route, *profile.more_routes))

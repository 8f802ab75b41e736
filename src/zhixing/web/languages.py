"""In which language does a page speak, before anybody chose one? In the browser's."""

from dataclasses import replace

from zhixing.settings import Settings
from zhixing.words import LANGUAGES, Language, say

NOT_CHOSEN = ("default", "system language {name}={value}")
"""Where a language comes from that no learner chose for this home."""
LONGEST_HEADER = 200
MOST_NAMED = 20


def as_asked(settings: Settings, accepts: str) -> Settings:
    """The settings with the language of the browser, by what it sends as Accept-Language, unless
    the learner chose one: on a page, in settings.toml, in the environment, by a flag."""
    named = preferred(accepts)
    if named is None or settings.where_from("language").template not in NOT_CHOSEN:
        return settings
    origin = say("the browser, which asks for {value}", value=accepts[:LONGEST_HEADER])
    return replace(settings, language=named, origins={**settings.origins, "language": origin})


def preferred(accepts: str) -> Language | None:
    """The one of our languages that stands first by its weight; English where others alone are
    named; None where nothing is, or anything will do."""
    weighed: list[tuple[float, int, str]] = []
    for part in accepts.split(",")[:MOST_NAMED]:
        name, _, more = part.strip().partition(";")
        weight = _weight(more)
        if name and weight > 0:
            weighed.append((-weight, len(weighed), name.strip().lower()))
    named = [name.partition("-")[0] for _, _, name in sorted(weighed)]
    if not named or named[0] == "*":
        return None
    return next((one for name in named for one in LANGUAGES if one == name), "en")


def _weight(more: str) -> float:
    """What `q=0.8` says; 1 where nothing is said, 0 where it is no weight."""
    _, found, value = more.replace(" ", "").partition("q=")
    if not found:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0

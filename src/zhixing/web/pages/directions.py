"""What the ways to begin are called on pages."""

from zhixing.actions.profiles import Emphasis
from zhixing.words import Said, say

EMPHASIS_NAMES: dict[Emphasis, Said] = {
    "as-written": say("as the route is written"),
    "maths-first": say("mathematics first within a stage"),
    "practice-first": say("practice as early as it can come"),
}

PRESET_NAMES: dict[str, Said] = {
    "full-time": say("full time · 8 h from Monday to Friday"),
    "part-time": say("part time · 2.5 h every day"),
    "15h": say("15 h a week · 2 h on weekdays, 4 on Saturday, 1 on Sunday"),
}

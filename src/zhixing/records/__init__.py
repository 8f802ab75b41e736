"""What are the nouns? Frozen records that rooms take and give; nothing here touches the world.

Read them in this order: content and labs, routes, plans, verdicts, what happened, mastery. A name
is imported from here; its module is read when it is first asked for, so that a judge does not wait
for the records of plans.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhixing.records.content import Brief as Brief
    from zhixing.records.content import Catalog as Catalog
    from zhixing.records.content import Criterion as Criterion
    from zhixing.records.content import Pack as Pack
    from zhixing.records.content import Question as Question
    from zhixing.records.content import Reading as Reading
    from zhixing.records.content import Resource as Resource
    from zhixing.records.content import RouteText as RouteText
    from zhixing.records.content import Skill as Skill
    from zhixing.records.happenings import Asked as Asked
    from zhixing.records.happenings import Attempt as Attempt
    from zhixing.records.happenings import CardReviewed as CardReviewed
    from zhixing.records.happenings import CellRan as CellRan
    from zhixing.records.happenings import EssayHandedIn as EssayHandedIn
    from zhixing.records.happenings import Happening as Happening
    from zhixing.records.happenings import HintTaken as HintTaken
    from zhixing.records.happenings import NoteSaved as NoteSaved
    from zhixing.records.happenings import PlanAccepted as PlanAccepted
    from zhixing.records.happenings import ProfileSet as ProfileSet
    from zhixing.records.happenings import QuizAnswered as QuizAnswered
    from zhixing.records.happenings import Replied as Replied
    from zhixing.records.happenings import RouteImported as RouteImported
    from zhixing.records.happenings import TaskDone as TaskDone
    from zhixing.records.happenings import TaskSkipped as TaskSkipped
    from zhixing.records.happenings import TaskStarted as TaskStarted
    from zhixing.records.happenings import Undone as Undone
    from zhixing.records.labs import CheckSetting as CheckSetting
    from zhixing.records.labs import Edit as Edit
    from zhixing.records.labs import Essay as Essay
    from zhixing.records.labs import Lab as Lab
    from zhixing.records.labs import LabKind as LabKind
    from zhixing.records.labs import Mutant as Mutant
    from zhixing.records.labs import Part as Part
    from zhixing.records.labs import PlannedLab as PlannedLab
    from zhixing.records.labs import RubricItem as RubricItem
    from zhixing.records.labs import Threshold as Threshold
    from zhixing.records.mastery import Evidence as Evidence
    from zhixing.records.mastery import Level as Level
    from zhixing.records.mastery import Mastery as Mastery
    from zhixing.records.mastery import SkillMastery as SkillMastery
    from zhixing.records.plans import Day as Day
    from zhixing.records.plans import Piece as Piece
    from zhixing.records.plans import Plan as Plan
    from zhixing.records.plans import Profile as Profile
    from zhixing.records.plans import ReplanOption as ReplanOption
    from zhixing.records.plans import ReplanWay as ReplanWay
    from zhixing.records.routes import Entrance as Entrance
    from zhixing.records.routes import ImportReport as ImportReport
    from zhixing.records.routes import Link as Link
    from zhixing.records.routes import Match as Match
    from zhixing.records.routes import Mend as Mend
    from zhixing.records.routes import Node as Node
    from zhixing.records.routes import NodeKind as NodeKind
    from zhixing.records.routes import Remark as Remark
    from zhixing.records.routes import Route as Route
    from zhixing.records.routes import Task as Task
    from zhixing.records.routes import TaskKind as TaskKind
    from zhixing.records.verdicts import CheckResult as CheckResult
    from zhixing.records.verdicts import LabReport as LabReport
    from zhixing.records.verdicts import Limits as Limits
    from zhixing.records.verdicts import Outcome as Outcome
    from zhixing.records.verdicts import PartResult as PartResult
    from zhixing.records.verdicts import Ran as Ran
    from zhixing.records.verdicts import Slip as Slip
    from zhixing.records.verdicts import Verdict as Verdict

_NAMES = {
    "content": "Criterion Skill Resource Reading Question Brief RouteText Pack Catalog",
    "labs": "LabKind RubricItem Essay Part Edit Mutant Threshold CheckSetting Lab PlannedLab",
    "routes": "TaskKind NodeKind Entrance Link Node Task Route Remark ImportReport Match Mend",
    "plans": "Profile Piece Day Plan ReplanWay ReplanOption",
    "verdicts": "Outcome CheckResult Slip PartResult Verdict Limits LabReport Ran",
    "happenings": (
        "Happening ProfileSet RouteImported PlanAccepted TaskStarted TaskDone TaskSkipped "
        "NoteSaved Attempt HintTaken CellRan EssayHandedIn QuizAnswered CardReviewed Asked "
        "Replied Undone"
    ),
    "mastery": "Level Evidence SkillMastery Mastery",
}
"""module -> the names it holds"""
_PLACES = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = sorted(_PLACES)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A record that was not asked for before."""
        if name not in _PLACES:
            raise AttributeError(f"no record is called {name}")
        found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = found
        return found

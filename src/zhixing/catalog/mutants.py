"""Which slips does a lab know? `[[mutants]]` of lab.toml against its solution and its checks."""

from zhixing.catalog.tables import Entry
from zhixing.catalog.values import Unfit, near_or_all, seen, text, texts
from zhixing.catalog.vocabulary import is_id
from zhixing.records import Edit, Mutant
from zhixing.words import Bilingual, say


def mutants_of(facts: Entry, solution: str, checks: tuple[str, ...]) -> tuple[Mutant, ...]:
    """The mutants that can be made; a letter about each that cannot.

    A form of a slip may have a `why` of its own; one without has the words of the first.
    """
    whys: dict[str, Bilingual] = {}
    mutants = []
    for entry in facts.tables("mutants"):
        slip = entry.need("slip", _slip) or ""
        edits = _edits(entry, solution)
        fails = named_checks(entry, "fails", checks)
        entry.asked.add("why")
        why = whys.get(slip)
        if "why" in entry.table or why is None:
            why = entry.both("why") or why or Bilingual(slip, slip)
        whys.setdefault(slip, why)
        entry.close()
        if slip and edits and fails:
            mutants.append(Mutant(slip, edits, fails, why))
    return tuple(mutants)


def named_checks(entry: Entry, key: str, checks: tuple[str, ...]) -> tuple[str, ...]:
    """The listed checks that exist, all of them where the checks are not known."""
    listed = entry.need(key, texts)
    if listed == ():
        entry.report(say("no check is named"), say("name at least one check of this lab"), key)
    for name in listed or ():
        if checks and name not in checks:
            what = say('no check is called "{name}"', name=name)
            entry.report(what, near_or_all(name, checks), key)
    return tuple(name for name in listed or () if not checks or name in checks)


def _slip(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise Unfit(
            say("{value} does not fit", value=seen(value)),
            say("name the slip in kebab-case: sums-the-loss"),
        )
    return value


def _edits(entry: Entry, solution: str) -> tuple[Edit, ...]:
    """The edits of one mutant; none, and letters, unless all of them can be made."""
    if "edits" in entry.table:
        inner = entry.tables("edits")
        edits = [_edit(one, solution) for one in inner]
        for one in inner:
            one.close()
        if entry.table["edits"] == []:
            entry.report(say("no edit is named"), say("name at least one edit"), "edits")
    else:
        edits = [_edit(entry, solution)]
    good = [edit for edit in edits if edit is not None]
    if len(good) < len(edits):
        return ()
    return tuple(good) if _go_together(good, solution, entry) else ()


def _go_together(edits: list[Edit], solution: str, entry: Entry) -> bool:
    """Edits are made one after the other: none may take away or double what a later one finds."""
    text = solution
    for edit in edits:
        if text.count(edit.find) != 1:
            entry.report(say("an edit disturbs a later one"), say("join the two"), "edits")
            return False
        text = text.replace(edit.find, edit.put)
    return True


def _edit(holder: Entry, solution: str) -> Edit | None:
    find = holder.need("find", text)
    put = holder.need("put", _any_text)
    if find is None or put is None or not solution:
        return None
    times = solution.count(find)
    if times != 1:
        holder.report(
            say("find occurs {times} times in solution.py, not once", times=times),
            say("copy more of the line, or of its neighbours, exactly"),
            "find",
        )
    elif find == put:
        holder.report(say("find and put are the same"), say("put the slip there"), "put")
    else:
        return Edit(find, put)
    return None


def _any_text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(say("a text is wanted, not {value}", value=seen(value)), say("write a text"))
    return value

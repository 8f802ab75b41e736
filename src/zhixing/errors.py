"""What can a person mend? A Problem is a small letter: what, where, what next."""

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from zhixing.words import Language, Said, Sayable, say


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing a person can mend."""

    what: Sayable
    where: Sayable | str
    next_step: Sayable

    def render(self, language: Language) -> str:
        where = self.where if isinstance(self.where, str) else self.where.render(language)
        return " · ".join([self.what.render(language), where, self.next_step.render(language)])


class Problem(Exception):
    """Raised for what a person can mend; carries one letter or several found at once."""

    def __init__(self, what: Sayable, where: Sayable | str, next_step: Sayable) -> None:
        self.letters: tuple[Letter, ...] = (Letter(what, where, next_step),)
        super().__init__(self.letters[0].render("en"))

    @classmethod
    def of(cls, letters: Iterable[Letter]) -> "Problem":
        """A Problem that lists every letter; there is at least one."""
        listed = tuple(letters)
        problem = cls(listed[0].what, listed[0].where, listed[0].next_step)
        problem.letters = listed
        problem.args = ("\n".join(letter.render("en") for letter in listed),)
        return problem


_REASONS: Mapping[int, Said] = {
    errno.ENOENT: say("No such file or directory"),
    errno.EACCES: say("Permission denied"),
    errno.EPERM: say("Operation not permitted"),
    errno.EEXIST: say("File exists"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EISDIR: say("Is a directory"),
    errno.EROFS: say("Read-only file system"),
    errno.ENOSPC: say("No space left on device"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ELOOP: say("Too many levels of symbolic links"),
}


def reason_of(trouble: OSError) -> Said | str:
    """Why the system refused: in the reader's language where it is a common reason, else as the
    system said it."""
    return _REASONS.get(trouble.errno or 0) or trouble.strerror or str(trouble)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` most probably meant, or None."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(name: str, known: Iterable[str], command: str) -> Sayable:
    """The next step after an unknown id: the near miss if there is one, and the list command."""
    close = nearest(name, known)
    if close is None:
        return say("`{command}` lists them all", command=command)
    return say(
        'did you mean "{nearest}"? `{command}` lists them all', nearest=close, command=command
    )

"""Which key do the seeds of this home come from? 32 random bytes, made once, for its owner only."""

import os
import secrets
from pathlib import Path

from zhixing.errors import Problem
from zhixing.store.placing import make_once
from zhixing.store.trouble import file_problem
from zhixing.words import say

KEY_BYTES = 32


def key_in(file: Path) -> bytes:
    """The 32 bytes of `file`, which is made at the first call; processes at once agree on one.

    Raises Problem when the file cannot be made or read, or holds something else.
    """
    try:
        if not file.exists():
            make_once(file, _write_a_key)
        key = file.read_bytes()
    except OSError as error:
        raise file_problem(error, file) from error
    if len(key) != KEY_BYTES:
        raise _not_a_key(len(key), file)
    return key


def _write_a_key(file: Path) -> None:
    with open(file, "xb", opener=_for_its_owner) as new:
        new.write(secrets.token_bytes(KEY_BYTES))
        new.flush()
        os.fsync(new.fileno())


def _for_its_owner(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def _not_a_key(seen: int, file: Path) -> Problem:
    return Problem(
        what=say("the key holds {seen} bytes, not {wanted}", seen=seen, wanted=KEY_BYTES),
        where=str(file),
        next_step=say(
            "put back a copy of it, or delete it (`rm {file}`) and a new one is made: what you did "
            "stays, only seeds drawn from now on differ",
            file=file,
        ),
    )

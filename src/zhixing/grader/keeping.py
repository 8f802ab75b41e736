"""How a judge gets its keeper: forked before anything is read; both wake up at the same time."""

import os
import socket
import traceback

from zhixing.grader import ground
from zhixing.grader.starting import Expected, Level

GROUND_MIB = 12
"""What the numpy environment takes, as measured; others lay more (nest.GROUND_MIB)."""


def keeper_line(asked: Level, expected: Expected | None = None) -> socket.socket:
    """The line to a keeper, forked now from a process that has one thread and has read nothing. At
    most level `asked`. What the keeper needs is imported there, while this process goes on."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        try:
            ours.close()  # when the judge is gone, however, this line ends and so does the keeper
            _keep(theirs, asked, expected)
        except BaseException:  # nothing may return into the judge
            traceback.print_exc()
        finally:
            os._exit(0)
    theirs.close()
    return ours


def _keep(line: socket.socket, asked: Level, expected: Expected | None) -> None:
    ground.lay(GROUND_MIB)
    from zhixing.grader import keeper

    keeper.be(line, asked, expected)

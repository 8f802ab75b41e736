"""The judge's side of a witness: the lab's own server beside an answer (WIRE 1).

The witness is a process of its own, shut in like an answer; it is trusted because the lab wrote it.
What it counts and times are measurements. An answer reaches it through a channel that is handed to
both when they start: there is no address, no path, and nothing else to reach.
"""

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zhixing.grader.answering import Gone, OutOfTime
from zhixing.grader.conversation import AnswerRaised, Conversation, Nest, Program, Spending

CPU_SECONDS, MEMORY_MIB = 30.0, 256
REPLY_SECONDS = 10.0


class WitnessLost(AssertionError):
    """The lab's server no longer answers the judge."""

    def __init__(self) -> None:
        super().__init__(
            "实验自带的服务器没有回应：是被答案的连接淹没了吗？请少开一些连接再试 // "
            "the lab's own server did not respond: was it flooded with connections? "
            "open fewer and check again"
        )


class Connect:
    """`server.connect`, to be given to an answer as an argument."""


class Witness:
    """One witness process, started when it is first needed."""

    def __init__(self, nest: Callable[[], Nest], source: str) -> None:
        spending = Spending(CPU_SECONDS, MEMORY_MIB)
        self.talk = Conversation(nest, Program(source), spending, _nothing_else, _nothing_else)
        self.hub: socket.socket | None = None
        self.generation = 0

    def channels(self) -> tuple[socket.socket, ...]:
        """What a new client is handed: a channel that the witness knows at its other end."""
        ours, theirs = socket.socketpair()
        with ours:
            try:
                socket.send_fds(self._living(), [b"c"], [ours.fileno()])
            except OSError:
                self.close()
        return (theirs,)

    def _living(self) -> socket.socket:
        if self.talk.process is None or self.hub is None:
            self.hub, theirs = socket.socketpair()
            self.hub.setblocking(False)
            self.talk.handed = lambda: (theirs,)
            self.talk.start_check(0, CPU_SECONDS)
            self.talk.ask("witness", wall_s=REPLY_SECONDS)  # no client harms it so early
            self.generation += 1
        return self.hub

    def ask(self, operation: str, *arguments: Any, **head: Any) -> Any:
        self._living()
        return self._ask(operation, *arguments, **head)

    def _ask(self, operation: str, *arguments: Any, **head: Any) -> Any:
        try:
            return self.talk.ask(operation, arguments, wall_s=REPLY_SECONDS, **head)
        except (Gone, OutOfTime) as error:
            self.close()
            raise WitnessLost from error
        except AnswerRaised as error:
            raise RuntimeError(f"witness.py: {error}: {error.trace}") from error

    def close(self) -> None:
        self.talk.end_process()
        if self.hub is not None:
            self.hub.close()
            self.hub = None


class Server:
    """What a check knows as `server`. `server.NAME(…)` calls `def NAME(log, …)` of witness.py."""

    connect = Connect()

    def __init__(self, witness: Witness, talk: Conversation) -> None:
        self._witness, self._talk = witness, talk
        self.script(None)

    def script(self, script: Any) -> None:
        """What the server shall do from now on: plain data that `handle` gets. Old connections end
        and the log is empty again."""
        before = self._witness.generation
        self._witness.ask("script", script)
        if before not in (0, self._witness.generation):  # nobody alive knows the new one
            self._talk.end_process()

    def log(self) -> list[dict[str, Any]]:
        """What happened since the script, in order: `at` (seconds), `what`, `connection`, facts."""
        found: list[dict[str, Any]] = self._witness.ask("log")
        return found

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def fact(*arguments: Any) -> Any:
            found = self._witness.ask("fact", *arguments, name=name)
            self._note()
            return found

        return fact

    def _note(self) -> None:
        """The fact belongs to what the answer did last: a slip may show in it alone."""
        entries = self._talk.transcript.entries
        label = entries[-1].label if entries else "server"
        for entry in self._witness.talk.transcript.entries[-1:]:
            self._talk.transcript.add(replace(entry, label=label))


def _nothing_else(*_: Any) -> Any:
    raise TypeError("a witness takes and gives plain data only")

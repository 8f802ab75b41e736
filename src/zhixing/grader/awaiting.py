"""What `await`, `async with` and `async for` do with a handle, and how a check written so is run.

The coroutine stays in the answer's process and runs there, on one loop that is kept between calls;
here an `async def` check is ordinary code whose every `await` is one round trip.
"""

import inspect
from collections.abc import Generator
from typing import Any, Self

from zhixing.grader.answering import OutOfTime
from zhixing.grader.conversation import AnswerRaised


class TooSlow(AssertionError):
    """A call, or the awaiting of it, went past the limit that a check set with `within`."""

    def __init__(self, label: str, seconds: float) -> None:
        super().__init__(
            f"`{label}` 超过了 {seconds:g} 秒的限度 // "
            f"`{label}` went past its limit of {seconds:g} s"
        )


class Awaited:
    """The part of a handle that waits."""

    _label: str
    _limits: dict[str, Any]
    """What `within` allows: the time goes where the coroutine is awaited, not where it is made."""

    def _ask(self, operation: str, *arguments: Any, label: str | None = None, **head: Any) -> Any:
        raise NotImplementedError

    def _wait(self, operation: str, *arguments: Any) -> Any:
        try:
            return self._ask(operation, *arguments, **self._limits)
        except OutOfTime as late:
            if not self._limits:
                raise
            raise TooSlow(self._label, late.seconds) from late

    def __await__(self) -> Generator[Any, None, Any]:
        yield from ()
        return self._wait("await")

    async def __aenter__(self) -> Any:
        return self._wait("aenter")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _t: object
    ) -> bool:
        told = () if kind is None else (kind.__name__, str(error))
        return self._wait("aexit", *told) is True

    def __aiter__(self) -> Self:
        found: Self = self._ask("aiter")
        return found

    async def __anext__(self) -> Any:
        try:
            return self._wait("anext")
        except AnswerRaised as error:
            if error.names[0] == "StopAsyncIteration":
                raise StopAsyncIteration from None
            raise


def awaited_within(found: Any, limits: dict[str, float | None]) -> Any:
    """The reply to a limited call. A coroutine takes its time where it is awaited: so do limits."""
    if isinstance(found, Awaited):
        object.__setattr__(found, "_limits", limits)
    return found


def finished(outcome: Any) -> Any:
    """What a function of checks.py gave; one written `async def` is run to its end here."""
    if not inspect.iscoroutine(outcome):
        return outcome
    try:
        outcome.send(None)
    except StopIteration as end:
        return end.value
    outcome.close()
    raise RuntimeError("a check may await what an answer gave, and nothing else")

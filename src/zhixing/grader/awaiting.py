"""What `await`, `async with` and `async for` do with a handle, and how a check written so is run.

The coroutine stays in the answer's process and runs there, on one loop that is kept between calls;
here an `async def` check is ordinary code whose every `await` is one round trip.
"""

import inspect
from collections.abc import Generator
from typing import Any, Self

from zhixing.grader.answering import OutOfTime, Spent
from zhixing.grader.conversation import AnswerRaised, Transcript


class TooSlow(AssertionError):
    """A call, or the awaiting of it, went past the limit that a check set with `within`."""

    def __init__(self, label: str, seconds: float) -> None:
        super().__init__(
            f"`{label}` 超过了 {seconds:g} 秒的限度 // "
            f"`{label}` went past its limit of {seconds:g} s"
        )


NO_AWAITABLE = ("can't be used in 'await' expression", "or an awaitable is required")
"""How Python says so: `await 5`, and `asyncio.ensure_future(5)`."""


class NotAwaitable(AssertionError):
    """The answer gave something that `await` cannot wait for."""

    def __init__(self, label: str) -> None:
        zh, en = f"`{label}` ", f"`{label}`"
        if label.startswith("probe.") or not label:
            zh, en = "这里要等待的函数", "a function awaited here"
        super().__init__(
            f"{zh}返回的不是可等待的对象：要用 async def 来写 // "
            f"{en} gave nothing that can be awaited: write it with async def"
        )


def _not_awaitable(message: str) -> bool:
    return any(words in message for words in NO_AWAITABLE)


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
            if not self._limits or isinstance(late, Spent):
                raise
            raise TooSlow(self._label, late.seconds) from late
        except AnswerRaised as error:
            if (error.names[0], error.line) == ("TypeError", 0) and _not_awaitable(error.message):
                raise NotAwaitable(self._label) from error
            raise

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


def finished(outcome: Any, transcript: Transcript) -> Any:
    """What a function of checks.py gave; one written `async def` is run to its end here.
    NotAwaitable names the last call if plain data was awaited."""
    if not inspect.iscoroutine(outcome):
        return outcome
    try:
        outcome.send(None)
    except StopIteration as end:
        return end.value
    except TypeError as error:
        if not _not_awaitable(str(error)):
            raise
        raise NotAwaitable(transcript.entries[-1].label if transcript.entries else "") from error
    outcome.close()
    raise RuntimeError("a check may await what an answer gave, and nothing else")

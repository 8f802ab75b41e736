"""What a check sees: `answer`, and handles on the objects that stay over there.

Every use is a round trip. A handle never meets the judge's own data in an operator or comparison
unless the check says `operable(handle)`: an object whose `__eq__` or `__sub__` lies would otherwise
be shown the expected value and could agree with it (docs/decisions, "Operators on handles").
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import SimpleNamespace, TracebackType
from typing import Any, Self, TypeVar

from zhixing.grader import restoring
from zhixing.grader.answering import OutOfTime, Spent
from zhixing.grader.awaiting import Awaited, TooSlow, awaited_within
from zhixing.grader.conversation import AnswerRaised, Conversation, Missing
from zhixing.grader.wire import Table
from zhixing.grader.witnesses import Connect

Exact = TypeVar("Exact")


class NotPlain(AssertionError):
    """The answer gave an object where plain data was expected."""


def _object_instead_of_data(handle: "Handle") -> NotPlain:
    kind, label = handle._kind, handle._label or "answer"
    return NotPlain(
        f"`{label}` 给出的是 {kind} 对象，这里要的是普通数据（数、列表或 NumPy 数组） // "
        f"`{label}` gave an object of type {kind}; plain data is wanted here "
        "(a number, a list or a NumPy array)"
    )


class Handle(Awaited):
    """An object that stays in the answer's process. Attributes that start with `_` are ours."""

    __array_ufunc__ = None  # numpy hands operators over to this class instead of guessing

    def __init__(self, talk: Conversation, form: dict[str, Any], label: str) -> None:
        mine = object.__setattr__
        mine(self, "_talk", talk)
        mine(self, "_number", form["h"])
        mine(self, "_kind", str(form["y"])[:80])
        mine(self, "_callable", form.get("c") is True)
        mine(self, "_label", label)
        mine(self, "_generation", talk.generation)
        mine(self, "_operable", False)
        mine(self, "_limits", {})

    _talk: Conversation
    _number: int | str
    _kind: str
    _callable: bool
    _label: str
    _generation: int
    _operable: bool

    def __del__(self) -> None:
        if self._talk.generation == self._generation and isinstance(self._number, int):
            self._talk.released.append(self._number)

    def _ask(self, operation: str, *arguments: Any, label: str | None = None, **head: Any) -> Any:
        self._be_there()
        label = label or self._label
        reply = self._talk.ask(operation, arguments, label=label, h=self._number, **head)
        return self._as_operable(reply)

    def _as_operable(self, reply: Any) -> Any:
        if self._operable and isinstance(reply, Handle):
            object.__setattr__(reply, "_operable", True)
        return reply

    # --- calls and attributes -------------------------------------------------------------------

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._call(arguments, keywords)

    def within(self, cpu_s: float | None = None, wall_s: float | None = None) -> Callable[..., Any]:
        """The same call with a limit; past it the check fails (or asserts that with `raises`)."""

        def limited(*arguments: Any, **keywords: Any) -> Any:
            try:
                found = self._call(arguments, keywords, cpu_s=cpu_s, wall_s=wall_s)
            except Spent:
                raise
            except OutOfTime as late:
                raise TooSlow(self._label, late.seconds) from late
            return awaited_within(found, {"cpu_s": cpu_s, "wall_s": wall_s})

        return limited

    def _call(self, arguments: Any, keywords: Any, **limits: Any) -> Any:
        self._be_there()
        reply = self._talk.ask(
            "call", arguments, keywords, label=self._label, h=self._number, **limits
        )
        return self._as_operable(reply)

    def _be_there(self) -> None:
        if self._generation != self._talk.generation or self._talk.process is None:
            self._revive()

    def _revive(self) -> None:
        raise NotPlain(
            f"`{self._label}`：这个对象所在的进程已经结束 // "
            f"`{self._label}`: the process that held this object has ended"
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("attr", name=name, label=f"{self._label}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("setattr", value, name=name)

    # --- containers -----------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        return self._ask("item", key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._ask("setitem", key, value)

    def __delitem__(self, key: Any) -> None:
        self._ask("delitem", key)

    def __len__(self) -> int:
        try:
            return _exactly(int, self._operate("len", self), self)
        except AnswerRaised as error:
            if error.names[0] == "TypeError":  # `list(handle)` asks first, and goes on without
                raise TypeError(error.message) from error
            raise

    def __iter__(self) -> Iterator[Any]:
        found = self._ask("iter")
        return found if isinstance(found, Handle) else iter(found)

    def __next__(self) -> Any:
        return self._ask("next")

    def __contains__(self, item: Any) -> bool:
        return _exactly(bool, self._operate("contains", self, item), self)

    # --- with -----------------------------------------------------------------------------------

    def __enter__(self) -> Any:
        return self._ask("enter")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _t: TracebackType | None,
    ) -> bool:
        told = () if kind is None else (kind.__name__, str(error))
        return self._ask("exit", *told) is True

    # --- operators ------------------------------------------------------------------------------

    def _operate(self, name: str, *operands: Any) -> Any:
        if any(not isinstance(o, Handle) for o in operands) and not self._operable:
            raise _object_instead_of_data(self)
        return self._as_operable(self._talk.ask("operate", operands, label=self._label, name=name))

    def __bool__(self) -> bool:
        if not self._operable:
            raise _object_instead_of_data(self)
        return _exactly(bool, self._operate("bool", self), self)

    def __float__(self) -> float:
        return _exactly(float, self._operate("float", self), self)

    def __int__(self) -> int:
        return _exactly(int, self._operate("int", self), self)

    def __str__(self) -> str:
        return _exactly(str, self._operate("str", self), self)

    def __repr__(self) -> str:
        return f"<{self._kind} of the answer>"

    def __hash__(self) -> int:
        return hash((self._generation, self._number))

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise _object_instead_of_data(self)


def _exactly(kind: type[Exact], reply: Any, handle: Handle) -> Exact:
    if type(reply) is not kind:
        raise _object_instead_of_data(handle)
    return reply


def _binary(name: str) -> Callable[[Handle, Any], Any]:
    def forwarded(self: Handle, other: Any) -> Any:
        return self._operate(name, self, other)

    return forwarded


def _reflected(name: str) -> Callable[[Handle, Any], Any]:
    def forwarded(self: Handle, other: Any) -> Any:
        return self._operate(name, other, self)

    return forwarded


def _unary(name: str) -> Callable[[Handle], Any]:
    def forwarded(self: Handle) -> Any:
        return self._operate(name, self)

    return forwarded


_ARITHMETIC = "add sub mul truediv floordiv mod pow matmul lshift rshift and_ or_ xor"
for _name in _ARITHMETIC.split():
    _bare = _name.rstrip("_")
    setattr(Handle, f"__{_bare}__", _binary(_name))
    setattr(Handle, f"__r{_bare}__", _reflected(_name))
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Handle, f"__{_name}__", _binary(_name))
for _name in ("neg", "pos", "abs", "invert"):
    setattr(Handle, f"__{_name}__", _unary(_name))


def operable(handle: Any) -> Any:
    """A handle that may meet plain data in operators: for labs whose very matter is an operator."""
    if isinstance(handle, Handle):
        object.__setattr__(handle, "_operable", True)
    return handle


class Function(Handle):
    """Something that the answer's module defines; survives a new process by its name.

    A plain function or class is known by its name from the start, and looked up over there.
    """

    def _be_there(self) -> None:
        if not isinstance(self._number, str):
            super()._be_there()

    def _revive(self) -> None:
        if isinstance(self._number, str):
            return
        fresh = self._talk.ask("get", label=self._label, name=self._label)
        if not isinstance(fresh, Handle):
            raise _object_instead_of_data(self)
        object.__setattr__(self, "_number", fresh._number)
        object.__setattr__(self, "_generation", self._talk.generation)
        object.__setattr__(self, "_fresh", fresh)  # keeps the number alive over there


class Probe:
    """One function of probes.py; `within` as a function of the answer has it."""

    def __init__(self, talk: Conversation, name: str) -> None:
        self._talk, self._name = talk, name

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._ask(arguments, keywords)

    def within(self, cpu_s: float | None = None, wall_s: float | None = None) -> Callable[..., Any]:
        def limited(*arguments: Any, **keywords: Any) -> Any:
            limits = {"cpu_s": cpu_s, "wall_s": wall_s}
            try:
                found = self._ask(arguments, keywords, **limits)
            except Spent:
                raise
            except OutOfTime as late:
                raise TooSlow(self._name, late.seconds) from late
            return awaited_within(found, limits)

        return limited

    def _ask(self, arguments: Any, keywords: Any, **limits: float | None) -> Any:
        label = f"probe.{self._name}"
        return self._talk.ask("probe", arguments, keywords, label=label, name=self._name, **limits)


class Probes:
    """`answer.probe.NAME(…)`: functions of probes.py, run beside the answer. Replies are claims."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return Probe(self._talk, name)


class Answer:
    """The proxy that a check knows as `answer`."""

    def __init__(
        self, talk: Conversation, facts: Callable[[], Any], fresh: Callable[[], "Answer"]
    ) -> None:
        self._talk, self._facts, self._fresh = talk, facts, fresh
        self._names: dict[str, tuple[int, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        generation, known = self._names.get(name, (-1, None))
        if generation == self._talk.generation and self._talk.process is not None:
            return known
        kind = self._talk.callables().get(name)
        if kind is not None:
            function = Function(self._talk, {"h": name, "y": kind, "c": True}, name)
            self._names[name] = (self._talk.generation, function)
            return function
        try:
            found = self._talk.ask("get", label=name, name=name)
        except AnswerRaised as error:
            if error.names[0] == "AttributeError" and error.label == name:
                raise Missing(name) from None
            raise
        if isinstance(found, Handle):
            object.__setattr__(found, "__class__", Function)
            self._names[name] = (self._talk.generation, found)
        return found

    @property
    def probe(self) -> Probes:
        return Probes(self._talk)

    @property
    def source(self) -> SimpleNamespace:
        """The reader's facts about the text: advice beside behaviour."""
        return SimpleNamespace(**self._facts())

    def keep(self, value: Any) -> Any:
        """A handle on plain data that now lies in the answer's process."""
        return self._talk.ask("keep", (value,), label="keep")

    def put(self, name: str, data: bytes) -> str:
        """Write a file into the answer's private folder; its path over there."""
        return str(self._talk.ask("put", (data,), label="put", name=name))

    def get(self, name: str, max_bytes: int) -> bytes:
        """The bytes of a file over there: a claim like any reply; NotPlain if it is larger."""
        raw = self._talk.ask("fetch", label="get", name=name, max=max_bytes)
        if not isinstance(raw, bytes) or len(raw) > max_bytes:
            raise NotPlain(f"{name} 超过 {max_bytes} 字节 // {name} is over {max_bytes} bytes")
        return raw

    def fresh(self) -> "Answer":
        """The same code in a new process, for this check."""
        return self._fresh()

    def restored(self, model: Any) -> tuple["Answer", Any]:
        """A new process and, there, the model made anew from `weights(model)` alone."""
        found: tuple[Answer, Any] = restoring.restored(self, model)
        return found


def wrap_handle(talk: Conversation, form: dict[str, Any], label: str) -> Handle:
    """What a check sees of an object over there."""
    return _class_named(str(form["y"]))(talk, form, label)


@lru_cache(maxsize=256)
def _class_named(kind: str) -> type[Handle]:
    """Handle, named like the object over there: what `type(x).__name__` says in a message."""
    return type(kind if kind.isidentifier() else "object", (Handle,), {})


def describe_argument(talk: Conversation, value: object, label: str) -> Any:
    """How what is not plain data goes to the answer: a handle back, a function as a callback."""
    if isinstance(value, Handle):
        if value._generation != talk.generation or value._talk is not talk:
            value._revive()
        if value._label == "keep" and label not in ("", "keep"):
            object.__setattr__(value, "_label", label)
        return {"t": "h", "h": value._number}
    if isinstance(value, Connect):
        return {"t": "cn"}
    if callable(value):
        number = len(talk.callbacks) + 1
        talk.callbacks[number] = value
        return {"t": "cb", "cb": number}
    raise TypeError(f"a check cannot send a {type(value).__name__} to an answer")


class raises:
    """`with raises("ParseError"):` the answer must raise that (a class name in its ancestry)."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.error: AnswerRaised | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _k: type[BaseException] | None, error: BaseException | None, _t: TracebackType | None
    ) -> bool:
        wanted = " / ".join(self.names)
        if error is None:
            raise AssertionError(
                f"应当抛出 {wanted}，却没有 // {wanted} should be raised, nothing was"
            )
        theirs = set(self.names) - {"TooSlow"}  # that one is ours to raise, never the answer's
        if isinstance(error, AnswerRaised) and theirs & set(error.names):
            self.error = error
            return True
        return isinstance(error, TooSlow) and "TooSlow" in self.names


__all__ = ["Answer", "Handle", "NotPlain", "Table", "TooSlow", "operable", "raises"]

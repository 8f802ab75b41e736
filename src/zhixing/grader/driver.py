"""The small fixed driver inside an answer process: it holds the answer's code, none of the checks.

It speaks the wire (wire.py) on one socket: each request of the judge is carried out on the answer's
module, the reply goes back, and nothing it says is believed beyond that. It runs after `fork` in a
process that dies with its grading.
"""

import builtins
import linecache
import operator
import os
import random
import socket
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from zhixing.grader import drawing, facts, looping, mains, parsers, tensors, wire, witnessing

AT_ONCE = 64 * 1024
MOST_NAMES, LONGEST_NAME = 1_000, 100
FILE = "answer.py"
OWN = (FILE, "cell.py")
"""The files of a learner: the frames that a trace shows."""
MESSAGE_LETTERS = 2_000
TRACE_LETTERS = 4_000


class Hangup(BaseException):
    """The judge closed the line: nothing more to do. (BaseException: no answer should catch it.)"""


class Line:
    """Frames in and out on the one socket."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line

    def send(self, head: dict[str, Any], buffers: list[wire.Raw]) -> None:
        try:
            for piece in wire.pieces(head, buffers):
                self.line.sendall(piece)
        except OSError:
            raise Hangup from None

    def receive(self) -> tuple[dict[str, Any], list[wire.Raw]]:
        """One frame. The judge waits for our reply, so nothing lies behind it."""
        start = wire.START.size
        came = self._at_least(b"", start)
        end = start + wire.head_length(came)
        came = self._at_least(came, end)
        head = wire.decoded(came[start:end])
        buffers: list[wire.Raw] = []
        for length in wire.buffer_lengths(head):
            buffers.append(self._buffer(came[end : end + length], length))
            end += length
        return head, buffers

    def _at_least(self, came: bytes, count: int) -> bytes:
        while len(came) < count:
            try:
                part = self.line.recv(max(AT_ONCE, count - len(came)))
            except OSError:
                raise Hangup from None
            if not part:
                raise Hangup
            came += part
        return came

    def _buffer(self, came: bytes, length: int) -> wire.Raw:
        """A raw buffer of which the beginning is here."""
        if len(came) == length:
            return came
        whole, have = bytearray(length), len(came)
        whole[:have] = came
        with memoryview(whole) as room:
            while have < length:
                try:
                    count = self.line.recv_into(room[have:])
                except OSError:
                    raise Hangup from None
                if not count:
                    raise Hangup
                have += count
        return whole


class Driver:
    """Carries out the judge's requests on one answer."""

    def __init__(self, line: socket.socket) -> None:
        self.line = Line(line)
        self.module = types.ModuleType("answer")
        self.probes = types.ModuleType("probes")
        self.handles: dict[int, object] = {}
        self.next_handle = 0

    def serve(self) -> None:
        """Answer requests until the judge hangs up."""
        try:
            while True:
                self._one(*self.line.receive())
        except Hangup:
            return

    def _one(self, head: dict[str, Any], buffers: list[wire.Raw]) -> None:
        for number in head.get("gone", ()):
            self.handles.pop(number, None)
        try:
            if "seed" in head:
                _reseed(int(head["seed"]))
            reply, raw = self._carried_out(head, buffers)
        except Hangup:
            raise
        except StopIteration as error:
            reply, raw = ({"stop": True} if head["op"] == "next" else _raised(error)), []
        except BaseException as error:  # whatever the answer raised is a reply, SystemExit too
            reply, raw = _raised(error), []
        self.line.send({"id": head["id"], **reply}, raw)

    def _carried_out(
        self, head: dict[str, Any], buffers: list[wire.Raw]
    ) -> tuple[dict[str, Any], list[wire.Raw]]:
        arguments: list[Any] = []
        keywords: dict[str, Any] = {}
        if "a" in head:
            arguments = wire.unpack(head["a"], buffers, self._unwrap, _as_frame)
        if "k" in head:
            keywords = wire.unpack(head["k"], buffers, self._unwrap, _as_frame)
        value = _OPERATIONS[head["op"]](self, head, arguments, keywords)
        if head["op"] == "load":
            return {"ok": None, "names": value}, []
        try:
            return self._form(value)
        except (wire.TooDeep, RecursionError):
            return {"ok": self._handle(value)}, []

    def _form(self, value: object) -> tuple[dict[str, Any], list[wire.Raw]]:
        packed = wire.Packed()
        form = wire.pack(value, packed, lambda other: self._wrap(other, packed))
        return {"ok": form}, packed.buffers

    def _wrap(self, value: object, packed: wire.Packed) -> Any:
        plain = _frame_as_plain(value)
        if plain is not value:
            return wire.pack(plain, packed, self._handle)
        return self._handle(value)

    def _handle(self, value: object) -> dict[str, Any]:
        self.next_handle += 1
        self.handles[self.next_handle] = value
        kind = _sendable(type(value).__name__[:80])
        return {"t": "h", "h": self.next_handle, "y": kind, "c": callable(value)}

    def _unwrap(self, form: dict[str, Any]) -> object:
        if form.get("t") == "h":
            return self._held(form)
        if form.get("t") == "cb":
            return self._callback(form["cb"])
        if form.get("t") == "cn":
            return looping.connect()
        raise wire.BadFrame("an unknown form")

    def _callback(self, number: int) -> Callable[..., Any]:
        def callback(*arguments: object, **keywords: object) -> Any:
            packed = wire.Packed()
            head = {
                "cb": number,
                "a": wire.pack(list(arguments), packed, lambda v: self._wrap(v, packed)),
                "k": wire.pack(keywords, packed, lambda v: self._wrap(v, packed)),
            }
            self.line.send(head, packed.buffers)
            return self._callback_reply()

        return callback

    def _callback_reply(self) -> Any:
        while True:
            head, buffers = self.line.receive()
            if "op" in head:  # the judge's function asks the answer something before it replies
                self._one(head, buffers)
            elif "raise" in head:
                raised = getattr(builtins, head["raise"]["name"], RuntimeError)
                is_error = isinstance(raised, type) and issubclass(raised, BaseException)
                raise (raised if is_error else RuntimeError)(head["raise"]["message"])
            else:
                return wire.unpack(head["ok"], buffers, self._unwrap, _as_frame)

    # --- operations: (head, arguments, keywords) -> value --------------------------------------

    def load(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> dict[str, str]:
        """Run the answer's text; the functions and classes that it defines, and their kinds."""
        self.module.__file__ = FILE
        mains.write_beside(head.get("files", {}))
        sys.modules["answer"] = self.module
        _run(head["source"], FILE, self.module)
        if head.get("probes"):
            _run(head["probes"], "probes.py", self.probes)
        return _functions(self.module)

    def run(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> None:
        """Run a text as a program of its own, beside the answer; nothing of it is judged."""
        program = types.ModuleType("__main__")
        program.__file__ = head["file"]
        sys.modules["__main__"] = program
        warnings.formatwarning = drawing.short_warning  # type: ignore[assignment]
        try:
            _run(head["source"], head["file"], program)
        finally:
            drawing.flush()

    def picture(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> bytes | None:
        return drawing.picture(head["number"])

    def facts(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> dict[str, Any]:
        return facts.of_source(head["source"])

    def get(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
        return getattr(self.module, head["name"])

    def probe(self, head: dict[str, Any], a: list[Any], k: dict[str, Any]) -> object:
        return getattr(self.probes, head["name"])(self.module, *a, **k)

    def call(self, head: dict[str, Any], a: list[Any], k: dict[str, Any]) -> object:
        return self._held(head)(*a, **k)

    def keep(self, _head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> object:
        return _Kept(a[0])

    def attr(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
        return getattr(self._held(head), head["name"])

    def setattr(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> None:
        setattr(self._held(head), head["name"], a[0])

    def item(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> object:
        return self._held(head)[a[0]]

    def setitem(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> None:
        self._held(head)[a[0]] = a[1]

    def delitem(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> None:
        del self._held(head)[a[0]]

    def iter(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> Iterator[Any]:
        return iter(self._held(head))

    def next(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
        return next(self._held(head))

    def enter(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> object:
        return type(self._held(head)).__enter__(self._held(head))

    def exit(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> object:
        held = self._held(head)
        if not a:
            return type(held).__exit__(held, None, None, None)
        raised = getattr(builtins, a[0], RuntimeError)
        error = (raised if isinstance(raised, type) else RuntimeError)(a[1])
        return type(held).__exit__(held, type(error), error, None)

    def operate(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> object:
        return _OPERATORS[head["name"]](*a)

    def put(self, head: dict[str, Any], a: list[Any], _k: dict[str, Any]) -> str:
        path = os.path.join(os.getcwd(), os.path.basename(head["name"]))  # noqa: PTH109,PTH118,PTH119
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(a[0])
        return path

    def fetch(self, head: dict[str, Any], _a: list[Any], _k: dict[str, Any]) -> bytes:
        with open(head["name"], "rb") as file:  # noqa: PTH123
            return file.read(head["max"] + 1)

    def _held(self, head: dict[str, Any]) -> Any:
        name = head["h"]
        if type(name) is str:
            return getattr(self.module, name)
        return _as_held(self.handles[name])


class _Kept:
    """Plain data that stays here under a handle, so that one can see what was done to it."""

    def __init__(self, value: object) -> None:
        self.value = value


def _as_held(value: object) -> Any:
    return value.value if isinstance(value, _Kept) else value


_NAMES = (
    "load run picture facts get probe call keep attr setattr item setitem delitem iter next "
    "enter exit operate put fetch"
)
_OPERATIONS: dict[str, Callable[..., Any]] = {
    name: getattr(Driver, name) for name in _NAMES.split()
}
_OPERATIONS |= {"main": mains.main, "names": mains.names}
_OPERATIONS |= {"yaml": parsers.yaml, "dockerfile": parsers.dockerfile}
_OPERATIONS |= {**looping.OPERATIONS, **witnessing.OPERATIONS}
_SYMBOLS = (
    "add sub mul truediv floordiv mod pow matmul lshift rshift and_ or_ xor neg pos abs invert "
    "eq ne lt le gt ge contains"
)
_OPERATORS: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in _SYMBOLS.split()},
    **{kind.__name__: kind for kind in (len, bool, float, int, str)},
}


def _run(source: str, file: str, module: types.ModuleType) -> None:
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), module.__dict__)


def _functions(module: types.ModuleType) -> dict[str, str]:
    """name -> kind of the functions and classes that a module holds."""
    found = {
        name: _sendable(type(value).__name__[:80])
        for name, value in list(vars(module).items())[:MOST_NAMES]
        if isinstance(value, types.FunctionType | type)
        and type(name) is str
        and len(name) <= LONGEST_NAME
    }
    return {name: kind for name, kind in found.items() if name.isidentifier()}


def _reseed(seed: int) -> None:
    """Set the generators that the answer may use; the judge's own seed never comes here."""
    looping.tidy()
    random.seed(seed)
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed(seed % 2**32)
    tensors.seed(seed)


def _as_frame(columns: dict[str, Any], index: Any) -> object:
    """A Table of the judge as a pandas DataFrame, where the environment has pandas."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return wire.Table(columns, index)
    return pandas.DataFrame(columns, index=index)


def _frame_as_plain(value: Any) -> Any:
    """A pandas DataFrame as a Table, a Series as its values; anything else as it is."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return value
    if type(value) is pandas.DataFrame:
        columns = {str(name): _column(value[name]) for name in value.columns}
        return wire.Table(columns, _column(value.index.to_series()))
    return _column(value) if type(value) is pandas.Series else value


def _column(series: Any) -> object:
    if series.dtype.kind in "biuf":
        return series.to_numpy()
    return [None if missing else item for item, missing in zip(series, series.isna(), strict=True)]


def _raised(error: BaseException) -> dict[str, Any]:
    """An exception as plain words: type names, message, the lines of the answer it went through."""
    names = [kind.__name__[:80] for kind in type(error).__mro__[:16]]
    try:
        message = str(error)[:MESSAGE_LETTERS]
    except BaseException:  # an exception's own __str__ may raise anything
        message = ""
    try:
        trace = _own_trace(error)
    except BaseException:  # hostile __traceback__, __cause__ and the like
        trace = ""
    told = {"names": names, "message": _sendable(message), "trace": _sendable(trace)}
    return {"raise": {**told, "line": _own_line(error)}}


def _sendable(text: str) -> str:
    """The text without lone surrogates: UTF-8 has no room for them."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _own_trace(error: BaseException) -> str:
    stack = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in OWN]
    lines = traceback.format_list(stack) if stack else []
    lines += traceback.format_exception_only(error)
    return "".join(lines)[-TRACE_LETTERS:]


def _own_line(error: BaseException) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    lines, step = [0], error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in OWN:
            lines.append(step.tb_lineno)
        step = step.tb_next
    return lines[-1]

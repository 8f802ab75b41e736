"""Answers that are plainly no answers, made from a solution: every lab must see through them.

Each wraps the solution and spoils what it gives back: zeros or ones of the right shape, the input
handed back, nothing, or an object that says yes to everything it is asked. Of a program: one that
prints nothing, fails, or echoes; of files: empty ones.
"""

from zhixing.bundles import joined, loosely_parted
from zhixing.records import Lab

_COMMON = """
_S = {"__name__": "inner"}
exec(compile(SOLUTION, "inner", "exec"), _S)


def _each(value, number):
    kind = type(value)
    if kind in (list, tuple, set):
        return kind(_each(item, number) for item in value)
    if kind is dict:
        return {key: _each(item, number) for key, item in value.items()}
    if kind in (bool, int, float, complex):
        return kind(number)
    if hasattr(value, "dtype") and hasattr(value, "shape") and kind.__module__ == "numpy":
        return value ^ value if value.dtype.kind == "b" else value * 0 + value.dtype.type(number)
    if kind.__module__.startswith("torch") and hasattr(value, "dtype"):
        return value.detach() * 0 + number
    if kind in (str, bytes):
        return kind()
    if hasattr(value, "__await__"):
        return _awaited(value, number)
    if hasattr(value, "__next__"):
        return (_each(item, number) for item in value)
    return _wrapped(value) if callable(value) and not isinstance(value, type) else value


async def _awaited(value, number):
    return _each(await value, number)


def _wrapped(function):
    def spoiled(*arguments, **keywords):
        return _spoil(lambda: function(*arguments, **keywords), arguments)

    return spoiled


def _wrapped_class(kind):
    methods = {
        name: _wrapped(value)
        for name, value in vars(kind).items()
        if callable(value) and not name.startswith("__")
    }
    return type(kind.__name__, (kind,), methods)


for _name, _value in list(_S.items()):
    if getattr(_value, "__module__", None) == "inner":
        globals()[_name] = _wrapped_class(_value) if isinstance(_value, type) else _wrapped(_value)
    elif not _name.startswith("__"):
        globals()[_name] = _value
"""

_YES = '''
class _Yes:
    """Agrees with everything."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def _me(self, *_, **__):
        return self

    def _yes(self, *_, **__):
        return True

    __call__ = __getitem__ = __enter__ = _me
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _yes
    __exit__ = _yes
    __hash__ = object.__hash__

    def __len__(self):
        return 1

    def __iter__(self):
        return iter([self])

    def __float__(self):
        return 0.0

    def __int__(self):
        return 0


for _name in (
    "add sub mul truediv floordiv mod pow matmul and or xor radd rsub rmul rtruediv rfloordiv rmod "
    "rpow rmatmul neg pos abs invert"
).split():
    setattr(_Yes, f"__{_name}__", _Yes._me)
'''

_SPOILS = {
    "zeros": "def _spoil(work, arguments):\n    return _each(work(), 0)\n",
    "ones": "def _spoil(work, arguments):\n    return _each(work(), 1)\n",
    "input handed back": (
        "def _spoil(work, arguments):\n    return arguments[0] if arguments else None\n"
    ),
    "nothing": "def _spoil(work, arguments):\n    return None\n",
    "always yes": _YES + "\n\ndef _spoil(work, arguments):\n    return _Yes()\n",
}


_PROGRAMS = {
    "prints nothing": "",
    "always fails": "raise SystemExit(1)\n",
    "echoes its arguments": "import sys\n\nprint(*sys.argv[1:])\n",
    "echoes its input": "import sys\n\nsys.stdout.write(sys.stdin.read())\n",
    "empty JSON": "print('[]')\n",
    "complains": "import sys\n\nprint('no', file=sys.stderr)\nraise SystemExit(2)\n",
}


_SERVICE = """
import json


async def _reply(send, status, body):
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def app(scope, receive, send):
    if scope["type"] == "http":
        await _http(scope, receive, send)
    else:
        raise RuntimeError("no lifespan here")
"""
_SAME = """

async def _http(scope, receive, send):
    await _reply(send, {status}, {body!r})
"""
_ECHO = """

async def _http(scope, receive, send):
    await _reply(send, 200, await _body(receive) or b"null")
"""
_BLANK = """
_S = {"__name__": "inner"}
exec(compile(SOLUTION, "inner", "exec"), _S)
_inner = _S["create_app"]() if "create_app" in _S else _S["app"]


def _blank(value):
    if isinstance(value, dict):
        return {key: _blank(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_blank(item) for item in value]
    return value if value is None else type(value)()


async def _http(scope, receive, send):
    told = {"body": b""}

    async def heard(message):
        told["status"] = message.get("status", told.get("status"))
        told["body"] += message.get("body", b"")

    await _inner(scope, receive, heard)
    try:
        body = json.dumps(_blank(json.loads(told["body"]))).encode()
    except ValueError:
        body = b""
    await _reply(send, told["status"], body)
"""


def trivial_answers(lab: Lab) -> dict[str, str]:
    """Name -> text of each trivial answer."""
    if lab.kind == "files":
        return _trivial_files(lab)
    if lab.kind == "program":
        return {name: _alone(text, lab) for name, text in _PROGRAMS.items()}
    if lab.kind == "service":
        return _trivial_services(lab)
    files = loosely_parted(lab.solution, lab.files) if lab.files else {}
    solution = files.get(lab.files[0], "") if lab.files else lab.solution
    head = f"SOLUTION = {solution!r}\n"
    spoilt = {name: head + spoil + _COMMON for name, spoil in _SPOILS.items()}
    return {name: joined({**files, lab.files[0]: text}) if files else text
            for name, text in spoilt.items()}  # fmt: skip


def _alone(text: str, lab: Lab) -> str:
    """The text as the main file of an answer whose other files are empty."""
    if not lab.files:
        return text
    return joined(dict.fromkeys(lab.files, "") | {lab.files[0]: text})


def _trivial_services(lab: Lab) -> dict[str, str]:
    """Services that reply the same to everything, hand back what they got, or answer with the
    solution's replies in which every value is blank."""
    same = {
        f"always {status} {body.decode()}": _SERVICE + _SAME.format(status=status, body=body)
        for status, body in ((200, b"null"), (200, b"[]"), (200, b"{}"), (404, b"{}"), (422, b"{}"))
    }
    blank = f"SOLUTION = {lab.solution!r}\n" + _SERVICE + _BLANK
    return {**same, "echoes": _SERVICE + _ECHO, "blank values": blank}


def _trivial_files(lab: Lab) -> dict[str, str]:
    """Empty files; files with one comment; no bundle at all."""
    comments = {name: f"# {name}\n" for name in lab.files}
    return {
        "empty files": joined(dict.fromkeys(lab.files, "")),
        "comments": joined(comments),
        "empty text": "",
    }

"""What an answer said, made safe to show: cut, and with control characters escaped."""

OUTPUT_BYTES = 64 * 1024


def encodable(text: str) -> str:
    """The text with each half of a broken surrogate pair as U+FFFD: it can be sent as UTF-8."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shown(text: str, letters: int) -> str:
    """What may quote an answer, made safe to show and cut to so many letters."""
    safe = escaped(text[:letters])
    return safe if len(text) <= letters >= len(safe) else f"{safe[: letters - 1]}…"


def printable(raw: bytes) -> str:
    """What an answer printed, cut and with control characters escaped: safe on a terminal."""
    return escaped(raw[:OUTPUT_BYTES].decode("utf-8", "backslashreplace"))


def escaped(text: str) -> str:
    """The text with control characters, lone surrogates and the like as escapes."""
    return "".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text)

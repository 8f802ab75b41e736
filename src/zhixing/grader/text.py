"""What an answer said, made safe to show: cut, and with control characters escaped."""

OUTPUT_BYTES = 64 * 1024


def printable(raw: bytes) -> str:
    """What an answer printed, cut and with control characters escaped: safe on a terminal."""
    return escaped(raw[:OUTPUT_BYTES].decode("utf-8", "backslashreplace"))


def escaped(text: str) -> str:
    """The text with control characters, lone surrogates and the like as escapes."""
    return "".join(c if c.isprintable() or c in "\n\t" else repr(c)[1:-1] for c in text)

"""Gives handles it never made: of other answers, negative, of 2**70, named like things of the judge."""
import gc
import itertools

NUMBERS = itertools.cycle([-1, 0, 2**53, 2**70, 1.5, True, "1", None, [1]])
NAMES = itertools.cycle(["Function", "__class__", "ndarray", "Conversation", "\n", "x" * 10**6, 7])
(line,) = (thing for thing in gc.get_objects() if type(thing).__name__ == "Line")


def send(head, buffers, true=type(line).send):
    if "ok" in head:
        head = {**head, "ok": {"t": "h", "h": next(NUMBERS), "y": next(NAMES), "c": True}}
    true(line, head, [])

line.send = send

"""Claims an array of 2**60 elements over a buffer of eight bytes."""
import gc

(line,) = (thing for thing in gc.get_objects() if type(thing).__name__ == "Line")


def send(head, buffers, true=type(line).send):
    true(line, {"id": head.get("id"), "ok": {"t": "a", "d": "<f8", "s": [2**30, 2**30], "n": 0}}, [b"\0" * 8])

line.send = send

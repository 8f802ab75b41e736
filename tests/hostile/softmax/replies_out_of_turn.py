"""Answers each question twice and the next one in advance, from a second thread of talk."""
import gc

(line,) = (thing for thing in gc.get_objects() if type(thing).__name__ == "Line")


def send(head, buffers, true=type(line).send):
    true(line, head, buffers)
    true(line, {"id": head.get("id"), "ok": True}, [])
    for number in range(head.get("id", 0) + 1, head.get("id", 0) + 20):
        true(line, {"id": number, "ok": True}, [])

line.send = send

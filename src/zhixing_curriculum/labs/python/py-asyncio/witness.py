"""The server that answers talk to: a name in, one line out, as the check's script says."""
import asyncio

HOLD = 0.8  # seconds: nobody is made to wait longer for others


async def handle(reader, writer, script, log):
    """script: {"gate": how many must be in flight before the first is answered, "turns": {name: how
    many others are answered before it}, "delays": {name: seconds}, "replies": {name: [reply, …]}}. Replies: "ok" (the default),
    "busy", "missing", "silent", "cut"; the last one stays."""
    name = (await reader.readline()).decode("utf-8", "replace").rstrip("\n")
    log.add("asked", name=name)
    replies = script.get("replies", {}).get(name, ["ok"])
    reply = replies[min(times(log, name), len(replies)) - 1]
    await gate(script, log)
    if name in script.get("turns", {}):
        await until(lambda: answered(log) >= script["turns"][name])
    await asyncio.sleep(script.get("delays", {}).get(name, 0))
    if reply not in ("silent", "cut"):
        line = f"ok {text_of(name)}" if reply == "ok" else reply
        writer.write(f"{line}\n".encode())
    if reply != "silent":
        log.done()
        log.add("answered", name=name)
    if reply != "cut":
        await reader.read()


def text_of(name):
    return f"<{name[::-1]} 知行>"


async def gate(script, log):
    """The first ones wait until as many as allowed are there; then a moment for one too many."""
    wanted = script.get("gate", 0)
    if log.connection <= wanted and not await until(lambda: log.in_flight >= wanted):
        script["gate"] = 0
    if log.connection <= wanted:
        await asyncio.sleep(0.03)


async def until(happened):
    """Wait for something, but not for ever; whether it happened."""
    for _ in range(int(HOLD / 0.02)):
        if happened():
            return True
        await asyncio.sleep(0.02)
    return False


def events(log, what, name=None):
    return [e for e in log.entries if e["what"] == what and name in (None, e["name"])]


def times(log, name):
    return len(events(log, "asked", name))


def answered(log):
    return len(events(log, "answered"))


# --- what the judge asks: all of it the same in every run ---


def peak(log):
    return log.peak


def open(log):
    return log.open


def counts(log):
    """How often each name was asked for."""
    names = sorted({e["name"] for e in events(log, "asked")})
    return {name: times(log, name) for name in names}


def order(log):
    """The names in the order of asking."""
    return [e["name"] for e in events(log, "asked")]


def before(log, name):
    """How many others were asked for before the reply to `name` went out."""
    end = next((e["at"] for e in events(log, "answered", name)), float("inf"))
    return sum(e["at"] < end and e["name"] != name for e in events(log, "asked"))


def waited(log, name, pauses):
    """Was each wait between the tries for `name` at least that long?"""
    at = [e["at"] for e in events(log, "asked", name)]
    return [b - a >= 0.9 * pause for a, b, pause in zip(at, at[1:], pauses)]


def others_asked(log, name, seconds):
    """Were at least 2 others asked for, up to that long after the first reply to `name`?"""
    end = next((e["at"] for e in events(log, "answered", name)), 0.0) + seconds
    return sum(e["at"] <= end and e["name"] != name for e in events(log, "asked")) >= 2


def between(log, name):
    """How many others were asked for before `name` was asked for again; 2 stands for more."""
    order = [e["name"] for e in events(log, "asked")]
    again = [i for i, one in enumerate(order) if one == name][1:2]
    return min(2, again[0] - 1) if again else 2

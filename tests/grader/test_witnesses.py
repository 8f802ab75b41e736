"""The witness: a lab's own server beside an answer; what it counts is believed, clients are not."""

from tests.grader.levels import at_level, found, trouble

__all__ = ["at_level"]

WITNESS = """
import asyncio


async def handle(reader, writer, script, log):
    name = (await reader.readline()).decode("utf-8", "replace").strip()
    log.add("asked", name=name[:20])
    await asyncio.sleep(script.get("delay", 0))
    writer.write(f"hello {name}".encode())
    log.done()
    writer.close()


def peak(log):
    return log.peak


def open(log):
    return log.open


def asked(log):
    return sum(entry["what"] == "asked" for entry in log.entries)


def accepted(log):
    return [log.accepted, log.refused]
"""

CLIENT = """
import asyncio
import os
import socket
import struct


async def talk(connect, name):
    reader, writer = await connect()
    try:
        writer.write(name.encode() + b"\\n")
        return (await reader.read()).decode()
    finally:
        writer.close()


async def many(connect, names):
    return await asyncio.gather(*[talk(connect, name) for name in names])


def plainly(connect, name):
    with connect.socket() as line:
        line.sendall(name.encode() + b"\\n")
        return line.recv(100).decode()


kept = []


def hold(connect, most):
    for _ in range(most):
        try:
            kept.append(connect.socket())
        except ConnectionRefusedError:
            break
    return len(kept)


def quit_at_once(connect, times):
    for _ in range(times):
        connect.socket().close()


def flood(connect):
    line = connect.socket()
    line.setblocking(False)
    sent = 0
    for _ in range(2000):
        try:
            sent += line.send(b"x" * 100_000)
        except OSError:
            break
    kept.append(line)
    return sent


def garbage(connect):
    line = connect.socket()
    line.sendall(os.urandom(5000) + b"\\n" + os.urandom(5000))
    line.shutdown(socket.SHUT_WR)
    kept.append(line)


def asks_and_never_takes():
    channel = socket.socket(fileno=os.dup(101))
    channel.setblocking(False)
    try:
        for _ in range(1000):
            channel.send(b"c" * 1000)
    except OSError:
        pass


def sends_descriptors():
    channel = socket.socket(fileno=os.dup(101))
    ends = socket.socketpair()
    rights = struct.pack("2i", ends[0].fileno(), os.open("/dev/zero", os.O_RDONLY))
    for _ in range(20):
        channel.sendmsg([b"c"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


def closes_the_channel():
    os.close(101)
"""


def grade(judge, make_lab, checks: str):
    return found(judge, make_lab(CLIENT, checks, witness_source=WITNESS, budget_cpu_seconds=1))


def test_an_answer_talks_to_the_witness_which_counts(at_level, make_lab) -> None:
    checks = """
async def check_one(answer, server):
    server.script({"delay": 0})
    assert await answer.talk(server.connect, "知行") == "hello 知行", "a // b"
    assert server.log()[0]["name"] == "知行", "a // b"


async def check_many(answer, server):
    server.script({"delay": 0.1})
    got = await answer.many(server.connect, list("abcdef"))
    assert got == [f"hello {c}" for c in "abcdef"], "a // b"
    assert (server.peak(), server.asked(), server.open()) == (6, 6, 0), "a // b"


def check_code_that_blocks(answer, server):
    server.script({})
    assert answer.plainly(server.connect, "x") == "hello x", "a // b"


async def check_a_new_process_is_introduced_too(answer, server):
    server.script({})
    assert await answer.fresh().talk(server.connect, "x") == "hello x", "a // b"
"""
    assert trouble(grade(at_level, make_lab, checks)) == {}


def test_each_script_begins_with_an_empty_log(at_level, make_lab) -> None:
    checks = """
async def check_first(answer, server):
    server.script({})
    answer.hold(server.connect, 5)
    await answer.talk(server.connect, "x")
    assert (server.asked(), server.open()) == (1, 5), f"{server.asked()} {server.open()} // b"


async def check_second(answer, server):
    assert (server.asked(), server.open(), server.log()) == (0, 0, []), "a // b"
"""
    assert trouble(grade(at_level, make_lab, checks)) == {}


def test_a_lying_client_harms_its_own_connections_only(at_level, make_lab) -> None:
    calls = {
        "thousands": "assert answer.hold(server.connect, 5000) == 64, 'a // b'",
        "quitters": "answer.quit_at_once(server.connect, 300)",
        "flood": "answer.flood(server.connect)",
        "garbage": "answer.garbage(server.connect)",
        "never_takes": "answer.asks_and_never_takes()",
        "descriptors": "answer.fresh().sends_descriptors()",
        "closes": "answer.closes_the_channel()",
    }
    checks = "".join(
        f"def check_{name}(answer, server):\n    server.script({{}})\n    {call}\n"
        "    assert isinstance(server.log(), list), 'a // b'\n\n"
        f"def check_after_{name}(answer, server):\n    server.script({{}})\n"
        "    got = answer.fresh().plainly(server.connect, 'x')\n"
        "    assert got == 'hello x', f'{got} // b'\n\n"
        for name, call in calls.items()
    )
    assert trouble(grade(at_level, make_lab, checks)) == {}


def test_what_the_witness_saw_names_the_slip(judge, make_lab) -> None:
    solution = "import asyncio\n" + CLIENT.split("async def many")[0].replace("import asyncio", "")
    solution += (
        "async def two(connect):\n"
        "    return await asyncio.gather(talk(connect, 'a'), talk(connect, 'b'))\n"
    )
    checks = (
        "async def check_both(answer, server):\n    server.script({'delay': 0.1})\n"
        "    await answer.two(server.connect)\n"
        "    assert server.peak() == 2, '没有并发 // not concurrent'\n"
    )
    find = "await asyncio.gather(talk(connect, 'a'), talk(connect, 'b'))"
    put = "[await talk(connect, 'a'), await talk(connect, 'b')]"
    slip = ("one-by-one", find, put, ("both",))
    lab = make_lab(solution, checks, (slip,), witness_source=WITNESS, packages=("asyncio",))
    verdict = judge.grade(lab, solution.replace(find, put), seed="s")
    assert [(slip.id, slip.function) for slip in verdict.slips] == [("one-by-one", "two")]


def test_without_a_witness_there_is_no_server(judge, make_lab) -> None:
    checks = "def check_server(answer, server):\n    server.script({})\n"
    (result,) = found(judge, make_lab(CLIENT, checks)).values()
    assert result.outcome == "error"

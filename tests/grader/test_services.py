"""Services: an ASGI application in its own process, and HTTP as the judge speaks it."""

import pytest
from tests.grader.levels import at_level, found, trouble

from zhixing.grader.trivial import trivial_answers

__all__ = ["at_level"]

APP = """
import asyncio
import os
import threading
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel


class Todo(BaseModel):
    title: str


def create_app():
    state = {"count": 0, "began": False}

    @asynccontextmanager
    async def life(app):
        state["began"] = True
        yield
        print("the end")

    app = FastAPI(lifespan=life)

    @app.get("/state")
    async def read():
        state["count"] += 1
        return state

    @app.post("/todos", status_code=201)
    def post(todo: Todo):
        return [todo.title, threading.current_thread() is threading.main_thread()]

    @app.get("/items/{number}")
    async def item(number: int, q: str = ""):
        return [number, q]

    @app.post("/echo")
    async def echo(request: Request):
        return Response(await request.body(), headers={"x-method": request.method})

    @app.get("/nap")
    async def nap():
        await asyncio.sleep(0.3)
        return "async"

    @app.get("/block")
    async def block():
        time.sleep(0.3)
        return "blocked"

    @app.get("/crash")
    async def crash():
        raise KeyError("lost")

    @app.get("/exit")
    async def leave():
        os._exit(3)

    @app.get("/hang")
    async def hang():
        await asyncio.sleep(100)

    @app.get("/stream")
    async def stream():
        async def endless():
            while True:
                yield b"x" * 100_000

        return StreamingResponse(endless())

    @app.get("/drip")
    async def drip():
        async def drops():
            while True:
                yield b"x"
                await asyncio.sleep(0.02)

        return StreamingResponse(drops())

    @app.get("/huge")
    async def huge():
        return Response(b"x", headers={"content-length": "10000000000"})

    @app.get("/half")
    async def half():
        async def broken():
            yield b"abc"
            raise ValueError("midway")

        return StreamingResponse(broken())

    @app.get("/noise")
    async def noise():
        print("y" * 5_000_000)
        return 1

    return app
"""


@pytest.fixture
def service(make_lab):
    """A lab of kind service around these checks."""

    def made(checks: str, solution: str = APP):
        return make_lab(
            solution, checks, kind="service", packages=("fastapi",), sandbox=("threads",),
            memory_mib=1024, budget_cpu_seconds=1,
        )  # fmt: skip

    return made


def test_a_request_gives_status_headers_and_body(at_level, service) -> None:
    checks = """
def check_get(answer):
    reply = answer.request("GET", "/items/7", query={"q": "知 行"})
    assert (reply.status, reply.json()) == (200, [7, "知 行"]), "a // b"
    assert reply.headers["content-type"] == "application/json", "a // b"


def check_post_in_a_thread(answer):
    reply = answer.request("POST", "/todos", json={"title": "tea"})
    assert (reply.status, reply.json()) == (201, ["tea", False]), "a // b"
    assert answer.request("POST", "/todos", json={}).status == 422, "a // b"


def check_body_of_megabytes(answer):
    body = bytes(range(256)) * 16_000
    assert answer.request("POST", "/echo", body=body).body == body, "a // b"


def check_what_crashes_is_a_500(answer):
    assert answer.request("GET", "/crash").status == 500, "a // b"
    assert answer.request("GET", "/state").status == 200, "a // b"


def check_what_is_printed_blocks_nobody(answer):
    assert answer.request("GET", "/noise").json() == 1, "a // b"
"""
    assert trouble(found(at_level, service(checks))) == {}


def test_each_check_has_a_new_service_whose_lifespan_runs(at_level, service) -> None:
    again = """
def check_{name}(answer):
    assert answer.request("GET", "/state").json() == {{"count": 1, "began": True}}, "a // b"
    assert answer.request("GET", "/state").json()["count"] == 2, "a // b"
    answer.restart()
    assert answer.request("GET", "/state").json()["count"] == 1, "a // b"
    assert answer.stop() == 0, "a // b"
"""
    lab = service(again.format(name="one") + again.format(name="two"))
    verdict = at_level.grade(lab, lab.solution, seed="s", diagnose=False)
    assert verdict.passed
    assert verdict.output.count("the end") == 2


def test_requests_sent_at_once_show_who_blocks(at_level, service) -> None:
    checks = """
def check_together(answer):
    asleep = answer.together([("GET", "/nap")] * 8)
    blocked = answer.together([("GET", "/block")] * 8)
    assert [r.json() for r in asleep] == ["async"] * 8, "a // b"
    assert blocked.seconds > 8 * 0.3 > asleep.seconds, "a // b"


def check_one_waits_while_another_works(answer):
    waiting = answer.begin("GET", "/nap")
    assert answer.request("GET", "/state").status == 200, "a // b"
    assert waiting.reply().json() == "async", "a // b"
"""
    assert trouble(found(at_level, service(checks))) == {}


def test_a_service_that_misbehaves_is_told_so_and_the_judge_goes_on(at_level, service) -> None:
    checks = """
def check_exit(answer):
    answer.request("GET", "/exit")

def check_hang(answer):
    answer.request("GET", "/hang", wall_s=0.3)

def check_stream(answer):
    answer.request("GET", "/stream")

def check_drip(answer):
    answer.request("GET", "/drip", wall_s=0.5)

def check_huge(answer):
    answer.request("GET", "/huge")

def check_half(answer):
    answer.request("GET", "/half")

def check_json(answer):
    answer.request("POST", "/echo", body=b"{").json()

def check_deep(answer):
    answer.request("POST", "/echo", body=b"[" * 1_000_000).json()

def check_good(answer):
    assert answer.request("GET", "/state").status == 200, "a // b"
"""
    results = found(at_level, service(checks))
    said = {name: one.message.en for name, one in results.items() if one.message}
    assert "ended midway" in said["exit"]
    assert "went past its limit of 0.3 s" in said["hang"]
    assert "over 8 MiB" in said["stream"]
    assert "went past its limit" in said["drip"]
    assert "over 8 MiB" in said["huge"]
    assert "breaks off midway" in said["half"]
    assert "is not JSON" in said["json"]
    assert "is not JSON" in said["deep"]
    assert all(one.message.zh != one.message.en for one in results.values() if one.message)
    assert results["good"].outcome == "pass"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1", "has no `create_app`"),
        ("def create_ap():\n    return 1", "has no `create_app`: did you mean your `create_ap`?"),
        ("def create_app():\n    raise NotImplementedError", "`create_app` is not written yet"),
        ("def create_app():\n    pass", "`create_app` returned NoneType, not an ASGI application"),
        ("app = 5", "`app` is int, not an ASGI application"),
        ("async def app(scope, receive, send):\n    1 / 0", "is not JSON"),
        ("import time\n\ndef create_app():\n    time.sleep(100)", "went past its limit"),
        (APP.replace('state["began"] = True', 'raise OSError("no database")'), "no database"),
        ("import os\nos._exit(1)", "ended midway"),
        ("import os\n\ndef create_app():\n    os._exit(1)", "ended midway"),
    ],
)
def test_a_service_that_does_not_start_says_why(judge, service, text, told) -> None:
    lab = service("def check_state(answer):\n    answer.request('GET', '/state').json()\n")
    (result,) = found(judge, lab, text).values()
    assert result.outcome != "pass"
    assert told in result.message.en


def test_an_exception_in_a_route_is_named_with_its_line(at_level, service) -> None:
    checks = """
def check_crash(answer):
    assert answer.request("GET", "/crash").status == 200, "应是 200 // should be 200"

def check_pass(answer):
    assert answer.request("GET", "/crash").status == 500, "a // b"

def check_fail(answer):
    assert answer.request("GET", "/state").status == 201, "a // b"
"""
    lab = service(checks)
    verdict = at_level.grade(lab, APP, seed="s", diagnose=False)
    crash, fine, fails = verdict.checks
    line = APP[: APP.index('raise KeyError("lost")')].count("\n") + 1
    assert crash.message.en == (
        f"should be 200; the service printed a traceback of KeyError (line {line})"
    )
    assert crash.message.zh == f"应是 200；服务打印的出错信息是 KeyError（第 {line} 行）"
    assert 'raise KeyError("lost")' in crash.trace
    assert "uvicorn" not in crash.trace
    assert (fine.outcome, fine.trace, fails.trace, fails.message.en) == ("pass", "", "", "b")
    assert verdict.output.count("KeyError: 'lost'") == 2


HOSTILE = {
    "garbage": "writer.write(b'\\x00garbage' * 100)",
    "two replies": "writer.write(b'HTTP/1.1 200 OK\\r\\ncontent-length: 1\\r\\n\\r\\nx' * 3)",
    "a million headers": "writer.write(b'HTTP/1.1 200 OK\\r\\n' + b'a: b\\r\\n' * 200_000)",
    "an endless line": "writer.write(b'HTTP/1.1 200 ' + b'x' * 5_000_000)",
    "wrong length": "writer.write(b'HTTP/1.1 200 OK\\r\\ncontent-length: 99\\r\\n\\r\\nx')",
    "a bad chunk": "writer.write(b'HTTP/1.1 200 OK\\r\\ntransfer-encoding: chunked\\r\\n\\r\\nzz')",
    "odd status": "writer.write(b'HTTP/1.1 -5 OK\\r\\n\\r\\n')",
    "nothing": "pass",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_bytes_that_are_no_http_are_no_pass_and_no_harm(judge, service, name) -> None:
    """An answer that takes the channel for itself and writes what it likes."""
    text = f"""
import asyncio, socket


async def app(scope, receive, send):
    assert scope["type"] == "http"
    transport = receive.__self__.transport
    writer = transport
    {HOSTILE[name]}
    transport.close()
"""
    checks = (
        "def check_state(answer):\n"
        "    reply = answer.request('GET', '/state')\n"
        "    assert reply.json() == {'count': 1, 'began': True}, 'a // b'\n"
    )
    lab = service(checks)
    (result,) = found(judge, lab, text).values()
    assert result.outcome in ("fail", "error")
    assert result.message is not None
    assert trouble(found(judge, lab)) == {}


def test_status_and_body_name_the_slip(judge, make_lab) -> None:
    checks = """
def check_item(answer):
    assert answer.request("GET", "/items/7").json() == [7, ""], "不对 // wrong"
"""
    slips = (
        ("always-zero", "return [number, q]", "return [0, q]", ("item",)),
        ("always-text", "return [number, q]", "return [str(number), q]", ("item",)),
    )
    lab = make_lab(
        APP, checks, slips, kind="service", packages=("fastapi",), sandbox=("threads",),
        memory_mib=1024,
    )  # fmt: skip
    verdict = judge.grade(lab, APP.replace("return [number, q]", "return [str(number), q]"))
    assert [(s.id, s.function) for s in verdict.slips] == [("always-text", "GET /items/{id}")]


def test_trivial_services_are_made_and_start(judge, service) -> None:
    checks = (
        "def check_state(answer):\n    assert answer.request('GET', '/state').status, 'a // b'\n"
    )
    lab = service(checks)
    texts = trivial_answers(lab)
    assert len(texts) >= 6
    for name, text in texts.items():
        assert trouble(found(judge, lab, text)) == {}, name

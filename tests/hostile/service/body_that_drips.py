"""One byte at a time: whoever looks at all that has come, each time, is busy for ever."""
import asyncio


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        await asyncio.sleep(0)

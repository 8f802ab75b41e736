"""Two lengths, one beyond any number, one below zero."""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError
    lengths = [(b"content-length", b"9" * 20), (b"content-length", b"-1")]
    await send({"type": "http.response.start", "status": 200, "headers": lengths})
    await send({"type": "http.response.body", "body": b"{}"})

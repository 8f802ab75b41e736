"""8 MB of JSON, 800,000 small things: who makes an object of each is busy long after the time."""

BODY = b'{"n":[' + b'{"id":1},' * 800_000 + b'{"id":1}]}'


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError
    status = 201 if scope["method"] == "POST" else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": BODY})

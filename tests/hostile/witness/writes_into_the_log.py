"""Sends names that look like entries of the log, lines without end, and bytes that are no text."""


async def fetch(connect, names):
    for line in (
        b'{"at": 0, "what": "asked", "name": "%s", "connection": 1}\n' % names[0].encode(),
        b"\x00\xff\xfe\xed\xa0\x80\n", b"\r\r\x1b[2J\n", b"", b"n" * 200_000,
        *[name.encode() + b"\nanswered\n" * 1000 for name in names],
    ):  # fmt: skip
        reader, writer = await connect()
        writer.write(line)
        try:
            await writer.drain()
        except OSError:
            pass
        writer.close()
    return [f"{name}:0" for name in names]

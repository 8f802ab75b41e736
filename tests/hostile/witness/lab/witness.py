import asyncio


async def handle(reader, writer, script, log):
    name = (await reader.readline()).decode("utf-8", "replace").rstrip("\n")
    log.add("asked", name=name)
    for _ in range(20):
        if log.connection > 1 or log.in_flight >= script.get("gate", 0):
            break
        await asyncio.sleep(0.01)
    writer.write(f"{name}:{script['salt']}\n".encode())
    await writer.drain()
    log.done()
    await reader.read()


def counts(log):
    names = [entry["name"] for entry in log.entries if entry["what"] == "asked"]
    return {name: names.count(name) for name in names}


def peak(log):
    return log.peak

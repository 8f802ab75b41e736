import asyncio


async def fetch(connect, names):
    """What the server says to each name, in their order; each is asked once, two at a time."""
    # <answer>
    places = asyncio.Semaphore(2)

    async def one(name):
        async with places:
            reader, writer = await connect()
            writer.write(name.encode() + b"\n")
            said = await reader.readline()
            writer.close()
            return said.decode().strip()

    return list(await asyncio.gather(*[one(name) for name in names]))
    # </answer>

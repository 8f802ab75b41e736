import asyncio
import time


async def fetch_all(connect, names, limit, timeout, retries, pause=0.05):
    """One (status, text) for each name, in the order of names; at most `limit` in flight at once.

    reader, writer = await connect() opens a connection: send "NAME\\n", read one line.
    status: "ok" (text is what follows it), "missing", "timeout" or "busy"; text is None but for "ok".
    timeout: seconds for one try. "busy", or no line at all, is tried again, up to `retries` times
    more, after pause, 2*pause, 4*pause ... seconds.
    """
    # <answer> one coroutine for each name; a place for each try; waiting outside the place
    places = asyncio.Semaphore(limit)

    async def ask(name):
        reader, writer = await connect()
        try:
            writer.write(f"{name}\n".encode())
            line = (await reader.readline()).decode().rstrip("\n")
        finally:
            writer.close()
        status, _, text = line.partition(" ")
        return (status or "busy", text or None)

    async def fetch(name):
        for attempt in range(retries + 1):
            if attempt:
                await asyncio.sleep(pause * 2 ** (attempt - 1))
            try:
                async with places:
                    result = await asyncio.wait_for(ask(name), timeout)
            except TimeoutError:
                return ("timeout", None)
            if result[0] != "busy":
                return result
        return ("busy", None)

    return list(await asyncio.gather(*[fetch(name) for name in names]))
    # </answer>


class TokenBucket:
    """Holds at most `capacity` tokens, full at first; `rate` new ones come each second.

    clock() gives seconds and `await sleep(seconds)` waits: the real ones, unless others are given.
    """

    def __init__(self, rate, capacity, clock=time.monotonic, sleep=asyncio.sleep):
        self.rate, self.capacity, self.clock, self.sleep = rate, capacity, clock, sleep
        self.tokens, self.at = float(capacity), clock()
        self.turn = asyncio.Lock()

    async def take(self, n=1):
        """Wait until n tokens are there and take them; the seconds that it waited.

        ValueError when n is more than the bucket holds.
        """
        # <answer> how many tokens came since last time? if they are too few, how long until they are enough?
        if n > self.capacity:
            raise ValueError(f"{n} tokens never fit into {self.capacity}")
        start = self.clock()
        async with self.turn:
            while True:
                now = self.clock()
                self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.rate)
                self.at = now
                if self.tokens >= n - 1e-9:
                    break
                await self.sleep((n - self.tokens) / self.rate)
            self.tokens -= n
        return self.clock() - start
        # </answer>


async def pipeline(source, work, sink, workers, room):
    """`workers` coroutines do sink(await work(item)) for the items of an async iterator; how many.

    At most `room` items wait between source and workers. The first error ends everything.
    """
    # <answer> a queue with room for `room`; the workers must learn when no more will come
    queue, end, count = asyncio.Queue(room), object(), 0

    async def worker():
        nonlocal count
        while (item := await queue.get()) is not end:
            sink(await work(item))
            count += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(worker())
        async for item in source:
            await queue.put(item)
        for _ in range(workers):
            await queue.put(end)
    return count
    # </answer>

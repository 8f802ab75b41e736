import asyncio
import collections
import time


async def fetch_all(connect, names, limit, timeout, retries, pause=0.05):
    results = [None] * len(names)
    waiting = collections.deque((i, name, 0) for i, name in enumerate(names))
    free, open_tasks = asyncio.Event(), set()
    running = 0

    async def one(i, name, tried):
        nonlocal running
        writer = None
        try:
            async with asyncio.timeout(timeout):
                reader, writer = await connect()
                writer.write(name.encode() + b"\n")
                await writer.drain()
                line = await reader.readline()
        except TimeoutError:
            results[i] = ("timeout", None)
            return
        except OSError:
            line = b""
        finally:
            if writer is not None:
                writer.close()
            running -= 1
            free.set()
        text = line.decode("utf-8").strip("\n")
        if text.startswith("ok "):
            results[i] = ("ok", text[3:])
        elif text == "missing":
            results[i] = ("missing", None)
        elif tried == retries:
            results[i] = ("busy", None)
        else:
            await asyncio.sleep(pause * 2**tried)
            waiting.append((i, name, tried + 1))
            free.set()

    try:
        while waiting or open_tasks:
            while waiting and running < limit:
                running += 1
                task = asyncio.create_task(one(*waiting.popleft()))
                open_tasks.add(task)
                task.add_done_callback(lambda done: (open_tasks.discard(done), free.set()))
            free.clear()
            if open_tasks or waiting:
                await free.wait()
    finally:
        for task in list(open_tasks):
            task.cancel()
        await asyncio.gather(*open_tasks, return_exceptions=True)
    return results


class TokenBucket:
    def __init__(self, rate, capacity, clock=time.monotonic, sleep=asyncio.sleep):
        self.rate, self.capacity, self.clock, self.sleep = rate, capacity, clock, sleep
        self.free_at = clock() - capacity / rate  # the moment at which the bucket was empty

    async def take(self, n=1):
        if n > self.capacity:
            raise ValueError("too many")
        now = self.clock()
        self.free_at = max(self.free_at, now - self.capacity / self.rate) + n / self.rate
        wait = max(0.0, self.free_at - now)
        if wait:
            await self.sleep(wait)
        return wait


async def pipeline(source, work, sink, workers, room):
    queue = asyncio.Queue(maxsize=room)
    done = 0

    async def turn():
        nonlocal done
        while True:
            item = await queue.get()
            sink(await work(item))
            done += 1
            queue.task_done()

    async def feed():
        async for item in source:
            await queue.put(item)
        await queue.join()

    tasks = [asyncio.create_task(turn()) for _ in range(workers)]
    feeding = asyncio.create_task(feed())
    try:
        finished, _ = await asyncio.wait([feeding, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in finished:
            task.result()
    finally:
        for task in (feeding, *tasks):
            task.cancel()
        await asyncio.gather(feeding, *tasks, return_exceptions=True)
    return done

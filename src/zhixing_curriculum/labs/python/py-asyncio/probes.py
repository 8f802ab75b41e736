"""Small things that only exist in the answer's process. Data out, never a measurement."""
import asyncio
import heapq


async def cancelled(module, connect, names, ready, limit, timeout, retries):
    """How `fetch_all` ends when it is cancelled as soon as ready()."""
    task = asyncio.ensure_future(module.fetch_all(connect, names, limit, timeout, retries))
    for _ in range(300):
        await asyncio.sleep(0.01)
        if task.done() or ready():
            break
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return "CancelledError"
    return "a result"


class Clock:
    """Time that moves only when everybody sleeps."""

    def __init__(self, tell):
        self.now, self.sleepers, self.count, self.tell = 0.0, [], 0, tell

    def time(self):
        return self.now

    async def sleep(self, seconds):
        if seconds <= 0:
            return await asyncio.sleep(0)
        woken, self.count = asyncio.get_running_loop().create_future(), self.count + 1
        heapq.heappush(self.sleepers, (self.now + seconds, self.count, woken))
        await woken

    async def run(self, coroutines):
        """Run them all to their ends, moving time."""
        tasks = [asyncio.ensure_future(one) for one in coroutines]
        for _ in range(2000):
            for _ in range(20):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                break
            if self.sleepers:
                self.now, _, woken = heapq.heappop(self.sleepers)
                self.tell(self.now)
                if not woken.done():
                    woken.set_result(None)
        return [task.result() for task in tasks]


async def takes(module, rate, capacity, plan, tell, took):
    """plan: for each taker its steps, ("sleep", s) or ("take", n); what each take returned."""
    clock = Clock(tell)
    bucket = module.TokenBucket(rate, capacity, clock.time, clock.sleep)

    async def taker(number, steps):
        waits = []
        for kind, amount in steps:
            if kind == "sleep":
                await clock.sleep(amount)
            else:
                waits.append(await bucket.take(amount))
                took(number, amount)
        return waits

    return await clock.run([taker(*one) for one in enumerate(plan)])


async def too_many(module):
    return await module.TokenBucket(1.0, 3).take(4)


async def flow(module, items, workers, room, drew, began, ended, kept, bad):
    """Run `pipeline`; every step of it is told to the check."""

    async def source():
        for item in items:
            drew(item)
            yield item

    async def work(item):
        began(item)
        for _ in range(9):
            await asyncio.sleep(0)
        if item == bad:
            raise ValueError(f"bad item {item}")
        ended(item)
        return item * item

    return await module.pipeline(source(), work, kept, workers, room)


async def rest(module):
    """Time for whatever is still running."""
    for _ in range(500):
        await asyncio.sleep(0)

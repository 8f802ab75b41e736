import numpy as np
from zhixing_checks import TooSlow, raises

WALL = 3.0
FLOW_WALL = 1.5  # no pipeline here waits for a clock


def names(rng, count):
    """Fresh names, all different; some are Chinese."""
    stems = ["page", "图片", "model", "语料", "index"]
    return [f"{stems[int(i) % 5]}-{n}" for i, n in enumerate(rng.permutation(900)[:count] + 100)]


def text_of(name):
    """What the server says about a name."""
    return f"<{name[::-1]} 知行>"


def plain(results, count):
    """The results as a list of pairs, or a failure in words."""
    ok = isinstance(results, list) and len(results) == count
    assert ok, f"{count} 个名字应得到一个长度为 {count} 的列表 // {count} names give a list of {count}"
    assert all(isinstance(one, (tuple, list)) and len(one) == 2 for one in results), "每个结果应是一对 (状态, 文本) // each result is a pair (status, text)"
    return [tuple(one) for one in results]


async def check_results_keep_the_order_of_names(answer, server, rng):
    wanted = names(rng, 4)
    server.script({"turns": {name: 3 - i for i, name in enumerate(wanted)}})
    got = plain(await answer.fetch_all.within(wall_s=WALL)(server.connect, wanted, 4, 4.0, 0), 4)
    assert sorted(map(str, got)) == sorted(str(("ok", text_of(n))) for n in wanted), "每个名字应得到 (\"ok\", 服务器给的文本)：文本是 ok 和空格之后的整行，可能有空格和中文 // each name gives (\"ok\", what the server said): everything after \"ok \", spaces and Chinese included"
    assert got == [("ok", text_of(n)) for n in wanted], "第一个名字最后才有回复，它的结果却不在第一位：结果按名字的次序，不按回复的先后 // the first name was answered last, and its result is not first: results come in the order of names, not of replies"


async def check_limit_is_reached_and_never_passed(answer, server, rng):
    limit = int(rng.integers(5, 9))
    server.script({"gate": limit})
    wanted = names(rng, 40)
    got = plain(await answer.fetch_all.within(wall_s=3 * WALL)(server.connect, wanted, limit, 4.0, 0), 40)
    peak = server.peak()
    assert peak > 1, "40 个请求，同时在途的从来只有 1 个：是在循环里逐个 await 吗？ // 40 requests, and never more than one in flight: are they awaited one by one in a loop?"
    assert peak >= limit, f"limit={limit}，同时在途的最多只有 {peak} 个 // limit={limit}, and at most {peak} were in flight at once"
    assert peak <= limit, f"limit={limit}，同时在途的却到了 {peak} 个：上限要由所有名字共用 // limit={limit}, and {peak} were in flight at once: all names share one limit"
    assert got == [("ok", text_of(n)) for n in wanted], "40 个结果与服务器给的不同 // the 40 results are not what the server said"
    assert server.counts() == dict.fromkeys(sorted(wanted), 1), "每个名字应恰好请求一次 // each name is asked for exactly once"


async def check_a_free_place_is_used_at_once(answer, server, rng):
    wanted = names(rng, 9)
    slow = wanted[1]
    server.script({"turns": {slow: 8}})
    got = plain(await answer.fetch_all.within(wall_s=WALL)(server.connect, wanted, 3, 4.0, 0), 9)
    others = server.before(slow)
    assert others == 8, f"limit=3，一个请求很慢；它还没回复时，另外 8 个只请求了 {others} 个：空出来的位置要马上给下一个，不必等齐一批 // limit=3 and one slow request: before its reply only {others} of the other 8 were asked: a free place goes to the next at once, without waiting for a batch"
    assert sorted(map(str, got)) == sorted(str(("ok", text_of(n))) for n in wanted), "结果与服务器给的不同 // the results are not what the server said"


async def check_busy_servers_are_asked_again_later(answer, server, rng):
    wanted = names(rng, 5)
    often, cut, never, missing, fine = wanted
    server.script({"replies": {often: ["busy", "busy", "ok"], cut: ["cut", "ok"], never: ["busy"], missing: ["missing"]}})
    got = plain(await answer.fetch_all.within(wall_s=WALL)(server.connect, wanted, 5, 4.0, 2, 0.06), 5)
    counts = server.counts()
    assert counts.get(missing) == 1, "\"missing\" 再问一百次也还是没有：只该问一次 // \"missing\" stays missing: ask once"
    assert counts.get(fine) == 1, "\"ok\" 之后不必再问 // after \"ok\" nothing is asked again"
    assert counts.get(never) == 3, f"retries=2：第一次之外再试 2 次，共 3 次；实际 {counts.get(never)} 次 // retries=2 means 2 more after the first, 3 in all; there were {counts.get(never)}"
    assert counts.get(cut) == 2, "一行也没给就断开，应当和 busy 一样再试 // a connection that ends without a line is tried again, like busy"
    said = [("ok", text_of(often)), ("ok", text_of(cut)), ("busy", None), ("missing", None), ("ok", text_of(fine))]
    assert sorted(map(str, got)) == sorted(map(str, said)), "状态应是最后一次得到的：ok、missing，或试完仍忙的 busy；除 ok 外文本是 None // the status is that of the last try: ok, missing, or busy when tries are used up; text is None but for ok"
    waited = server.waited(often, [0.06, 0.12])
    assert waited == [True, True], "两次尝试之间应等 pause、再等 2·pause：服务器看到的间隔比这短 // between tries it waits pause, then 2*pause: the server saw shorter gaps"


async def check_waiting_blocks_nobody(answer, server, rng):
    busy, *others = names(rng, 5)
    server.script({"replies": {busy: ["busy", "ok"]}})
    await answer.fetch_all.within(wall_s=WALL)(server.connect, [busy, *others], 2, 4.0, 1, 0.35)
    server.between(busy)  # tells apart who blocks from who works in batches
    assert server.others_asked(busy, 0.3), "一个名字在等着重试，这期间却谁也没有动：协程里用了会堵住整个循环的等待 // while one name waited for its next try nothing else moved: something in a coroutine blocks the whole loop"
    server.script({"replies": {busy: ["busy", "ok"]}})
    await answer.fetch_all.within(wall_s=WALL)(server.connect, [busy, others[0]], 1, 4.0, 1, 0.05)
    order = server.order()
    assert order == [busy, others[0], busy], "limit=1：一个名字在等着重试时，没有把位置让给别人 // limit=1: a name that waits for its next try does not give its place to another"


async def check_timeouts_end_the_try(answer, server, rng):
    silent, *others = names(rng, 4)
    server.script({"replies": {silent: ["silent"]}})
    wanted = [*others, silent]
    try:
        got = await answer.fetch_all.within(wall_s=1.5)(server.connect, wanted, 4, 0.3, 1)
    except TooSlow:
        got = None
    counts = server.counts()
    assert got is not None, "有一个服务器不回话，过了 timeout 很久 fetch_all 还没有返回 // one server never replies, and long after timeout fetch_all has not returned"
    got = plain(got, 4)
    said = [*[("ok", text_of(n)) for n in others], ("timeout", None)]
    assert sorted(map(str, got)) == sorted(map(str, said)), "没有回复的那个，过了 timeout 秒应得到 (\"timeout\", None)，别的照常 // the one that is never answered gives (\"timeout\", None) after timeout seconds, the others as usual"
    assert counts.get(silent) == 1, "超时的不再试 // what timed out is not tried again"
    left = server.open()
    assert left == 0, f"fetch_all 已经返回，服务器那边还有 {left} 个连接开着：超时的任务取消了吗？ // fetch_all has returned and {left} connections are still open at the server: was what timed out cancelled?"


async def check_the_clock_starts_with_the_try(answer, server, rng):
    wanted = names(rng, 6)
    server.script({"delays": dict.fromkeys(wanted[:2], 0.25)})
    got = plain(await answer.fetch_all.within(wall_s=WALL)(server.connect, wanted, 1, 0.4, 0), 6)
    late = sum(one[0] == "timeout" for one in got)
    assert late == 0, f"timeout=0.4，每个回复至多 0.25 秒，却有 {late} 个超时：排队等位置的时间不该算进去 // timeout=0.4 and no reply takes over 0.25 s, yet {late} timed out: waiting for a place does not count"
    assert sorted(map(str, got)) == sorted(str(("ok", text_of(n))) for n in wanted), "结果与服务器给的不同 // the results are not what the server said"


async def check_cancelling_stops_everything(answer, server, rng):
    wanted = names(rng, 6)
    server.script({"replies": {name: ["silent"] for name in wanted}})
    ended = await answer.probe.cancelled.within(wall_s=2 * WALL)(server.connect, wanted, lambda: len(server.counts()) >= 3, 3, 0.6, 2)
    counts, left = server.counts(), server.open()
    assert len(counts) == sum(counts.values()) == 3, "取消之后又发出了新的请求：CancelledError 要放它出去，不能当成普通的失败 // after the cancelling new requests went out: let CancelledError pass, it is no ordinary failure"
    assert ended == "CancelledError", "取消 fetch_all，等它的人应得到 CancelledError，却得到了别的 // whoever awaits a cancelled fetch_all gets a CancelledError, not something else"
    assert left == 0, f"取消之后，服务器那边还有 {left} 个连接开着 // after the cancelling {left} connections are still open at the server"


async def taken(answer, rate, capacity, plan):
    """What the takers of a plan got: (when, how many) of each take, and the waits they returned."""
    now, log = [0.0], []
    waits = await answer.probe.takes.within(wall_s=WALL)(rate, capacity, plan, lambda t: now.__setitem__(0, t), lambda i, n: log.append((now[0], n)))
    return log, waits


def one_by_one(rate, capacity, steps):
    """Brute force: when each take of a single taker is over, and how long it waited."""
    now, tokens, at, ends, waits = 0.0, float(capacity), 0.0, [], []
    for kind, amount in steps:
        if kind == "sleep":
            now += amount
            continue
        tokens, at = min(capacity, tokens + (now - at) * rate), now
        wait = max(0.0, (amount - tokens) / rate)
        tokens, now = min(capacity, tokens + wait * rate) - amount, now + wait
        at = now
        ends.append(now)
        waits.append(wait)
    return ends, waits


async def check_burst_then_steady_rate(answer, rng):
    rate, capacity = float(rng.integers(2, 6)), int(rng.integers(3, 6))
    takes = [("take", 1)] * (capacity + 3)
    steps = [*takes, ("sleep", 5 * capacity / rate), *takes, ("take", capacity), ("sleep", 0.5 / rate), ("take", 2)]
    ends, waits = one_by_one(rate, capacity, steps)
    log, told = await taken(answer, rate, capacity, [steps])
    at = [when for when, _ in log]
    assert len(at) == len(ends), "有的 take 没有结束 // some takes did not end"
    close = np.abs(np.subtract(at, ends)) < 0.05
    assert close[:capacity].all(), f"桶一开始是满的：前 {capacity} 个令牌不用等 // the bucket is full at first: {capacity} tokens need no waiting"
    assert close[: capacity + 3].all(), f"桶空了以后，每 1/rate 秒才有一个令牌：第 {int(close.argmin()) + 1} 次取得太早或太晚 // once empty there is one token every 1/rate seconds: take {int(close.argmin()) + 1} came too early or too late"
    assert close.all(), f"歇了很久以后，桶里最多也只有 capacity 个：第 {int(close.argmin()) + 1} 次取得太早或太晚 // after a long rest the bucket holds no more than capacity: take {int(close.argmin()) + 1} came too early or too late"
    ok = isinstance(told, list) and len(told) == 1 and np.shape(told[0]) == np.shape(waits)
    assert ok and (np.abs(np.subtract(told[0], waits)) < 0.05).all(), "take 应返回它等了多少秒 // take returns the seconds it waited"
    with raises("ValueError"):
        await answer.probe.too_many.within(wall_s=WALL)()


async def check_takers_wait_their_turn(answer, rng):
    rate, capacity, takers = float(rng.integers(2, 6)), 2, int(rng.integers(5, 9))
    log, _ = await taken(answer, rate, capacity, [[("take", 1), ("take", 1)]] * takers)
    total = 2 * takers
    assert len(log) == total, "有的 take 没有结束 // some takes did not end"
    allowed = [capacity + rate * when + 0.05 for when, _ in log]
    over = [i + 1 for i in range(total) if i + 1 > allowed[i]]
    assert not over, f"{takers} 个协程同时来取，到第 {over[:1]} 个时已经超过 capacity + rate·t：睡醒以后还要再看一眼够不够，别人可能先取走了 // {takers} coroutines take at once, and by take {over[:1]} there were more than capacity + rate*t: after the sleep look again, somebody may have been faster"
    end = (total - capacity) / rate
    assert log[-1][0] < end + 0.5 / rate, "取完得太晚：令牌够了还在等 // it took too long: tokens were there and nobody took them"


class Flow:
    """What a check hears of one run of `pipeline`."""

    def __init__(self):
        self.drawn, self.begun, self.ended, self.kept = [], [], [], []
        self.ahead = self.working = 0

    def drew(self, item):
        self.drawn.append(item)
        self.ahead = max(self.ahead, len(self.drawn) - len(self.ended))

    def began(self, item):
        self.begun.append(item)
        self.working = max(self.working, len(self.begun) - len(self.ended))

    async def run(self, answer, items, workers, room, bad=None):
        return await answer.probe.flow.within(wall_s=FLOW_WALL)(items, workers, room, self.drew, self.began, self.ended.append, self.kept.append, bad)


async def check_every_item_goes_through_once(answer, rng):
    workers, items = int(rng.integers(3, 6)), (rng.permutation(90)[:23] + 10).tolist()
    flow = Flow()
    count = await flow.run(answer, items, workers, 2)
    assert sorted(flow.begun) == sorted(items), f"23 项应各处理一次，实际处理了 {len(flow.begun)} 次、{len(set(flow.begun))} 项 // 23 items are worked on once each; there were {len(flow.begun)} turns with {len(set(flow.begun))} items"
    assert sorted(flow.kept) == sorted(i * i for i in items), f"sink 应收到每一项的结果，返回之前一个不少；实际收到 {len(flow.kept)} 个 // sink gets the result of every item before pipeline returns; it got {len(flow.kept)}"
    assert count == 23 and isinstance(count, int), "应返回处理了多少项 // it returns how many items went through"
    assert flow.working == workers, f"workers={workers}，同时在处理的最多 {flow.working} 项 // workers={workers}, and at most {flow.working} items were in work at once"


async def check_source_waits_for_the_workers(answer, rng):
    workers, room = int(rng.integers(2, 4)), int(rng.integers(1, 4))
    flow = Flow()
    await flow.run(answer, list(range(40)), workers, room)
    most = workers + room + 1
    assert flow.ahead <= most, f"{workers} 个在处理、最多 {room} 项在排队，来源却已经取出了 {flow.ahead} 项没处理完的：来源很大时内存会满；让它等一等 // {workers} in work and at most {room} waiting, yet the source had given {flow.ahead} unfinished items: a big source would fill the memory; make it wait"
    assert flow.ahead >= workers + room, f"排队的地方有 {room} 个，却没有用上：来源太慢时工人会闲着 // there is room for {room} to wait, and it was not used: workers would idle"
    assert sorted(flow.kept) == [i * i for i in range(40)], "40 项的结果不对 // the results of the 40 items are wrong"


async def check_first_error_stops_the_rest(answer, rng):
    items = (rng.permutation(90)[:30] + 10).tolist()
    bad = items[int(rng.integers(6, 9))]
    flow = Flow()
    with raises("ValueError", "ExceptionGroup"):
        await flow.run(answer, items, 3, 2, bad)
    begun, ended = len(flow.begun), len(flow.ended)
    assert begun < 30, "一项出错以后，剩下的还是全都处理了 // after the error everything else was worked on all the same"
    await answer.probe.rest.within(wall_s=WALL)()
    assert (len(flow.begun), len(flow.ended)) == (begun, ended), "pipeline 已经带着异常结束，工人却还在干活：没有取消它们 // pipeline has ended with its error, and workers still work: they were not cancelled"

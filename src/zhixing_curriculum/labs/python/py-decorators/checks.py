import numpy as np
from zhixing_checks import raises


def names(rng, count):
    """Fresh lower-case names, all different."""
    return [f"stage_{chr(97 + i)}{n}" for i, n in enumerate(rng.integers(10, 99, size=count))]


def close(seen, wanted):
    """Are two lists of numbers as good as equal? One that holds anything else is not."""
    return all(type(x) in (int, float) for x in seen) and len(seen) == len(wanted) and np.allclose(seen, wanted)


def failing(failures, error):
    """A function that raises `error` that many times and then gives 10 * x + shift; its calls."""
    calls = []

    def work(x, shift=0):
        calls.append(x)
        if len(calls) <= failures:
            raise error(f"try {len(calls)}")
        return 10 * x + shift

    return work, calls


def check_timer_reports_every_call(answer, rng):
    now, told, done = [100.0], [], []
    spans = rng.uniform(0.1, 9, size=3).tolist()
    a, b = rng.integers(1, 90, size=2).tolist()

    def work(x, shift=0):
        now[0] += spans[len(done) % 3]
        done.append(x)
        return 10 * x + shift

    step = answer.timed(lambda: now[0], told.append)(work)
    results = [step(a), step(b, shift=3), step(x=a, shift=b)]
    assert len(done) == 3, f"调用 3 次，被装饰的函数应恰好运行 3 次，实际 {len(done)} 次 // 3 calls must run the function 3 times; it ran {len(done)} times"
    assert results == [10 * a, 10 * b + 3, 10 * a + b], "结果没有原样交回来：包装函数 return 了吗？位置参数和关键字参数都转交了吗？ // the results do not come back as they were: does the wrapper return them, and pass on positional and keyword arguments?"
    assert close(told, spans), f"每次调用应报告一次耗时（结束减开始，单位秒）；3 次调用报告了 {len(told)} 次 // each call reports one duration (end minus start, in seconds); 3 calls gave {len(told)} reports"
    told.clear()

    def crash():
        now[0] += spans[0]
        raise KeyError("lost")

    with raises("KeyError"):
        answer.timed(lambda: now[0], told.append)(crash)()
    assert close(told, spans[:1]), "函数抛出异常时，也要报告一次耗时：跑了三小时才崩，这三小时也该记下 // a call that raises is reported too: three hours until the crash are three hours"


def check_stages_report_their_own_names(answer, rng):
    now, told = [0.0], []
    span = dict(zip(names(rng, 4), rng.uniform(0.1, 9, size=4).tolist()))

    def stage(name):
        def run(text):
            now[0] += span[name]
            return f"{text} {name}"

        return run

    wrapped = answer.timed_stages({name: stage(name) for name in span}, lambda: now[0], lambda *told_now: told.append(told_now))
    order = rng.permutation(list(span)).tolist()
    for name in order:
        assert wrapped[name]("x") == f"x {name}", f"调用 {name} 这一步，运行的却不是它（或结果没交回来） // calling stage {name} does not run that stage (or loses its result)"
    assert len(told) == 4 and all(len(t) == 2 for t in told), "每次调用应报告一次 (名字, 秒数) // each call reports (name, seconds) once"
    said = [name for name, _ in told]
    assert said == order, f"4 个步骤各运行一次，报告里只有 {len(set(said) & set(order))} 个不同的名字，或对不上：闭包记住的是变量，不是当时的值 // 4 stages ran once each, and the reports know {len(set(said) & set(order))} of their names, or mix them up: a closure remembers the variable, not the value it had"
    assert close([s for _, s in told], [span[name] for name in order]), "名字对了，秒数却不是那一步的 // the names are right, the seconds belong to other stages"


def check_decorated_functions_keep_their_names(answer, rng):
    late = answer.probe.error("TimeoutError")
    for decorator, settings in (("timed", (lambda: 0.0, lambda s: None)), ("retry", (2, late, 1.0, lambda s: None))):
        name, doc = answer.probe.named(decorator, *settings)
        assert name == "embed", f"`{decorator}` 装饰过的函数 embed，`__name__` 变成了 {name}：日志里就认不出它了 // the function embed decorated by `{decorator}` is now called {name}: nobody will know it in a log"
        assert doc == "Turn text into a vector.", f"`{decorator}` 装饰过的函数丢了文档字符串 `__doc__` // a function decorated by `{decorator}` has lost its `__doc__`"


def check_retry_counts_and_backs_off(answer, rng):
    late = answer.probe.error("TimeoutError")
    times, wait, x = int(rng.integers(4, 7)), float(rng.integers(1, 9)) / 8, int(rng.integers(1, 90))
    backoff = (wait * 2.0 ** np.arange(times - 1)).tolist()
    waits = []
    work, calls = failing(times - 1, TimeoutError)
    patient = answer.retry(times, late, wait, waits.append)(work)
    assert patient(x, shift=7) == 10 * x + 7, "最后一次尝试成功了，却没有交回它的结果 // the last try succeeded, and its result did not come back"
    assert len(calls) == times and calls == [x] * times, f"前 {times - 1} 次失败、下一次成功，应恰好调用 {times} 次，参数每次相同；实际调用了 {len(calls)} 次 // {times - 1} failures, then success: that is {times} calls with the same arguments, not {len(calls)}"
    assert close(waits, backoff), f"两次尝试之间应依次睡 wait、2·wait、4·wait……；wait={wait}，实际 {waits[:6]} // between tries it sleeps wait, 2*wait, 4*wait ...; with wait={wait} it slept {waits[:6]}"
    calls.clear(), waits.clear()
    assert patient(x) == 10 * x, "同一个函数第二次调用，结果不对 // called again, the same function gives a wrong result"
    assert close(waits, backoff), f"第二次调用时，等待应重新从 wait={wait} 开始，第一次却睡了 {waits[:1]} // in a second call the waits start at wait={wait} again; the first was {waits[:1]}"
    for times in (times, 1):
        work, calls = failing(99, TimeoutError)
        waits.clear()
        with raises("TimeoutError") as last:
            answer.retry(times, late, wait, waits.append)(work)(x)
        assert len(calls) == times, f"times={times} 是总次数（含第一次）；一直失败时却调用了 {len(calls)} 次 // times={times} counts all calls, the first included; failing for ever it was called {len(calls)} times"
        assert len(waits) == times - 1, f"{times} 次尝试之间只有 {times - 1} 段间隔，却睡了 {len(waits)} 次：最后一次失败后不必再睡 // between {times} tries there are {times - 1} gaps, yet it slept {len(waits)} times: no sleep after the last failure"
        assert last.error.message == f"try {times}", "抛出来的应是最后一次失败的那个异常，原样不动 // what comes out must be the very exception of the last try"


def check_retry_lets_other_errors_through(answer, rng):
    late, bad, system = (answer.probe.error(name) for name in ("TimeoutError", "ValueError", "OSError"))
    x = int(rng.integers(1, 90))
    waits = []
    work, calls = failing(99, KeyError)
    with raises("KeyError"):
        answer.retry(5, (late, bad), 0.5, waits.append)(work)(x)
    assert (len(calls), waits) == (1, []), f"KeyError 不在名单里，应立刻抛出；却调用了 {len(calls)} 次、睡了 {len(waits)} 次 // KeyError is not on the list and comes out at once; yet there were {len(calls)} calls and {len(waits)} sleeps"
    for error, listed in ((ValueError, (late, bad)), (TimeoutError, system)):
        work, calls = failing(2, error)
        assert answer.retry(3, listed, 0.5, waits.append)(work)(x) == 10 * x, f"{error.__name__}（或它的父类）在名单里，应当重试到成功 // {error.__name__} (or its parent class) is on the list and must be retried until it succeeds"
        assert len(calls) == 3, f"失败 2 次后成功，应调用 3 次，实际 {len(calls)} 次 // 2 failures, then success: 3 calls, not {len(calls)}"


def check_least_recently_used_goes_first(answer, rng):
    size = int(rng.integers(4, 7))
    asked = (rng.integers(0, 8, size=1000) + rng.integers(0, 6, size=1000)).tolist()
    worth = rng.integers(1, 10**6, size=20).tolist()
    computed, shelf = [], []

    def work(x):
        computed.append(x)
        return worth[x]

    quick = answer.lru(size)(work)
    for turn, x in enumerate(asked, 1):
        before = len(computed)
        result = quick(x)
        assert result == worth[x], f"第 {turn} 次调用的结果不对：缓存不能改变答案 // call {turn} gives a wrong result: a cache must not change answers"
        known = x in shelf
        if known:
            shelf.remove(x)
        shelf = [*shelf, x][-size:]
        again = len(computed) > before
        assert again or known, f"第 {turn} 次调用：maxsize={size}，这个参数早该被淘汰，却没有重新计算 // call {turn}: with maxsize={size} this argument should be gone by now, and was not computed again"
        assert not (again and known), f"第 {turn} 次调用：这个参数是最近用过的 {size} 个之一，却重新计算了：淘汰的应是最久没用的，命中也算用过 // call {turn}: this argument is among the {size} used last, yet it was computed again: what goes is the one unused for longest, and a hit is a use"
    assert set(computed) == set(asked), "有的参数从来没有真正计算过 // some arguments were never really computed"


def check_keywords_belong_to_the_key(answer, rng):
    x, a, b = (rng.permutation(80)[:3] + 10).tolist()
    seen = []

    def work(*given, **named):
        seen.append(given)
        return [list(given), sorted(named.items())]

    quick = answer.lru(20)(work)
    for turn in (1, 2):
        for shift in (a, b):
            assert quick(x, shift=shift) == [[x], [("shift", shift)]], "位置参数相同、关键字参数不同，是两次不同的调用：键里少了关键字参数 // the same positional and another keyword argument is another call: the key lacks the keywords"
    assert len(seen) == 2, f"两种调用各来了两遍，只该计算 2 次，实际 {len(seen)} 次 // two calls, twice each, are computed 2 times, not {len(seen)}"
    quick(low=a, high=b), quick(high=b, low=a)
    assert len(seen) == 3, "f(low=…, high=…) 和 f(high=…, low=…) 是同一次调用：键不该取决于关键字的先后 // f(low=…, high=…) and f(high=…, low=…) are one call: the key must not depend on the order of keywords"
    pair, word = quick(("low", a)), quick(low=a)
    assert (pair, word) == ([[("low", a)], []], [[], [("low", a)]]), "f((\"low\", 1)) 和 f(low=1) 撞成了同一个键 // f((\"low\", 1)) and f(low=1) fell on the same key"


def check_none_and_lists_are_welcome(answer, rng):
    x = int(rng.integers(1, 90))
    seen = []

    def finds_nothing(x):
        seen.append(x)

    quick = answer.lru(4)(finds_nothing)
    assert [quick(x), quick(x), quick(x)] == [None] * 3, "函数返回 None，缓存却给出了别的 // the function gives None, the cache something else"
    assert len(seen) == 1, f"结果是 None 也算有结果：同一参数应只计算 1 次，实际 {len(seen)} 次 // None is a result as well: one computation for one argument, not {len(seen)}"
    totals = []

    def total(xs, extra=()):
        totals.append(len(xs))
        if not xs:
            raise TypeError("nothing to add")
        return sum(xs) + sum(extra)

    quick = answer.lru(4)(total)
    sums = [quick([x, 1]), quick([x, 2]), quick((x, 3), extra=[4])]
    assert sums == [x + 1, x + 2, x + 7], "列表不能做字典的键；遇到它就不缓存，直接计算 // a list cannot be a key of a dict; without caching, just compute"
    with raises("TypeError"):
        quick(())
    assert totals.count(0) == 1, f"函数自己抛出 TypeError 时，它被调用了 {totals.count(0)} 次：try 里只该有做键的那一步 // when the function itself raised TypeError it was called {totals.count(0)} times: only the making of the key belongs in the try"


def check_each_function_has_its_own_cache(answer, rng):
    x, y = (rng.permutation(80)[:2] + 10).tolist()
    seen = []
    decorate = answer.lru(2)
    double = decorate(lambda x: seen.append("double") or 2 * x)
    square = decorate(lambda x: seen.append("square") or x * x)
    assert [double(x), square(x)] == [2 * x, x * x], "同一个装饰器装饰的两个函数，一个拿到了另一个的结果 // of two functions decorated by one decorator, one got the other's result"
    double(y), square(y), double(x), square(x)
    assert seen == ["double", "square"] * 2, "两个函数各有 maxsize 个位置，不该互相挤占 // each of the two functions has maxsize places; they must not push each other out"
    name, doc = answer.probe.named("lru", 4)
    assert (name, doc) == ("embed", "Turn text into a vector."), f"`lru` 装饰过的函数 embed，`__name__` 是 {name}，或丢了 `__doc__` // the function embed decorated by `lru` is called {name}, or has lost its `__doc__`"


def check_batches_come_one_at_a_time(answer, rng):
    n, batches, tail = (int(rng.integers(3, 7)) for _ in range(3))
    tail = min(tail, n - 1)
    items = rng.integers(0, 1000, size=n * batches + tail).tolist()
    wanted = [items[i : i + n] for i in range(0, len(items), n)]
    drawn = []

    def pull():
        drawn.append(None)
        return items[len(drawn) - 1] if len(drawn) <= len(items) else None

    got = []
    for batch in answer.batched(answer.probe.source(pull), n):
        got.append(batch)
        most = n * len(got) + 1
        assert len(drawn) <= most, f"第 {len(got)} 批刚到手，就已经取走了 {len(drawn)} 项（n={n}）：数据流可能没有尽头，要一批才取一批 // with batch {len(got)} just there, {len(drawn)} items were taken (n={n}): a stream may have no end, take a batch when asked for one"
        assert len(got) <= len(wanted), f"{len(items)} 项、n={n}，批数太多了 // too many batches for {len(items)} items and n={n}"
    assert all(isinstance(batch, (list, tuple)) for batch in got), "每一批应是列表 // each batch is a list"
    sizes = [len(batch) for batch in got]
    assert sizes == [len(batch) for batch in wanted], f"{len(items)} 项、n={n}，各批的大小是 {sizes}：最后不满的一批也要给出 // {len(items)} items with n={n} gave batches of {sizes}: the short one at the end counts too"
    assert [list(batch) for batch in got] == wanted, "各批连起来，应是原来的次序，不重不漏 // joined, the batches are the items in their order, none lost or doubled"
    assert len([batch for batch in answer.batched(items[: 2 * n], n)]) == 2, "正好分完时，不该多出一个空批 // when it comes out even there is no empty batch at the end"
    kept = answer.probe.kept_batches(items, n)
    assert [list(batch) for batch in kept] == wanted, "把所有批都留下来再看，前面的批变了：每批都要是一个新列表，而不是同一个列表反复清空 // kept until the end, earlier batches have changed: each must be a new list, not one list emptied again and again"


def check_lines_come_as_they_stand(answer, rng):
    word = "".join(chr(c) for c in rng.integers(97, 123, size=8))
    lines = [f"def {word}(x):", "    return x\t", "", "  ", "学而时习之", f"one\u2028{word}\x0cline", f"no newline here {word} "]
    got = []
    for line in answer.read_big(answer.put("corpus.txt", "\n".join(lines).encode())):
        got.append(line)
        assert len(got) <= len(lines), "行数太多了：行只在换行符处断开 // too many lines: a line ends at a newline only"
    assert len(got) == len(lines), f"文件有 {len(lines)} 行（含空行和末尾没有换行符的一行），得到 {len(got)} 行 // the file has {len(lines)} lines (blank ones and one without a final newline included), got {len(got)}"
    wrong = [i for i, (a, b) in enumerate(zip(got, lines), 1) if a != b]
    assert not wrong, f"第 {wrong} 行与文件里的不同：只去掉行尾的换行符，缩进和行尾空格是数据 // lines {wrong} differ from the file: take the newline off and nothing else; indentation and spaces at the end are data"


def check_a_file_larger_than_memory_streams(answer, rng):
    lengths = rng.integers(900, 1200, size=1000)
    n = int(rng.integers(600, 900))
    block = "\n".join(["字" * 100, *("x" * k for k in lengths[1:])]) + "\n"
    path = answer.put("block.txt", block.encode())
    lines, sizes = answer.probe.streamed(path, 30, n)
    assert lines != "MemoryError", "30 MiB 的文件、24 MiB 的内存：read_big 把整个文件装了进来，内存用尽 // a file of 30 MiB, 24 MiB of memory: read_big took in the whole file and ran out"
    assert lines == 30_000, "大文件的行数不对 // the big file has another number of lines"
    assert sizes != "MemoryError", "read_big 是流式的，chars_per_batch 却用尽了内存：哪一步把东西都攒起来了？batched 里有没有 list(iterable)？ // read_big streams, but chars_per_batch ran out of memory: which step gathers everything? is there a list(iterable) in batched?"
    lengths[0] = 100
    ends = np.append(0, np.cumsum(np.tile(lengths, 30)))
    wanted = np.diff(ends[np.append(np.arange(0, 30_000, n), 30_000)]).tolist()
    assert isinstance(sizes, list) and len(sizes) == len(wanted), f"{lines} 行、每批 {n} 行，批数不对 // {lines} lines in batches of {n}: the number of batches is wrong"
    assert sizes == wanted, "每批的字符数不对：数的是字符，不是行、不是字节，换行符不算 // the characters per batch are off: count characters, not lines or bytes, and no newlines"


def check_change_lasts_for_the_block_only(answer, rng):
    a, b, c = (rng.permutation(90)[:3] + 10).tolist()
    model = answer.probe.model({"training": True, "lr": a, "name": None})
    with answer.changed(model, "lr", b):
        assert (model.lr, model.training) == (b, True), "进入块以后，属性应是新值，别的属性不动 // inside the block the attribute has its new value, and others keep theirs"
        with answer.changed(model, "lr", c):
            assert model.lr == c, "嵌套的内层块里，属性应是内层的值 // inside the inner block the attribute has the inner value"
        assert model.lr == b, "离开内层块，应回到外层块的值 // after the inner block, the outer value is back"
    assert model.lr == a, "离开块以后，属性没有恢复成原来的值 // after the block the attribute is not what it was"
    with answer.changed(model, "name", "x"), answer.changed(model, "hook", a):
        assert (model.name, model.hook) == ("x", a), "属性原来没有（或是 None），块里也应有新值 // an attribute that was absent (or None) has the new value in the block as well"
    assert "name" in answer.probe.attributes(model) and model.name is None, "属性原来是 None，离开块后应还是 None // an attribute that was None must be None again"
    assert "hook" not in answer.probe.attributes(model), "属性 hook 原来没有，离开块后应消失，却留下了一个 // there was no attribute hook before; after the block there must be none, but one is left behind"


def check_errors_restore_and_come_out(answer, rng):
    a, b = (rng.permutation(90)[:2] + 10).tolist()
    for error in (ValueError, KeyboardInterrupt):
        model = answer.probe.model({"training": a})
        out = False
        try:
            with answer.changed(model, "training", b):
                inside = model.training
                raise error("in the block")
        except error:
            out = True
        assert inside == b, "进入块以后，属性应是新值 // inside the block the attribute has its new value"
        assert out, f"块里抛出的 {error.__name__} 被吞掉了：外面的人以为一切正常 // the {error.__name__} raised in the block was swallowed: outside, all seems well"
        assert model.training == a, f"块里抛出 {error.__name__} 以后，属性没有恢复：复原要放在无论如何都会执行的地方 // after a {error.__name__} in the block the attribute was not restored: restore it where the code runs whatever happens"

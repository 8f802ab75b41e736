import contextlib
import functools
import time


def timed(clock, report):
    """A decorator: after every call, also one that raises, report(seconds).

    clock() tells the time in seconds, as time.perf_counter does.
    """
    # <answer> three layers: settings, function, call
    def decorate(function):
        @functools.wraps(function)
        def timing(*args, **kwargs):
            start = clock()
            try:
                return function(*args, **kwargs)
            finally:
                report(clock() - start)

        return timing

    return decorate
    # </answer>


def timed_stages(stages, clock, report):
    """stages: {name: function} -> {name: timed function}; each call ends in report(name, seconds)."""
    # <answer> every stage needs a `name` of its own
    return {
        name: timed(clock, functools.partial(report, name))(stage)
        for name, stage in stages.items()
    }
    # </answer>


def retry(times, exceptions, wait, sleep=time.sleep):
    """A decorator: at most `times` calls in all, as long as one of `exceptions` is raised.

    It sleeps wait, 2*wait, 4*wait ... seconds between two calls; the last failure comes out.
    exceptions: a class or a tuple of classes, as `except` takes them.
    """
    # <answer> what happens after the last try?
    def decorate(function):
        @functools.wraps(function)
        def retrying(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except exceptions:
                    if attempt == times - 1:
                        raise
                    sleep(wait * 2**attempt)

        return retrying

    return decorate
    # </answer>


def lru(maxsize):
    """A decorator: keeps the results of the `maxsize` least long unused calls.

    The order of keywords does not matter; arguments that cannot be hashed are not cached.
    """
    # <answer> a dict remembers the order in which its keys came in
    def decorate(function):
        cache = {}

        @functools.wraps(function)
        def cached(*args, **kwargs):
            try:
                key = (args, frozenset(kwargs.items()))
                hash(key)
            except TypeError:
                return function(*args, **kwargs)
            if key in cache:
                result = cache.pop(key)
            else:
                result = function(*args, **kwargs)
                if len(cache) >= maxsize:
                    del cache[next(iter(cache))]
            cache[key] = result
            return result

        return cached

    return decorate
    # </answer>


def batched(iterable, n):
    """Lists of n items each, in order, one at a time; the last one may be shorter."""
    # <answer> take no more than is asked for
    batch = []
    for item in iterable:
        batch.append(item)
        if len(batch) == n:
            yield batch
            batch = []
    if batch:
        yield batch
    # </answer>


def read_big(path):
    """The lines of a UTF-8 file, one at a time, without the newline and otherwise as they stand."""
    # <answer> a file is an iterator already
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.removesuffix("\n")
    # </answer>


def chars_per_batch(path, n):
    """A list: how many characters each batch of n lines holds, newlines not counted."""
    # <answer> join the two generators
    return [sum(map(len, batch)) for batch in batched(read_big(path), n)]
    # </answer>


@contextlib.contextmanager
def changed(obj, name, value):
    """with changed(model, "training", False): the attribute has `value` in the block only."""
    # <answer> whatever happens in the block, put everything back
    absent = object()
    old = getattr(obj, name, absent)
    setattr(obj, name, value)
    try:
        yield obj
    finally:
        if old is absent:
            delattr(obj, name)
        else:
            setattr(obj, name, old)
    # </answer>

"""Recursion, a numbered shelf, bytes read in blocks, and an ExitStack."""
import contextlib
import itertools
import time
from functools import update_wrapper


def timed(clock, report):
    def decorate(function):
        def wrapper(*args, **kwargs):
            with contextlib.ExitStack() as stack:
                start = clock()
                stack.callback(lambda: report(clock() - start))
                return function(*args, **kwargs)

        return update_wrapper(wrapper, function)

    return decorate


def timed_stages(stages, clock, report):
    def one(name):
        return timed(clock, lambda seconds: report(name, seconds))(stages[name])

    return dict(zip(stages, map(one, stages)))


def retry(times, exceptions, wait, sleep=time.sleep):
    def decorate(function):
        def wrapper(*args, **kwargs):
            def attempt(left, pause):
                if left == 1:
                    return function(*args, **kwargs)
                try:
                    return function(*args, **kwargs)
                except exceptions:
                    sleep(pause)
                return attempt(left - 1, 2 * pause)

            return attempt(times, wait)

        return update_wrapper(wrapper, function)

    return decorate


def lru(maxsize):
    def decorate(function):
        results, used, turns = {}, {}, itertools.count()

        def wrapper(*args, **kwargs):
            key = args, frozenset(kwargs), *(kwargs[name] for name in sorted(kwargs))
            if not _hashable(key):
                return function(*args, **kwargs)
            if key not in results:
                result = function(*args, **kwargs)
                while len(results) >= maxsize:
                    oldest = min(used, key=used.get)
                    del results[oldest], used[oldest]
                results[key] = result
            used[key] = next(turns)
            return results[key]

        return update_wrapper(wrapper, function)

    return decorate


def _hashable(key):
    try:
        hash(key)
    except TypeError:
        return False
    return True


def batched(iterable, n):
    iterator = iter(iterable)
    for first in iterator:
        yield [first, *itertools.islice(iterator, n - 1)]


def read_big(path):
    rest = b""
    with open(path, "rb") as file:
        while block := file.read(65536):
            *lines, rest = (rest + block).split(b"\n")
            yield from map(bytes.decode, lines)
    if rest:
        yield rest.decode()


def chars_per_batch(path, n):
    return list(map(lambda batch: sum(len(line) for line in batch), batched(read_big(path), n)))


@contextlib.contextmanager
def changed(obj, name, value):
    with contextlib.ExitStack() as stack:
        if name in vars(obj):
            stack.callback(setattr, obj, name, getattr(obj, name))
        else:
            stack.callback(delattr, obj, name)
        setattr(obj, name, value)
        yield

"""Objects instead of nested functions, an OrderedDict, and a hand-written context manager."""
import collections
import functools
import itertools
import time


class timed:
    def __init__(self, clock, report):
        self.clock, self.report = clock, report

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with _Stopwatch(self.clock, self.report):
                return function(*args, **kwargs)

        return wrapper


class _Stopwatch:
    def __init__(self, clock, report):
        self.clock, self.report = clock, report

    def __enter__(self):
        self.start = self.clock()

    def __exit__(self, *_):
        self.report(self.clock() - self.start)


def timed_stages(stages, clock, report):
    wrapped = {}
    for name, stage in stages.items():
        wrapped[name] = timed(clock, lambda seconds, name=name: report(name, seconds))(stage)
    return wrapped


class retry:
    def __init__(self, times, exceptions, wait, sleep=time.sleep):
        self.times, self.exceptions, self.wait, self.sleep = times, exceptions, wait, sleep

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            left, pause = self.times, self.wait
            while True:
                left -= 1
                try:
                    return function(*args, **kwargs)
                except self.exceptions:
                    if not left:
                        raise
                self.sleep(pause)
                pause += pause

        return wrapper


class _Cached:
    def __init__(self, function, maxsize):
        functools.update_wrapper(self, function)
        self.function, self.maxsize, self.cache = function, maxsize, collections.OrderedDict()

    def __call__(self, *args, **kwargs):
        key = args, tuple(sorted(kwargs.items()))
        try:
            known = key in self.cache
        except TypeError:
            return self.function(*args, **kwargs)
        if not known:
            self.cache[key] = self.function(*args, **kwargs)
            if len(self.cache) > self.maxsize:
                self.cache.popitem(last=False)
        self.cache.move_to_end(key)
        return self.cache[key]


def lru(maxsize):
    return lambda function: _Cached(function, maxsize)


def batched(iterable, n):
    iterator = iter(iterable)
    return iter(lambda: tuple(itertools.islice(iterator, n)), ())


class read_big:
    def __init__(self, path):
        self.file = open(path, encoding="utf-8")

    def __iter__(self):
        return self

    def __next__(self):
        line = "" if self.file.closed else self.file.readline()
        if not line:
            self.file.close()
            raise StopIteration
        return line[:-1] if line[-1] == "\n" else line


def chars_per_batch(path, n):
    sizes = []
    for batch in batched(read_big(path), n):
        sizes.append(len("".join(batch)))
    return sizes


class changed:
    def __init__(self, obj, name, value):
        self.obj, self.name, self.value = obj, name, value

    def __enter__(self):
        self.had = hasattr(self.obj, self.name)
        self.old = getattr(self.obj, self.name, None)
        setattr(self.obj, self.name, self.value)

    def __exit__(self, *_):
        if self.had:
            setattr(self.obj, self.name, self.old)
        else:
            delattr(self.obj, self.name)

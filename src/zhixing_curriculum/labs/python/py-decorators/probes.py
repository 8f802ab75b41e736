"""Small things that only exist in the answer's process. Data out, never a measurement."""
import builtins
import errno
import os
import types


def error(module, name):
    """An exception class, for `retry`."""
    return getattr(builtins, name)


def named(module, decorator, *settings):
    """Name and documentation of a function after it was decorated."""

    def embed(text):
        """Turn text into a vector."""
        return text

    wrapped = getattr(module, decorator)(*settings)(embed)
    return wrapped.__name__, wrapped.__doc__


def source(module, pull):
    """An iterator that asks the check for every item, until it says None."""
    return iter(pull, None)


def kept_batches(module, items, n):
    """All batches, looked at when the last one is there."""
    return list(module.batched(items, n))


def streamed(module, path, copies, n):
    """The lines of a file `copies` times as large, counted and batched; "MemoryError" if too much."""
    big = path + ".big"
    with open(path, "rb") as file:
        block = file.read()
    with open(big, "wb") as file:
        for _ in range(copies):
            file.write(block)
    try:
        return (
            _unless_too_much(lambda: sum(1 for _ in module.read_big(big))),
            _unless_too_much(lambda: module.chars_per_batch(big, n)),
        )
    finally:
        os.remove(big)


def _unless_too_much(work):
    try:
        return work()
    except MemoryError:
        return "MemoryError"
    except OSError as error:  # a memory map of the whole file
        if error.errno == errno.ENOMEM:
            return "MemoryError"
        raise


def model(module, settings):
    """An object with these attributes."""
    return types.SimpleNamespace(**settings)


def attributes(module, thing):
    """The names of its attributes."""
    return sorted(vars(thing))

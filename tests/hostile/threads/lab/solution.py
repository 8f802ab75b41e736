from concurrent.futures import ThreadPoolExecutor


def squares(xs, workers):
    """The square of each x, worked out by `workers` threads at once, in the order of xs."""
    # <answer>
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda x: x * x, xs))
    # </answer>


def meet(workers):
    """How many threads were there at once when all waited for each other."""
    # <answer>
    import threading

    barrier = threading.Barrier(workers, timeout=5)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda _: barrier.wait(), range(workers)))
    return workers
    # </answer>

import multiprocessing
import os


def squares(xs):
    """The square of each x, worked out by two processes that send back what they found."""
    # <answer>
    context = multiprocessing.get_context("fork")

    def work(part, to):
        to.send([x * x for x in part])

    found, workers = [], []
    for part in (xs[: len(xs) // 2], xs[len(xs) // 2 :]):
        come, go = context.Pipe(duplex=False)
        workers.append((context.Process(target=work, args=(part, go)), come))
        workers[-1][0].start()
    for worker, come in workers:
        found += come.recv()
        worker.join()
    return found
    # </answer>


def status_of_a_child(code):
    """The exit status of a child that leaves with `code`."""
    # <answer>
    pid = os.fork()
    if pid == 0:
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    # </answer>

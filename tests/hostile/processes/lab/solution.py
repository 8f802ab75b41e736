import multiprocessing
import os


def square(x):
    return x * x


def squares(xs):
    """The square of each x, worked out by two processes."""
    # <answer>
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(square, xs)
    # </answer>


def status_of_a_child(code):
    """The exit status of a child that leaves with `code`."""
    # <answer>
    pid = os.fork()
    if pid == 0:
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    # </answer>

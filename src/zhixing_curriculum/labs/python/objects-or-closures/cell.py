"""Numbers for the essay: one counter as a class and as a closure."""

import copy
import pickle
import sys
import timeit


class Counter:
    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return self.count


def make_counter():
    count = 0

    def call():
        nonlocal count
        count += 1
        return count

    return call


def can(action):
    try:
        action()
    except (AttributeError, TypeError, pickle.PicklingError):
        return "no"
    return "yes"


def independent(counter):
    """Whether a copy counts on its own, whatever the first one does afterwards."""
    twin = copy.deepcopy(counter)
    before = counter()
    return "yes" if twin() == before and twin() == before + 1 and counter() == before + 1 else "no"


def can_be_set_back(counter):
    counter()
    counter.count = 0
    return "yes" if counter() == 1 else "no"


for name, counter in (("class", Counter()), ("closure", make_counter())):
    called = [counter() for _ in range(3)]
    rounds = 100_000
    seconds = min(timeit.repeat(counter, number=rounds, repeat=3))
    print(name)
    print("  three calls", called, " then called", 3 * rounds, "times more")
    print("  can be set back to 0 from outside:", can_be_set_back(counter))
    print("  a copy counts on its own:", independent(counter))
    print("  can be stored (pickle):", can(lambda: pickle.dumps(counter)))
    print("  bytes of the object alone", sys.getsizeof(counter))
    print("  nanoseconds a call", round(1e9 * seconds / rounds, 1))

hidden = make_counter()
hidden()
print("seen from outside, in the class:", Counter().count, " in the closure:", hidden.__closure__[0].cell_contents)

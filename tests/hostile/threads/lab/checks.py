def check_squares(answer, rng):
    xs = rng.integers(-99, 99, size=20).tolist()
    assert answer.squares(xs, 4) == [x * x for x in xs], "平方 // squares"


def check_meet(answer, rng):
    n = int(rng.integers(3, 7))
    assert answer.meet(n) == n + 0, "人数 // how many"

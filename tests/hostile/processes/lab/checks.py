def check_squares(answer, rng):
    xs = rng.integers(-99, 99, size=20).tolist()
    assert answer.squares(xs) == [x * x for x in xs], "平方 // squares"


def check_status(answer, rng):
    code = int(rng.integers(1, 99))
    assert answer.status_of_a_child(code) == code, "退出码 // exit status"

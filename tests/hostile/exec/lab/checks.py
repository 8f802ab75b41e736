def check_run(answer, rng):
    a, b = rng.integers(1, 1000, size=2).tolist()
    assert answer.run(f"print({a} * {b})") == f"{a * b}\n", "输出 // output"


def check_statuses(answer, rng):
    names = [["/bin/true", "/bin/false"][n] for n in rng.permutation([0, 1, 0, 1, 1])]
    assert answer.statuses(names) == [int(name == "/bin/false") for name in names], "状态 // status"

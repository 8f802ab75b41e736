def some(rng):
    return [f"name-{n}" for n in rng.permutation(900)[:6]]


async def check_each_is_asked_once(answer, server, rng):
    names, salt = some(rng), int(rng.integers(10**9))
    server.script({"salt": salt})
    got = await answer.fetch.within(wall_s=1.0)(server.connect, names)
    assert got == [f"{name}:{salt}" for name in names], "回答 // what was said"
    assert server.counts() == {name: 1 for name in names}, "次数 // how often"


async def check_two_at_a_time(answer, server, rng):
    names, salt = some(rng), int(rng.integers(10**9))
    server.script({"salt": salt, "gate": 2})
    got = await answer.fetch.within(wall_s=1.0)(server.connect, names)
    assert server.peak() == 2, "同时 // at once"
    assert got == [f"{name}:{salt}" for name in names], "回答 // what was said"

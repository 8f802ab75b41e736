def check_double(answer, rng):
    n = int(rng.integers(100, 999))
    reply = answer.request("GET", f"/double/{n}")
    assert reply.status == 200, "应是 200 // should be 200"
    assert reply.json() == {"n": 2 * n}


def check_thing(answer, rng):
    name = f"thing {rng.integers(1000)}"
    reply = answer.request("POST", "/things", json={"name": name})
    assert reply.status == 201, "应是 201 // should be 201"
    assert reply.json() == {"name": name}, "东西 // the thing"

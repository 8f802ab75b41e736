def check_echo(answer, rng):
    words = ["".join(chr(97 + n) for n in rng.integers(0, 26, size=8)) for _ in range(5)]
    assert answer.echo(words) == [word.upper() for word in words], "回声 // echo"


def check_nothing_to_say(answer):
    assert answer.echo([]) == [], "空 // nothing"

"""Plain loops and a stack; lines one by one in a helper."""


def top_k(words, k):
    distinct = list(dict.fromkeys(words))
    pairs = [(word, words.count(word)) for word in distinct]
    pairs.sort(key=lambda pair: pair[1], reverse=True)
    return pairs[:k]


def group_by(rows, key):
    keys = [key(row) for row in rows]
    return {one: [row for row, its in zip(rows, keys) if its == one] for one in dict.fromkeys(keys)}


def flatten(nested):
    flat, waiting = [], list(reversed(nested))
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        else:
            flat.append(item)
    return flat


class ParseError(ValueError):
    def __init__(self, number, line):
        super().__init__(f"{number}: {line}")
        self.number = number
        self.line = line.strip()


def safe_div(a, b):
    try:
        quotient = a / b
    except ZeroDivisionError:
        quotient = float("nan")
    return quotient


def _pair(line):
    name, value = line.split("=")
    if not name.strip():
        raise ValueError("no name")
    return name.strip(), int(value.strip())


def parse_kv(text):
    pairs = {}
    number = 0
    for line in text.split("\n"):
        number += 1
        bare = line.strip()
        if bare == "" or bare[0] == "#":
            continue
        try:
            name, integer = _pair(line)
        except ValueError as error:
            raise ParseError(number, line) from error
        if name in pairs:
            raise ParseError(number, line)
        pairs[name] = integer
    return pairs

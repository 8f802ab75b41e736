"""Counter, defaultdict, a generator, a regular expression."""
import re
from collections import Counter, defaultdict


def top_k(words, k):
    return Counter(words).most_common(k)


def group_by(rows, key):
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _leaves(nested):
    for item in nested:
        if isinstance(item, list):
            yield from _leaves(item)
        else:
            yield item


def flatten(nested):
    return list(_leaves(nested))


class ParseError(ValueError):
    def __init__(self, number, line):
        super().__init__(number, line)
        self.number, self.line = number, line


def safe_div(a, b):
    return float("nan") if b == 0 else a / b


LINE = re.compile(r"\s*([^=#\s][^=]*?)\s*=\s*([+-]?[0-9]{1,4000})\s*")


def parse_kv(text):
    pairs = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*(#|$)", line):
            continue
        match = LINE.fullmatch(line)
        if match is None or match[1] in pairs:
            raise ParseError(number, line)
        pairs[match[1]] = int(match[2])
    return pairs

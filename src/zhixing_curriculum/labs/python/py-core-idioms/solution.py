import math


def top_k(words, k):
    """The k most frequent words as tuples (word, count), the most frequent first.

    Words that are equally frequent stay in the order in which they first appear.
    """
    # <answer> count, then sort: which of Python's tools keep an order, and which do not?
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])[:k]
    # </answer>


def group_by(rows, key):
    """A dict {key(row): list of the rows with that key}; groups and rows in the order they came."""
    # <answer> one pass; a row may open a new group or join an old one
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
    # </answer>


def flatten(nested):
    """All items of lists nested in lists (up to 50 deep) as one flat list, in order.

    Only lists are opened: a string, a tuple, a dict is an item.
    """
    # <answer> an item is a list (what then?) or it is not
    flat = []
    for item in nested:
        if isinstance(item, list):
            flat.extend(flatten(item))
        else:
            flat.append(item)
    return flat
    # </answer>


class ParseError(ValueError):
    """A line that cannot be read: its number, counted from 1, and the line as it stands."""

    def __init__(self, number, line):
        super().__init__(f"line {number}: expected `name = integer`, saw {line!r}")
        self.number = number
        self.line = line


def safe_div(a, b):
    """a / b as a float; nan if b is zero. Whatever else goes wrong comes out as it is."""
    # <answer> catch the one error you have an answer for
    try:
        return a / b
    except ZeroDivisionError:
        return math.nan
    # </answer>


def parse_kv(text):
    """A dict {name: integer} of lines `name = integer`.

    Blank lines and lines whose first sign is # are passed over. Any other line that cannot be
    read, has an empty name, or a name that came before: ParseError(number, line).
    """
    # <answer> line by line; what may go wrong in each step?
    pairs = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.strip().startswith("#"):
            continue
        name, _, value = line.partition("=")
        name = name.strip()
        try:
            integer = int(value)
        except ValueError as error:
            raise ParseError(number, line) from error
        if not name or name in pairs:
            raise ParseError(number, line)
        pairs[name] = integer
    return pairs
    # </answer>

import math

from zhixing_checks import raises

WORDS = ["知", "行", "合", "一", "the", "a", "of", "to", "ray", "git", "api", "log"]


def some_words(rng, count, kinds=8):
    """A list of `count` words of at most `kinds` kinds."""
    chosen = rng.permutation(WORDS)[:kinds].tolist()
    return [chosen[i] for i in rng.integers(0, len(chosen), size=count)]


def tied_words(rng):
    """Every word twice, so that all of them tie; in no particular order."""
    return rng.permutation(WORDS * 2).tolist()


def some_rows(rng, count):
    """Rows (city, number), all different; a city comes twice in a row, and comes again later."""
    cities = rng.integers(0, 4, size=count).repeat(2)[:count]
    return [(["京", "沪", "oslo", "lima"][city], n) for n, city in enumerate(cities.tolist())]


def some_nest(rng, depth):
    """Lists in lists, `depth` deep at most, of numbers, strings and tuples."""
    leaves = [int(rng.integers(100)), "知行", "", None, (1, 2)]
    if depth == 0:
        return leaves[rng.integers(5)]
    return [some_nest(rng, int(rng.integers(0, depth))) for _ in range(rng.integers(0, 5))]


def leaves_of(nested):
    """The same, flat: opens the first list it sees until there is none."""
    flat = list(nested)
    while any(type(item) is list for item in flat):
        at = next(i for i, item in enumerate(flat) if type(item) is list)
        flat[at : at + 1] = flat[at]
    return flat


def pairs_of(found):
    """The groups in order as (key, rows). A dict, or a kind of dict."""
    return [(key, found[key]) for key in found]


def is_integer(text):
    """An optional sign and digits, with white space around: nothing else."""
    digits = text.strip().removeprefix("-")
    return digits != "" and set(digits) <= set("0123456789")


def read(text):
    """What a text means: ("pairs", dict), or ("refused", number of the first bad line, line)."""
    pairs = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip()[:1] in ("", "#"):
            continue
        parts = [part.strip() for part in line.split("=")]
        if len(parts) != 2 or not parts[0] or parts[0] in pairs or not is_integer(parts[1]):
            return "refused", number, line.strip()
        pairs[parts[0]] = int(parts[1])
    return "pairs", pairs


def check_top_counts_are_right(answer, rng):
    for size in (0, 1, 30, 60):
        words = some_words(rng, size)
        kinds = set(words)
        every = answer.top_k(words, len(kinds) + 2)
        assert isinstance(every, list) and all(type(pair) is tuple and len(pair) == 2 for pair in every), "top_k 应返回列表，每一项是元组 (词, 次数) // top_k returns a list of tuples (word, count)"
        assert sorted(word for word, _ in every) == sorted(kinds), f"{len(kinds)} 种词，k 又够大，应每种恰好出现一次 // with {len(kinds)} kinds of words and k large enough, each kind appears once"
        assert sum(count for _, count in every) == size, f"各词次数之和应等于列表的长度 {size} // the counts must add up to the length of the list, {size}"
        assert all(count == words.count(word) for word, count in every), "有个词的次数数错了 // the count of a word is wrong"
        counts = [count for _, count in every]
        assert counts == sorted(counts, reverse=True), "次数应从大到小：最常见的排最前面 // counts go down: the most frequent word comes first"
        for k in (0, 1, 3):
            assert answer.top_k(words, k) == every[:k], f"k={k} 时应是全部结果的前 {k} 项 // for k={k}, want the first {k} of the full result"


def check_ties_keep_their_order(answer, rng):
    for words in (tied_words(rng), tied_words(rng), some_words(rng, 12, kinds=12)):
        seen = answer.top_k(words, 12)
        assert isinstance(seen, list) and seen, "top_k 应返回一个列表，这里不该是空的 // top_k returns a list, and here not an empty one"
        for (a, times), (b, others) in zip(seen, seen[1:]):
            assert times != others or words.index(a) < words.index(b), f"“{a}”和“{b}”都出现 {times} 次，先出现的应在前：次序在哪一步丢了？ // {a!r} and {b!r} both come {times} times; the one seen first goes first: which step loses the order?"


def check_groups_keep_rows_and_order(answer, rng):
    for size in (0, 1, 20, 40):
        rows = some_rows(rng, size)
        found = pairs_of(answer.group_by(rows, lambda row: row[0]))
        assert sorted(row for _, group in found for row in group) == sorted(rows), f"{size} 行分组以后，应一行不多、一行不少 // {size} rows went in; after grouping, none may be lost or doubled"
        assert all(row[0] == key for key, group in found for row in group), "有一行进了别人的组：组的键应是 key(row) // a row is in another group's list: a group's key is key(row)"
        assert all(group == sorted(group, key=rows.index) for _, group in found), "组内的行应保持原来的先后 // inside a group, rows keep their order"
        firsts = [rows.index(group[0]) for _, group in found]
        assert firsts == sorted(firsts), "组的先后应按各组第一行出现的先后 // groups come in the order of their first rows"
    mixed = [int(n) for n in rng.permutation(9)]
    found = answer.group_by(mixed, lambda n: n % 3 or None)
    assert [key for key, _ in pairs_of(found)] == list(dict.fromkeys(n % 3 or None for n in mixed)), "键可以是 None 和整数，彼此不能比大小：不要给键排序 // keys may be None and integers, which cannot be compared: do not sort them"


def check_nested_lists_become_one(answer, rng):
    a, b, c = rng.permutation(90)[:3].tolist()
    assert answer.flatten([a, [b, c]]) == [a, b, c], "一层嵌套就不对：列表里的列表要打开，次序不变 // wrong for one level: a list in the list is opened, the order stays"
    assert answer.flatten([[], [[]], [[a]], []]) == [a], "空列表不留下任何项，两层深的项也要出来 // empty lists leave nothing, and an item two levels down comes out"
    assert answer.flatten(["知行", (a, [b]), [""], None]) == ["知行", (a, [b]), "", None], "只打开列表：字符串、元组、None 都是一项，原样留着 // only lists are opened: a string, a tuple, None is an item and stays"
    deep = [c]
    for _ in range(30):
        deep = [a, deep, b]
    assert answer.flatten(deep) == [a] * 30 + [c] + [b] * 30, "30 层深的列表没有摊平 // a list 30 levels deep is not flat"
    for _ in range(8):
        nested = [some_nest(rng, 3) for _ in range(4)]
        assert answer.flatten(nested) == leaves_of(nested), "随机的嵌套列表摊得不对：少了、多了，还是次序变了？ // a random nested list comes out wrong: items lost, doubled, or in another order?"


def twice(call, *given):
    """Whether a call on the same data says the same again."""
    return call(*given) == call(*given)


def check_data_stay_as_they_were(answer, rng):
    words, rows, nested = tied_words(rng), some_rows(rng, 20), [[1, [2, int(rng.integers(9))]], [], 3]
    result, after = answer.probe.kept("top_k", words, 3)
    assert result is not None and after == words and twice(answer.top_k, answer.keep(words), 3), "调用 top_k 以后，传进去的列表变了：sort() 改动原列表，sorted() 不会 // after top_k the caller's list has changed: sort() changes it, sorted() does not"
    result, after = answer.probe.kept("group_by", rows, lambda row: row[0])
    assert result is not None and after == rows, "调用 group_by 以后，传进去的行变了：只读，不要排序，也不要取走 // after group_by the caller's rows have changed: read them, do not sort them or take them out"
    result, after = answer.probe.kept("flatten", nested)
    assert result is not None and after == nested, "调用 flatten 以后，传进去的列表变了：是 pop 还是 extend 动了它（或里面的列表）？ // after flatten the caller's list has changed: did a pop or an extend touch it, or a list inside?"


def check_calls_do_not_remember(answer, rng):
    answer = answer.fresh()
    a, b = rng.permutation(90)[:2].tolist()
    answer.flatten([a, [a]])
    assert answer.flatten([[b]]) == [b], "第二次调用 flatten，里面有第一次的东西：默认参数里的列表只造一次 // a second call of flatten holds things of the first: a list as default argument is made once only"
    answer.group_by([a], lambda n: "one")
    assert pairs_of(answer.group_by([b], lambda n: "one")) == [("one", [b])], "第二次调用 group_by，里面有第一次的行：默认参数里的字典只造一次 // a second call of group_by holds rows of the first: a dict as default argument is made once only"


def check_quotient_or_nan(answer, rng):
    for a, b in rng.integers(1, 50, size=(6, 2)).tolist():
        for x, y in ((a, b), (-a, b), (a, -b - 0.5), (0, b), (a * b, b)):
            seen = answer.safe_div(x, y)
            assert type(seen) is float, f"safe_div({x}, {y}) 应是 float // safe_div({x}, {y}) must be a float"
            assert math.isclose(seen * y, x, abs_tol=1e-9), f"safe_div({x}, {y}) 乘回 {y} 得不到 {x}：是 / 还是 //？ // safe_div({x}, {y}) times {y} is not {x}: which division is this?"
        for zero in (0, 0.0, -0.0):
            for x in (a, -a, 0):
                seen = answer.safe_div(x, zero)
                assert type(seen) is float and math.isnan(seen), f"safe_div({x}, {zero}) 没有商，应是 nan，不是 0，也不是 inf // safe_div({x}, {zero}) has no quotient and must be nan, not 0 and not inf"


def check_other_errors_come_out(answer, rng):
    n = int(rng.integers(1, 90))
    for a, b in ((str(n), 2), (n, str(n)), (None, n), (n, None), (n, "")):
        with raises("TypeError"):
            answer.safe_div(a, b)
    assert answer.parse_kv(f"n = {n}") == {"n": n}, "一行好好的 `n = 整数` 没有读对 // a plain line `n = integer` is read wrongly"
    for wrong in (n, None):
        with raises("TypeError", "AttributeError"):
            answer.parse_kv(wrong)


def check_pairs_are_read(answer, rng):
    answer = answer.fresh()
    a, b, c, d = rng.integers(-90, 90, size=4).tolist()
    text = f"# ages\nann = {a}\n\n  bo={b}  \n   # c = 1\n年龄\t= {c}\n \na b = {d}\n"
    seen = answer.parse_kv(text)
    assert isinstance(seen, dict), "parse_kv 应返回一个字典 // parse_kv returns a dict"
    assert list(seen) == ["ann", "bo", "年龄", "a b"], f"应读到 4 个名字，次序不变，两端没有空白；得到 {len(seen)} 个 // want 4 names in order, without white space around them; got {len(seen)}"
    assert list(seen.values()) == [a, b, c, d], "有个值不对：应是整数，可以为负 // a value is wrong: they are integers, and may be negative"
    assert answer.parse_kv(f"x = {a}") == {"x": a}, "最后一行没有换行符，也是一行；并且每次调用都从空字典开始 // a last line without a newline is a line; and every call starts from an empty dict"
    assert answer.parse_kv("") == answer.parse_kv("# a = 1\n\n") == {}, "没有内容的文本应得到空字典 // a text without content gives an empty dict"


def check_only_parse_errors_come_out(answer, rng):
    answer = answer.fresh()
    fixed = ["ab = 12", "a", "a=", "=1", "  = 1", "a=1=2", "a=1.5", "a = 1 # one", "a=b", "a=- 1", "==", "a=1\na=1", "a=1\nb=2\na=3"]
    texts = fixed + ["".join(rng.choice(list("ab12=-# \n"), size=9)) for _ in range(60)]
    for text in texts:
        wanted = read(text)
        if wanted[0] == "pairs":
            seen = answer.parse_kv(text)
            assert seen == wanted[1], f"{text!r} 读得出来，结果却不对 // {text!r} can be read, but the result is wrong"
        else:
            with raises("ParseError"):
                answer.parse_kv(text)
    seen = answer.probe.refused("a = " + "9" * 5000)
    assert seen is None or len(seen) == 2, "5000 位的整数：要么读出来，要么抛出 ParseError // an integer of 5000 digits: read it, or raise ParseError"


def check_errors_name_the_line(answer, rng):
    answer = answer.fresh()
    for _ in range(6):
        above = [["", "# note", f"n{i} = {i}", "  "][int(kind)] for i, kind in enumerate(rng.integers(0, 4, size=rng.integers(1, 7)))]
        bad = ["oops", "n = x", "= 3"][rng.integers(3)]
        seen = answer.probe.refused("\n".join([*above, "#", bad, "z = 1", "worse"]))
        assert seen is not None, "有一行读不出来，却没有抛出 ParseError // a line cannot be read, and no ParseError was raised"
        assert seen[0] == len(above) + 2, f"行号应从 1 数起，空行和注释行也算，报告第一处错；应在第 {len(above) + 2} 行 // lines count from 1, blank ones and comments too, and the first bad one is named: it is line {len(above) + 2}"
        assert isinstance(seen[1], str) and seen[1].strip() == bad, "ParseError 的 line 应是读不出来的那一行 // the line of a ParseError is the line that cannot be read"
    repeated = f"a = {rng.integers(9)}\n# again\na = 2"
    seen = answer.probe.refused(repeated)
    assert seen is not None and seen[0] == 3, "名字在第 3 行又来了一次：应抛出 ParseError(3, …) // the name comes again in line 3: want ParseError(3, …)"

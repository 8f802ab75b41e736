import json

WORDS = "买牛奶 背单词 给妈妈打电话 跑步五公里 读论文 写周报 修自行车 交房租 约牙医 浇花".split()
LATIN = "Tensor Kernel Gradient Softmax Docker Matrix Python".split()


def some_notes(rng, count):
    """Texts that differ, with spaces, quotes and letters of several scripts."""
    texts = []
    for number in range(count):
        chinese, latin = WORDS[rng.integers(len(WORDS))], LATIN[rng.integers(len(LATIN))]
        texts.append(f"{chinese} “{latin}” #{number} {rng.integers(10**6)} é😀 'x' \\n")
    return texts


def went_well(run, what):
    assert run.code == 0, (
        f"`{what}` 的退出码是 {run.code}，应为 0；它最后说：{run.last_words} // "
        f"`{what}` ended with exit code {run.code}, not 0; its last words: {run.last_words}"
    )
    return run


def added(answer, text, *more):
    return went_well(answer.run("add", text, *more), "add")


def lines(numbered):
    return "".join(f"{number}\t{text}\n" for number, text in numbered)


def listed(answer, *more):
    return went_well(answer.run("list", *more), "list").out


# --- commands ------------------------------------------------------------------------------------


def check_added_notes_are_listed(answer, rng):
    empty = went_well(answer.run("list"), "list")
    assert empty.out == "", (
        "还没有笔记时，list 什么也不该打印 // list must print nothing while there are no notes"
    )
    texts = some_notes(rng, 4)
    numbers = [added(answer, text).out for text in texts]
    assert numbers == [f"{n}\n" for n in (1, 2, 3, 4)], (
        "add 应在标准输出上打印新笔记的编号，一行一个，从 1 开始 // "
        "add must print the number of the new note on standard output, on a line, from 1 on"
    )
    assert listed(answer) == lines(enumerate(texts, 1)), (
        "list 每行应是：编号、一个制表符、原样的文字，按编号排 // "
        "each line of list is the number, a tab and the text as it was given, in order"
    )


def check_tags_choose_notes(answer, rng):
    first, second, third, fourth = some_notes(rng, 4)
    added(answer, first, "--tag", "工作", "--tag", "急")
    added(answer, second, "--tag", "工作")
    added(answer, third)
    added(answer, fourth, "--tag", "工作日")
    found = [listed(answer, "--tag", "工作"), listed(answer, "--tag", "急", "--tag", "工作"),
             listed(answer, "--tag", "无")]
    assert found[0] == lines([(1, first), (2, second)]), (
        "`--tag 工作` 应只列出带这个标签的笔记；“工作日”是另一个标签，`--tag` 可以写几次 // "
        "`--tag 工作` lists the notes with that very tag; 工作日 is another one, and --tag may come "
        "several times"
    )
    assert found[1] == lines([(1, first)]), (
        "给出两个标签时，只列出两个都有的笔记 // with two tags given, list the notes that have both"
    )
    assert found[2] == "", "没有笔记带这个标签，就什么也不打印 // no note has that tag: print nothing"


def check_search_ignores_case(answer, rng):
    latin = LATIN[rng.integers(len(LATIN))]
    texts = [f"读 {latin} 的文档", "买牛奶", f"重写 {latin.upper()} 一节"]
    for text in texts:
        added(answer, text)
    found = went_well(answer.run("search", latin.swapcase()), "search").out
    assert found == lines([(1, texts[0]), (3, texts[2])]), (
        "search 应找到所有含这个词的笔记，大小写都算，格式和 list 一样 // "
        "search must find every note that holds the word, in capitals or not, printed as list does"
    )
    found = went_well(answer.run("search", "牛奶"), "search").out
    assert found == lines([(2, texts[1])]), (
        "search 找中文词没有找对 // search did not find the right note for a Chinese word"
    )


def check_exit_codes_tell_the_truth(answer, rng):
    added(answer, some_notes(rng, 1)[0])
    found = answer.run("search", "没有这个词", wording=False)
    assert found.code == 1, (
        f"search 什么也没找到，退出码应为 1，得到 {found.code}：脚本只看得见它 // "
        f"search found nothing: exit code 1 is wanted, not {found.code}; a script sees nothing else"
    )
    assert not found.out.strip() and found.err.strip(), (
        "没找到的话要写到标准错误（stderr），标准输出留空 // "
        "that nothing was found is said on standard error; standard output stays empty"
    )
    blank = answer.run("add", "   ", wording=False)
    assert blank.code == 2 and not blank.out.strip() and blank.err.strip(), (
        f"空白的笔记是用法错误：退出码 2，话写到标准错误，得到退出码 {blank.code} // "
        f"a blank note is a mistake in use: exit code 2, words on standard error; got {blank.code}"
    )
    unknown = answer.run("serach", "x", wording=False)
    assert unknown.code == 2, (
        f"不存在的命令应以退出码 2 结束，得到 {unknown.code} // "
        f"a command that does not exist ends with exit code 2, not {unknown.code}"
    )
    left = went_well(answer.run("list"), "list").out
    assert left.count("\n") == 1, (
        "出错的命令之后，笔记应当还是原来那一条 // after commands that failed the one note is still alone"
    )


# --- keeping -------------------------------------------------------------------------------------

DAMAGED = (b'[{"id": 1, "text": "\xe4\xb9\xb0', b'{"notes": 3}', b"\xff\xfe\x00[", b'[{"id": 1}]')


def check_a_damaged_file_is_kept(answer, rng):
    for raw in DAMAGED:
        answer.put("坏.json", raw)
        runs = [
            answer.run("list", "--file", "坏.json", wording=False),
            answer.run("add", some_notes(rng, 1)[0], "--file", "坏.json", wording=False),
        ]
        kept = answer.saw("notes.json", answer.get("坏.json", 10_000) == raw)
        assert kept, (
            "文件读不懂时，add 把它覆盖了：里面也许还有救得回来的笔记 // "
            "the file could not be understood, and add wrote over it: what it held may be all there is"
        )
        for run in runs:
            assert run.code == 1 and run.err.strip() and not run.out.strip(), (
                f"文件不是笔记：退出码应为 1、标准错误上说明，得到退出码 {run.code} // "
                f"the file does not hold notes: exit code 1 and words on standard error, "
                f"not exit code {run.code}"
            )
            assert "Traceback" not in run.err, (
                "用户看到的是一长串 traceback：接住异常，说一句人话 // "
                "the user gets a traceback: catch the exception and say one plain sentence"
            )


def check_chinese_on_any_machine(answer, rng):
    name, texts = "我的 笔记.json", some_notes(rng, 3)
    notes = [{"id": 7 + n, "text": text, "tags": ["中文"]} for n, text in enumerate(texts)]
    answer.put(name, json.dumps(notes, ensure_ascii=False).encode())
    shown = went_well(answer.run("list", "--file", name, locale="C"), "list").out
    assert shown == lines((note["id"], note["text"]) for note in notes), (
        "在默认编码不是 UTF-8 的机器上，读出来的中文不对：open 时写明 encoding // "
        "on a machine whose default is not UTF-8 the Chinese text was not read: name the encoding"
    )
    more = f"第四条：{WORDS[rng.integers(len(WORDS))]}"
    number = went_well(answer.run("add", more, "--file", name, locale="C"), "add").out
    assert number == "10\n", (
        "新编号应是已有的最大编号加一 // a new number is one more than the largest that is there"
    )
    found = went_well(answer.run("search", "第四条", "--file", name), "search").out
    assert found == lines([(10, more)]), (
        "在那台机器上写下的中文，别处读不出来了 // "
        "Chinese text that was written on that machine cannot be read elsewhere"
    )
    went_well(answer.run("export", "--out", "导出.json", "--file", name, locale="C"), "export")
    try:
        out = json.loads(answer.get("导出.json", 100_000).decode("utf-8"))
    except ValueError:
        out = None
    answer.saw("export", out)
    assert isinstance(out, list) and len(out) == 4, (
        "`export --out` 写出的文件不是 UTF-8 的 JSON // "
        "the file that `export --out` wrote is not JSON in UTF-8"
    )


def check_a_full_disk_keeps_the_old_file(answer, rng):
    notes = [{"id": n + 1, "text": text * 4, "tags": []} for n, text in enumerate(some_notes(rng, 60))]
    before = json.dumps(notes, ensure_ascii=False).encode()
    answer.put("notes.json", before)
    failed = answer.run("add", "写到一半，磁盘满了", file_kib=6, wording=False)
    whole = answer.saw("notes.json", answer.get("notes.json", 10**6) == before)
    assert whole, (
        "写到一半失败，旧文件也毁了：先写到旁边的新文件，写完再换过来 // "
        "the write failed half way and the old file is lost: write beside it, then put it in place"
    )
    assert failed.code == 1 and failed.err.strip() and "Traceback" not in failed.err, (
        f"写不进去时退出码应为 1，并在标准错误上说一句话，得到退出码 {failed.code} // "
        f"what cannot be written ends with exit code 1 and a word on standard error, not {failed.code}"
    )
    left = answer.saw("notes.json", len(answer.names()) - 1)
    assert left == 0, (
        "失败之后，文件夹里多出了写了一半的文件：把它删掉 // "
        "after the failure a half-written file lies in the folder: remove it"
    )
    went_well(answer.run("add", "这次写得下"), "add")
    shown = listed(answer)
    assert shown.endswith("\t这次写得下\n") and shown.count("\n") == len(notes) + 1, (
        "腾出地方以后，应当能接着记 // once there is room again, notes can be added as before"
    )


# --- export --------------------------------------------------------------------------------------


def check_export_reads_back(answer, rng):
    texts = some_notes(rng, 3)
    tags = [["工作", "急"], [], ["家"]]
    for text, own in zip(texts, tags):
        added(answer, text, *[word for tag in own for word in ("--tag", tag)])
    run = went_well(answer.run("export", "--format", "json"), "export")
    wanted = [{"id": n, "text": t, "tags": g} for n, (t, g) in enumerate(zip(texts, tags), 1)]
    assert run.json() == wanted, (
        "导出的 JSON 应是一个列表，每条笔记含 id、text、tags，与记下的完全相同 // "
        "the JSON is a list; each note has id, text and tags, exactly as it was added"
    )
    quiet = went_well(answer.run("export", "--out", "副本.json"), "export")
    assert "副本.json" in answer.names(), "`--out` 没有写出文件 // `--out` wrote no file"
    assert quiet.out == "", (
        "写到文件时，标准输出上不该有别的话 // with --out nothing belongs on standard output"
    )
    assert listed(answer, "--file", "副本.json") == listed(answer), (
        "导出的文件应能直接当作笔记文件用 // an exported file can be used as a file of notes"
    )


def check_other_formats_are_refused(answer, rng):
    added(answer, some_notes(rng, 1)[0])
    for name in ("xml", "JSON5", ""):
        run = answer.run("export", "--format", name, wording=False)
        assert run.code == 2 and not run.out.strip() and run.err.strip(), (
            f"不认识的格式应以退出码 2 拒绝，并说在标准错误上，得到退出码 {run.code} // "
            f"an unknown format is refused with exit code 2 and words on standard error, "
            f"not exit code {run.code}"
        )


def check_functions_say_their_types(answer):
    went_well(answer.run("export"), "export")  # types of what does not work say nothing yet
    untyped = answer.source.untyped
    missing = sorted(name for name, gaps in untyped.items() if gaps)
    answer.saw("answer.py", missing)
    assert not missing, (
        f"这些函数的参数或返回值没有写明类型（写 Any 也不算）：{', '.join(missing)} // "
        f"these functions do not say the types of all arguments and results (Any says nothing): "
        f"{', '.join(missing)}"
    )

"""What a note says: one sentence what, one why it matters, in the abstract, in both languages.

In the order of usefulness: where there is more to say than fits, the upper ones are said. Braces
are filled with names and numbers of the answer.
"""

from collections.abc import Mapping

from zhixing.words import Bilingual

SENTENCES: Mapping[str, Bilingual] = {
    "unreachable": Bilingual(
        "这一行永远执行不到：前面的语句已经离开了这里。读的人会以为它有用，删掉它，或者把它挪到前"
        "面去。",
        "This line is never reached: the statement before it has already left. A reader will "
        "think that it matters; take it out, or move it up.",
    ),
    "array-loop": Bilingual(
        "这个循环对数组逐项做算术。把下标去掉，对整个数组写一个表达式（广播、`@`、沿轴求和），更"
        "短，也由编译好的代码来算，数据一大差别就是几十倍。",
        "This loop does arithmetic entry by entry. One expression over the whole array "
        "(broadcasting, `@`, a sum along an axis) is shorter, and compiled code runs it: on large "
        "data that is a factor of tens.",
    ),
    "unread": Bilingual(
        "`{names}` 赋了值，之后再没有人读它。要么是忘了用，要么可以删掉：多余的名字让人白找一趟。",
        "`{names}` is given a value that nothing reads afterwards. Either it was forgotten or it "
        "can go: a name too many sends the reader looking.",
    ),
    "mutable-default": Bilingual(
        "这个默认值只在定义函数时造一次，所有调用共用同一个对象：一次调用改了它，下一次就看得见。"
        "默认写 `None`，在函数里面再造新的。",
        "This default is made once, when the function is defined, and all calls share it: what "
        "one call changes, the next one sees. Let the default be `None`, and make a new one "
        "inside.",
    ),
    "late-closure": Bilingual(
        "循环里定义的函数用到了循环变量。它要到被调用时才去看变量的值，那时循环往往已经走到最后一"
        "项。把当前值作为默认参数绑进去。",
        "A function defined in a loop uses the loop's variable. It looks the value up when it is "
        "called, often after the last turn. Bind the present value as a default argument.",
    ),
    "bare-except": Bilingual(
        "没有写明类型的 `except` 什么都接得住，连拼错的名字和 Ctrl-C 也被吞掉。写上你真正料到的那"
        "种异常。",
        "An `except` without a type catches everything, also a misspelt name and Ctrl-C. Name the "
        "exception that you expect.",
    ),
    "silent-except": Bilingual(
        "异常在这里被接住，然后什么也不做，出了错也没人知道。只接你料到的那一种，并写明为什么可以"
        "忽略。",
        "An exception is caught here and nothing is done: a mistake would go unseen. Catch only "
        "the one that you expect, and say why it may be ignored.",
    ),
    "is-literal": Bilingual(
        "`is` 问的是“是不是同一个对象”，和数字、字符串比较时结果靠运气。比较值要用 `==`。",
        "`is` asks whether two things are the same object; with numbers and texts the answer is a "
        "matter of luck. Compare values with `==`.",
    ),
    "no-effect": Bilingual(
        "这一行算出一个值，却没有人要它。是不是漏了赋值、`return` 或者调用的括号？不然就删掉。",
        "This line computes a value that nobody takes. Is an assignment, a `return` or the "
        "parentheses of a call missing? If not, it can go.",
    ),
    "redefined": Bilingual(
        "同一个名字在这里又定义了一次，前一个从来没有用上。留下一个，读的人才知道哪个算数。",
        "The same name is defined again here, and the first was never used. Keep one, so that the "
        "reader knows which counts.",
    ),
    "itself": Bilingual(
        "这里拿一样东西和它自己比较。如果是想查 NaN，用 `isnan` 说出来；否则多半是写错了一个名字。",
        "Something is compared with itself here. If this looks for NaN, say so with `isnan`; if "
        "not, one of the names is probably meant to be another.",
    ),
    "repeat": Bilingual(
        "这 {b} 行和前面（到第 {a} 行为止）的一段一模一样。抽成一个有名字的函数：以后要改，只改一"
        "处。",
        "These {b} lines stand above already (up to line {a}). A function with a name holds them "
        "once: a later change is then made in one place.",
    ),
    "long": Bilingual(
        "`{names}` 有 {a} 行代码，参考答案 {b} 行。看看哪几行合起来做一件说得出名字的事，把它们抽"
        "成小函数，每一步才好单独检验。",
        "`{names}` has {a} lines of code, our solution {b}. Look for lines that together do one "
        "thing with a name, and make them a small function: each step can then be tried by itself.",
    ),
    "deep": Bilingual(
        "`{names}` 在这里套了 {a} 层。先处理特殊情况并提早 `return` 或 `continue`，或者抽出内层，"
        "读的人就不用同时记住这么多条件。",
        "`{names}` is {a} blocks deep here. Deal with special cases first and leave early, or "
        "take the inside out into a function: a reader has fewer conditions to keep in mind.",
    ),
    "legacy-random": Bilingual(
        "`np.random` 里的旧函数共用一个全局状态，别处多抽一个数，这里的结果就变。用"
        " `np.random.default_rng(seed)` 造一个自己的生成器，再把它传下去。",
        "The old functions of `np.random` share one global state: a draw elsewhere changes what "
        "comes here. Make a generator with `np.random.default_rng(seed)` and pass it on.",
    ),
    "shadow": Bilingual(
        "`{names}` 是 Python 自带的名字，这里把它盖住了：后面再想用原来的那个，得到的是你的变量。"
        "换个说明内容的名字。",
        "`{names}` is a name of Python's own and is covered here: whoever wants the original "
        "further down gets your variable. Choose a name that says what it holds.",
    ),
    "global": Bilingual(
        "`global` 让函数悄悄改动外面的变量，同样的参数就可能有不同的结果。把值作为参数传入，再返"
        "回。",
        "`global` lets a function change something outside in silence, so that the same arguments "
        "may give different results. Take the value as an argument, and return it.",
    ),
    "name": Bilingual(
        "名字 `{names}` 没有说它装的是什么，而它要用上好多行。换成说明内容的词（例如它是什么的和、"
        "什么的下标），读的人就不必往回翻。",
        "The name `{names}` does not say what it holds. A word for the thing itself (what is "
        "summed, what is counted) saves the reader from looking back.",
    ),
    "unclosed-file": Bilingual(
        "文件在这里打开，如果中间出错就没有人关它。用 `with open(…) as …`，离开时一定会关上。",
        "A file is opened here, and nobody closes it if something goes wrong on the way. `with "
        "open(…) as …` closes it however the block is left.",
    ),
    "unused-import": Bilingual(
        "`{names}` 导入了，却没有用到。删掉它，开头几行就如实说出这份代码靠什么。",
        "`{names}` is imported and not used. Without it the first lines say truly what the code "
        "rests on.",
    ),
    "unused-function": Bilingual(
        "`{names}` 定义了，却没有人调用。删掉它：读的人少读一段，也不会以为漏掉了一步。",
        "`{names}` is defined and nothing calls it. Take it out: there is less to read, and "
        "nobody wonders which step was left out.",
    ),
    "print": Bilingual(
        "这里留着一个 `print`。调试时它有用，交出去以后每次调用都会打印；函数用 `return` 说话就够"
        "了。",
        "A `print` is left here. It helps while one looks for a mistake; later it speaks at every "
        "call. A function says enough with `return`.",
    ),
    "equals-none": Bilingual(
        "和 `None` 比较用 `is None` 或 `is not None`：`==` 可以被对象改写，对数组还会逐项比较。",
        "Compare with `None` by `is None` or `is not None`: an object may give `==` a meaning of "
        "its own, and an array compares entry by entry.",
    ),
    "equals-true": Bilingual(
        "不必和 `{names}` 比较：条件本身已经是真或假，反面用 `not`（布尔数组用 `~`）。少一步，读起"
        "来像一句话。",
        "There is no need to compare with `{names}`: the condition is true or false by itself; "
        "its opposite is `not` (`~` for an array of bools). It then reads like a sentence.",
    ),
    "type-compare": Bilingual(
        "用 `isinstance(x, 类型)` 来问类型：直接比较 `type(x)` 会漏掉子类。",
        "Ask for a type with `isinstance`: comparing `type(x)` itself misses subclasses.",
    ),
    "not-in": Bilingual(
        "写成 `x not in y` 或 `x is not y`：`not` 放在中间，不用先想它管到哪里。",
        "Write `x not in y` or `x is not y`: with `not` in the middle nobody has to think how far "
        "it reaches.",
    ),
    "merge-ifs": Bilingual(
        "两个套在一起的 `if` 可以用 `and` 连成一个，少缩进一层。",
        "Two `if`s inside each other can be one with `and`: one step less to the right.",
    ),
    "else-if": Bilingual(
        "`else` 里面只有一个 `if`：写成 `elif`，几种情况就并排站着，一眼看得出是并列的。",
        "Inside this `else` there is only an `if`: as `elif` the cases stand side by side, and "
        "one sees at once that they are alternatives.",
    ),
    "return-condition": Bilingual(
        "这里按条件返回 `True` 或 `False`：直接返回条件本身就行，两条路变成一句话。",
        "`True` or `False` is returned by a condition here: return the condition itself, and two "
        "ways become one sentence.",
    ),
    "dict-keys": Bilingual(
        "判断一个键在不在字典里，写 `key in d` 就够，不需要 `.keys()`。",
        "`key in d` asks a dict for a key; `.keys()` is not needed.",
    ),
    "comprehension": Bilingual(
        "这个推导式没有改变任何一项，或者先造了一个用不着的列表。直接用 `list(…)`，或者把方括号去"
        "掉。",
        "This comprehension changes no item, or makes a list that is not needed. Use `list(…)`, "
        "or leave the brackets out.",
    ),
    "named-lambda": Bilingual(
        "给 `lambda` 起名字不如用 `def`：出错时 traceback 里能看到名字，也有地方写说明。",
        "A `lambda` that gets a name is better a `def`: a traceback then shows the name, and "
        "there is room for a docstring.",
    ),
    "confusing-letter": Bilingual(
        "单个的 `l`、`O`、`I` 在很多字体里和 1、0 分不开。换个名字，免得看错。",
        "A single `l`, `O` or `I` looks like 1 or 0 in many fonts. Another name saves a "
        "misreading.",
    ),
    "crowded": Bilingual(
        "一行里挤了几条语句。一条一行，出错时 traceback 的行号才说得清是哪一条。",
        "Several statements share this line. With one a line, the line number of a traceback says "
        "which one it was.",
    ),
    "wide": Bilingual(
        "这一行超过 120 个字符，屏幕上要折行或左右拖动。给中间结果起个名字，分成两行。",
        "This line is longer than 120 characters: it wraps or has to be scrolled. Give a result "
        "on the way a name, and make two lines of it.",
    ),
    "plain-string": Bilingual(
        "这个 f-string 里没有花括号，`f` 可以去掉；如果本来想填进一个值，那就是漏了。",
        "This f-string has no braces: the `f` can go, unless a value was to stand in it and was "
        "forgotten.",
    ),
    "escape": Bilingual(
        '字符串里的这个反斜杠不是 Python 认得的转义。正则表达式和 TeX 用 `r"…"`。',
        "The backslash in this text starts nothing that Python knows. For patterns and TeX write "
        '`r"…"`.',
    ),
}

RUFF: Mapping[str, str] = {
    "B006": "mutable-default", "B015": "no-effect", "B018": "no-effect",
    "B023": "late-closure", "C416": "comprehension", "C419": "comprehension", "E501": "wide",
    "E701": "crowded", "E702": "crowded", "E713": "not-in", "E714": "not-in",
    "E721": "type-compare", "E731": "named-lambda", "E741": "confusing-letter",
    "F541": "plain-string", "F632": "is-literal", "F811": "redefined", "NPY002": "legacy-random",
    "PLR0124": "itself", "PLR5501": "else-if", "PLW0603": "global", "S110": "silent-except",
    "SIM102": "merge-ifs", "SIM103": "return-condition", "SIM115": "unclosed-file",
    "SIM118": "dict-keys", "W605": "escape",
}  # fmt: skip
"""The rules of ruff that we ask for, and the kind of note that each becomes."""

ALSO = Bilingual("第 {lines} 行也是这样。", " The same holds for line {lines}.")
"""Said after a sentence that is true of other lines as well."""

PRAISE: Mapping[str, Bilingual] = {
    "no-loop": Bilingual(
        "`{names}` 里一个循环也没有，参考答案里却有：逐项的活儿交给了整个数组和库函数。",
        "There is no loop at all in `{names}`, where our solution has one: the work is left to "
        "whole arrays and the library.",
    ),
    "shared-helper": Bilingual(
        "你把 `{names}` 抽成了单独的函数，并在 {a} 个地方用到它：同样的想法只写一次。",
        "You made `{names}` a function of its own and use it in {a} places: the idea is written "
        "once.",
    ),
    "shorter": Bilingual(
        "全部代码 {a} 行，参考答案 {b} 行：更短，也没有挤在一起。",
        "{a} lines of code in all, our solution has {b}: shorter, and without crowding.",
    ),
}

import numpy as np
from sklearn.datasets import load_digits


def shown(value, chinese=True):
    """What came back, in words, for the Chinese half of a message or the English one."""
    if value is None:
        return "空（None）" if chinese else "None"
    if isinstance(value, (float, np.floating)):
        return f"一个浮点数 {float(f'{value:.4g}')}" if chinese else f"a single float, {float(f'{value:.4g}')}"
    if isinstance(value, (int, np.integer, np.ndarray)) and not isinstance(value, bool) and np.ndim(value) == 0:
        return "一个数" if chinese else "a single number"
    if isinstance(value, np.ndarray):
        return f"形状为 {value.shape} 的数组" if chinese else f"an array of shape {value.shape}"
    name, length = type(value).__name__, len(value) if isinstance(value, (list, tuple)) else None
    if length is None:
        return f"一个 {name} 类型的值" if chinese else f"something of type {name}"
    return f"长为 {length} 的 {name}" if chinese else f"a {name} of length {length}"


def something(value):
    """The value; a failure of its own where a function forgot its return."""
    assert value is not None, "函数什么也没有返回：是不是忘了写 return？ // the function gave nothing back: is its return missing?"
    return value


def labels(rng, n):
    """n labels in any order, all of 0 to 9 among them."""
    return rng.permutation(np.concatenate([np.arange(10), rng.integers(0, 10, size=n - 10)]))


def whole_numbers(value, shape, name):
    something(value)
    assert isinstance(value, np.ndarray) and value.shape == shape, f"{name} 应返回形状 {shape} 的数组，得到的是{shown(value)} // {name} returns an array of shape {shape}, got {shown(value, chinese=False)}"
    assert value.dtype.kind in "iu" or (value.dtype.kind == "f" and np.array_equal(value, np.round(value))), f"{name} 里应是整数 // {name} holds whole numbers"
    return value


def hidden_digits(rng):
    """Real digits that no look-up finds: moved, turned in space and with a little noise."""
    X, y = load_digits(return_X_y=True)
    turn = np.linalg.qr(rng.normal(size=(64, 64)))[0]
    Z = (X - X.mean(axis=0)) @ turn + 3 * rng.normal(size=64) + rng.normal(scale=0.5, size=X.shape)
    order = rng.permutation(len(y))
    return Z[order[:900]], y[order[:900]], Z[order[900:1500]], y[order[900:1500]]


def check_each_centroid_is_a_mean(answer, rng):
    X, y = rng.normal(size=(50, 7)), labels(rng, 50)
    out = something(answer.centroids(X, y))
    assert isinstance(out, np.ndarray) and out.shape == (10, 7), f"十个数字、每张图 7 个像素，应返回 (10, 7) 的数组，得到的是{shown(out)} // ten digits and 7 pixels a picture: return an array of (10, 7), got {shown(out, chinese=False)}"
    assert np.isfinite(out).all(), "出现了 nan：对没有图的数字求了平均？数字是 0 到 9 // there is nan: the mean of no pictures at all? The digits are 0 to 9"
    for digit in range(10):
        rows = [X[i] for i in range(50) if y[i] == digit]
        assert np.allclose(out[digit], sum(rows) / len(rows)), f"第 {digit} 行不是数字 {digit} 的平均图：它有 {len(rows)} 张图，每个像素各自取平均 // row {digit} is not the mean picture of digit {digit}: it has {len(rows)} pictures, and each pixel is averaged by itself"


def check_nearest_centroid_wins(answer, rng):
    C, X = rng.normal(size=(10, 6)), rng.normal(size=(40, 6))
    out = whole_numbers(answer.predict(C, X), (40,), "predict")
    assert out.min() >= 0 and out.max() <= 9, "返回的应是数字 0 到 9，而不是距离 // return digits, 0 to 9, not distances"
    wanted = [min(range(10), key=lambda digit: sum((C[digit] - x) ** 2)) for x in X]
    wrong = int(np.sum(out != wanted))
    assert wrong == 0, f"40 张图里有 {wrong} 张没有选到最近的平均图 // for {wrong} of 40 pictures the nearest mean picture was not chosen"


def check_most_digits_are_read(answer, rng, thresholds):
    X, y, unseen, truth = hidden_digits(rng)
    read = whole_numbers(answer.predict(answer.centroids(X, y), unseen), (600,), "predict")
    share = float(np.mean(read == truth))
    assert share >= thresholds["share_read"], f"600 张没见过的手写数字，只读对了 {share:.0%}：应当在九成左右 // of 600 handwritten digits never seen, {share:.0%} were read right: it should be about nine in ten"


def check_accuracy_is_a_share(answer, rng):
    y = rng.integers(0, 10, size=37)
    p = np.where(rng.random(37) < 0.6, y, rng.integers(0, 10, size=37))
    p[0], p[1] = y[0], (y[1] + 1) % 10
    right = sum(int(a) == int(b) for a, b in zip(y, p))
    out = something(answer.accuracy(y, p))
    assert isinstance(out, (float, int, np.generic)) and not isinstance(out, (bool, np.bool_)), f"应返回一个数，得到的是{shown(out)} // return one number, got {shown(out, chinese=False)}"
    assert abs(out - right / 37) < 1e-9, f"37 张里对了 {right} 张，准确率却是 {out:.4g}：它是“对的”除以“全部” // {right} of 37 are right, yet the accuracy is {out:.4g}: it is the right ones over all"
    assert abs(answer.accuracy(y, y) - 1) < 1e-12, "全对时准确率应是 1 // with everything right the accuracy is 1"
    assert abs(answer.accuracy(y, (y + 1) % 10)) < 1e-12, "全错时准确率应是 0 // with everything wrong the accuracy is 0"


def check_confusion_counts_every_pair(answer, rng):
    y, p = rng.integers(0, 10, size=300), rng.integers(0, 10, size=300)
    out = whole_numbers(answer.confusion(y, p), (10, 10), "confusion")
    assert out.sum() == 300, f"300 张图应数到 300 次，现在一共 {int(out.sum())} 次：同一格出现多次，每次都要加 1 // 300 pictures count 300 times, and these add up to {int(out.sum())}: a cell that is met again is counted again"
    wanted = [[sum(1 for a, b in zip(y, p) if a == true and b == said) for said in range(10)] for true in range(10)]
    assert np.array_equal(out, wanted), "有的格子数错了：行是真实的数字，列是读成的数字 // some cells are wrong: the row is the true digit, the column what it was taken for"


def check_few_pictures_leave_empty_cells(answer, rng):
    a, b = (int(one) for one in rng.choice(9, size=2, replace=False))
    out = whole_numbers(answer.confusion(np.array([a, a, b]), np.array([a, b, b])), (10, 10), "confusion")
    assert out.sum() == 3 and out[a, a] == 1 and out[b, b] == 1, "三张图，两张读对：对角线上应各有 1 // three pictures, two read right: a 1 on the diagonal for each"
    assert out[a, b] == 1 and out[b, a] == 0, f"一张 {a} 被读成 {b}：应记在第 {a} 行、第 {b} 列 // a {a} was taken for a {b}: it belongs in row {a}, column {b}"


def check_most_confused_is_off_the_diagonal(answer, rng):
    for _ in range(4):
        M = rng.integers(0, 9, size=(10, 10)) + np.diag(rng.integers(50, 90, size=10))
        true, said = sorted(rng.choice(10, size=2, replace=False))[::-1]
        M[true, said] = 20
        out = something(answer.most_confused(M))
        assert isinstance(out, (tuple, list)) and len(out) == 2, f"应返回两个数字（真实的, 读成的），得到的是{shown(out)} // return two digits (true, predicted), got {shown(out, chinese=False)}"
        assert out[0] != out[1], f"({out[0]}, {out[1]}) 在对角线上，那是读对的：要找的是错误 // ({out[0]}, {out[1]}) is on the diagonal, where readings are right: a mistake is wanted"
        assert tuple(int(one) for one in out) == (true, said), f"得到 ({out[0]}, {out[1]})，那不是数目最大的一种错误；先行（真实的）后列（读成的） // ({out[0]}, {out[1]}) is not the commonest mistake; row (true) first, column (predicted) second"


def check_first_of_equal_mistakes(answer, rng):
    M = np.diag(rng.integers(1, 3, size=10))
    early, late = sorted(int(one) for one in rng.choice([d for d in range(1, 9)], size=2, replace=False))
    M[early, 9], M[late, 0] = 5, 5
    out = something(answer.most_confused(M))
    assert isinstance(out, (tuple, list)) and len(out) == 2, f"应返回两个数字，得到的是{shown(out)} // return two digits, got {shown(out, chinese=False)}"
    assert tuple(int(one) for one in out) == (early, 9), f"两种错误一样多时，取一行一行读下来先遇到的那个，得到的是 ({out[0]}, {out[1]}) // of two equally common mistakes take the one met first, reading row by row; got ({out[0]}, {out[1]})"


def check_the_matrix_stays_as_it_was(answer, rng):
    M = rng.integers(0, 9, size=(10, 10)) + np.diag(rng.integers(50, 90, size=10))
    M[7, 3] = 20
    kept = answer.keep(M)
    out = something(answer.most_confused(kept))
    assert isinstance(out, (tuple, list)) and len(out) == 2 and out[0] == 7 and out[1] == 3, "最常见的错误没有找对：先看上面的检查 // the commonest mistake is not the right one: see the checks above first"
    assert np.array_equal(kept[...], M), "找完以后，调用者的矩阵变了：对角线被盖掉了。先复制一份，再在副本上改 // the caller's matrix has changed: its diagonal is gone. Copy it first and change the copy"

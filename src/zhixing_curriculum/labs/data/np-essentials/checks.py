import numpy as np
from zhixing_checks import raises


def expect_array(reply, shape, name):
    assert isinstance(reply, np.ndarray), f"{name} 应返回 NumPy 数组，得到的是 {type(reply).__name__} // {name} should return a NumPy array; this is a {type(reply).__name__}"
    assert reply.shape == shape, f"{name} 的形状应是 {shape}，得到 {reply.shape} // {name} should have shape {shape}, not {reply.shape}"
    assert reply.dtype.kind in "fiub", f"{name} 的元素应是数字，得到 dtype {reply.dtype} // {name} should hold numbers; its dtype is {reply.dtype}"
    return reply


def largest_gap(reply, want):
    """nan where only one of the two is nan; 0 for empty arrays."""
    gap = np.abs(np.asarray(reply, float) - np.asarray(want, float))
    gap[np.isnan(reply) & np.isnan(want)] = 0
    return gap.max(initial=0.0)


def alike(one, other):
    """Whether two replies (an array, or several) say the same."""
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other))
    return np.array_equal(one, other)


def one_column_at_a_time(X):
    X = np.asarray(X, float)
    want = np.zeros(X.shape)
    for j in range(X.shape[1]):
        column = [float(v) for v in X[:, j]]
        mean = sum(column) / len(column)
        spread = (sum((v - mean) ** 2 for v in column) / len(column)) ** 0.5
        want[:, j] = [(v - mean) / spread for v in column]
    return want


def pair_by_pair(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    want = np.zeros((len(A), len(B)))
    for i, a in enumerate(A):
        for j, b in enumerate(B):
            want[i, j] = sum((p - q) ** 2 for p, q in zip(a, b)) ** 0.5
    return want


# --- broadcasting -----------------------------------------------------------------------------


def check_standardize_works_down_the_columns(answer, rng):
    X = rng.normal(loc=rng.uniform(-50, 50, size=3), scale=[0.1, 1.0, 20.0], size=(7, 3))
    whole = rng.permutation(30).reshape(6, 5)
    for table, tolerance in [(X, 1e-6), (X.astype(np.float32), 1e-3), (whole, 1e-6), (whole.tolist(), 1e-6)]:
        Z = expect_array(answer.standardize(table), np.shape(table), "standardize(X)")
        assert np.isfinite(Z).all(), "出现了 nan 或 inf，可是每一列都有起伏 // nan or inf, although every column varies"
        mean, spread = abs(Z.mean(axis=0)).max(), Z.std(axis=0)
        assert mean < tolerance, f"某一列的均值是 {mean:.3g}，应为 0：沿哪个轴取的均值？ // a column has mean {mean:.3g}, not 0: along which axis was the mean taken?"
        assert abs(spread - 1).max() < tolerance, f"某一列的标准差是 {spread[abs(spread - 1).argmax()]:.4f}，应为 1：除的是 n 吗？ // a column has standard deviation {spread[abs(spread - 1).argmax()]:.4f}, not 1: was the variance divided by n?"
        assert largest_gap(Z, one_column_at_a_time(table)) < tolerance, "均值 0、标准差 1 都对，但各行不是由原来的值平移、缩放得来的 // mean 0 and spread 1, but the rows are not the shifted and scaled originals"


def check_standardize_survives_edges(answer, rng):
    X = rng.normal(size=(10, 4)) * [1, 1, 1, 1e-9]
    X[:, 1] = 0.1
    Z = expect_array(answer.standardize(X), (10, 4), "standardize(X)")
    assert abs(Z[:, 1]).max() < 1e-6, f"值全相等的列应成为 0，得到 {Z[0, 1]:.3g}：标准差是 0，或舍入后只剩约 1e-17，能拿来除吗？ // a column of equal values should become 0, not {Z[0, 1]:.3g}: its spread is 0, or about 1e-17 after rounding. Can one divide by that?"
    assert np.isfinite(Z).all() and abs(Z[:, [0, 2]].std(axis=0) - 1).max() < 1e-6, "常数列旁边的列也应照常标准化 // the columns beside a constant one should be standardised as usual"
    assert abs(Z[:, 3].std() - 1) < 1e-6, f"有一列的标准差本来是 1e-9（比如以米计的薄膜厚度），标准化以后成了 {Z[:, 3].std():.3g}，应为 1：给标准差加一个小常数，就把它淹没了 // a column had spread 1e-9 (a film's thickness in metres, say) and now has {Z[:, 3].std():.3g} instead of 1: a small constant added to the spread drowns it"
    Z = expect_array(answer.standardize(rng.normal(size=(1, 4))), (1, 4), "standardize(X[:1])")
    assert abs(Z).max() < 1e-6, "只有一行时，每一列都没有起伏：结果应全为 0 // with one row no column varies: everything should be 0"
    expect_array(answer.standardize(np.zeros((0, 3))), (0, 3), "standardize(X[:0])")


def check_outer_pairs_every_u_with_every_v(answer, rng):
    for m, n in [(4, 3), (3, 3), (1, 5), (0, 2)]:
        u, v = rng.normal(size=m), rng.normal(size=n)
        table = expect_array(answer.outer_by_broadcast(u, v), (m, n), "outer_by_broadcast(u, v)")
        want = np.array([a * b for a in u for b in v]).reshape(m, n)
        assert largest_gap(table, want) < 1e-12, "第 i 行第 j 列应是 u[i]·v[j]：u 沿行变、v 沿列变吗？ // row i, column j should be u[i]·v[j]: does u run down the rows and v along the columns?"
    u, v = rng.integers(1, 90, size=4), rng.integers(1, 90, size=2)
    table = expect_array(answer.outer_by_broadcast(u.tolist(), v.tolist()), (4, 2), "outer_by_broadcast(list, list)")
    assert largest_gap(table, [[a * b for b in v] for a in u]) == 0, "整数列表的乘积应当精确 // products of whole numbers should be exact"


def check_distances_equal_brute_force(answer, rng):
    for m, n, d in [(5, 4, 3), (4, 4, 1), (1, 6, 2), (0, 3, 2), (3, 0, 2)]:
        A, B = rng.normal(size=(m, d)), rng.normal(size=(n, d))
        D = expect_array(answer.pairwise_dist(A, B), (m, n), "pairwise_dist(A, B)")
        gap = largest_gap(D, pair_by_pair(A, B))
        assert gap < 1e-6, f"与逐对计算相差 {gap:.2g}：开方了吗？是沿特征轴求和吗？ // off by {gap:.2g} from counting pair by pair: is there a root, and does the sum run over features?"
    A, B = rng.integers(-9, 9, size=(3, 2)), rng.integers(-9, 9, size=(4, 2))
    for left, right in [(A.tolist(), B.tolist()), (A.astype(np.float32), B.astype(np.float32)), (A.astype(np.int8), B)]:
        D = expect_array(answer.pairwise_dist(left, right), (3, 4), "pairwise_dist(A, B)")
        gap = largest_gap(D, pair_by_pair(A, B))
        assert gap < 1e-2, f"列表、float32 或小整数输入时相差 {gap:.2g} // off by {gap:.2g} on lists, float32 or small ints"


def check_distances_ignore_the_origin(answer, rng):
    A = rng.normal(size=(6, 3))
    B = np.concatenate([A[:2], rng.normal(size=(3, 3))])
    near = expect_array(answer.pairwise_dist(A, B), (6, 5), "pairwise_dist(A, B)")
    assert largest_gap(near, pair_by_pair(A, B)) < 1e-6, "在原点附近就不对：先改好与逐对计算不符的地方 // wrong already near the origin: first mend what differs from counting pair by pair"
    far = rng.choice([-1.0, 1.0], size=3) * rng.uniform(1e6, 2e6, size=3)
    A, B = A + far, B + far
    D = expect_array(answer.pairwise_dist(A, B), (6, 5), "pairwise_dist(A, B)")
    assert np.isfinite(D).all(), "两点重合时得到了 nan：对一个略小于 0 的数开了方 // nan where two points coincide: the root of a number just below 0"
    gap = largest_gap(D, pair_by_pair(A, B))
    assert gap < 1e-6, f"把所有点一起平移 10^6，距离竟变了 {gap:.2g}：两个很大的数相减，有效数字就丢了 // moving every point by 10^6 changed a distance by {gap:.2g}: subtracting two huge numbers loses the digits that matter"


def check_distances_are_fast(answer, rng):
    # measured 2026-11-22: one broadcast 0.025 s, pair by pair 0.9 to 1.7 s
    A, B = rng.normal(size=(900, 3)), rng.normal(size=(1100, 3))
    few = expect_array(answer.pairwise_dist(A[:2], B[:3]), (2, 3), "pairwise_dist(A, B)")
    assert largest_gap(few, pair_by_pair(A[:2], B[:3])) < 1e-6, "几个点时就不对：先看前面几项 // wrong already for a few points: see the checks above"
    D = expect_array(answer.pairwise_dist.within(cpu_s=0.25)(A, B), (900, 1100), "pairwise_dist(A, B)")
    i, j = rng.integers(900, size=50), rng.integers(1100, size=50)
    assert largest_gap(D[i, j], [np.linalg.norm(a - b) for a, b in zip(A[i], B[j])]) < 1e-6, "大数组上的距离不对 // wrong distances on large arrays"


def check_broadcasting_leaves_inputs_alone(answer, rng):
    X, u = rng.normal(size=(6, 3)), rng.normal(size=3)
    for call, given in [(answer.standardize, [X]), (answer.outer_by_broadcast, [u, u + 1]), (answer.pairwise_dist, [X, X[:2] + 1])]:
        kept = [answer.keep(array) for array in given]
        first = call(*kept)
        after = [handle[...] for handle in kept]
        assert alike(after, given) and alike(call(*kept), first), "传进来的数组被改了：-= 与 /= 写回原来的内存 // an argument was changed: -= and /= write into the memory they were given"
    Z = expect_array(answer.standardize(answer.keep(X)), X.shape, "standardize(X)")
    assert largest_gap(Z, one_column_at_a_time(X)) < 1e-6, "没有改输入，但结果也不对 // the input is untouched, but the result is wrong"


# --- indexing ---------------------------------------------------------------------------------


def check_one_hot_marks_one_column_per_row(answer, rng):
    for y, k in [(rng.integers(0, 5, size=8), 5), (np.array([2, 0, 2]), 4), (np.zeros(0, int), 3), (np.array([0, 0]), 1)]:
        for labels in (y, y.tolist()):
            out = expect_array(answer.one_hot(labels, k), (len(y), k), "one_hot(y, k)")
            want = [[float(c == label) for c in range(k)] for label in y]
            assert largest_gap(out, np.reshape(want, (len(y), k))) == 0, f"标签 {y.tolist()}：第 i 行应只在第 y[i] 列为 1，别处为 0 // labels {y.tolist()}: row i should be 1 in column y[i] and 0 elsewhere"


def check_one_hot_refuses_foreign_labels(answer, rng):
    k = int(rng.integers(3, 7))
    assert expect_array(answer.one_hot([0, k - 1], k), (2, k), "one_hot(y, k)").sum() == 2, "0 和 k-1 都是合法标签 // 0 and k-1 are both fine labels"
    for stranger in (-1, -k, k):
        try:
            with raises("ValueError", "IndexError"):
                answer.one_hot([0, stranger, 1], k)
        except AssertionError:
            raise AssertionError(f"共 {k} 类，标签 {stranger} 却被接受了：负的下标会从末尾数起 // with {k} classes the label {stranger} was accepted: a negative index counts from the end") from None


def rows_ranked(S, k):
    return [sorted(range(len(row)), key=lambda j: (-row[j], j))[:k] for row in np.asarray(S, float)]


def check_topk_lists_the_best_first(answer, rng):
    for n, m, k in [(4, 9, 3), (3, 6, 6), (1, 1, 1), (0, 4, 2), (5, 3, 1)]:
        S = np.stack([rng.permutation(m) for _ in range(n)]).astype(float) - m / 2 if n else np.zeros((0, m))
        for scores in (S, S.astype(np.float32)):
            out = expect_array(answer.argtopk(scores, k), (n, k), "argtopk(S, k)")
            assert out.dtype.kind in "iu", "返回的应是列号（整数），不是分数本身 // these should be column numbers, not the scores"
            want = np.reshape(rows_ranked(S, k), (n, k))
            assert np.array_equal(np.sort(out), np.sort(want)), f"这 {k} 个不是每一行里最大的 // these are not the {k} largest of each row"
            assert np.array_equal(out, want), "选对了，但没有从大到小排 // the right ones, but not from the largest down"


def check_topk_breaks_ties_by_position(answer, rng):
    S = rng.integers(0, 3, size=(6, 40)).astype(float)
    out = expect_array(answer.argtopk(S, 12), (6, 12), "argtopk(S, k)")
    assert out.dtype.kind in "iu" and ((out >= 0) & (out < 40)).all(), "返回的应是 0 到 m-1 之间的列号 // these should be column numbers between 0 and m-1"
    assert np.array_equal(np.take_along_axis(S, out, 1), -np.sort(-S, axis=1)[:, :12]), "选出的分数不是从大到小最大的那些 // the chosen scores are not the largest, from the largest down"
    assert np.array_equal(out, rows_ranked(S, 12)), "分数相同时，列号小的应排在前面：整个倒过来，并列的也跟着倒了 // equal scores: the smaller column number comes first. Reversing a sorted row reverses its ties too"


def check_topk_of_nothing_is_nothing(answer, rng):
    S = rng.normal(size=(3, 5))
    assert np.array_equal(expect_array(answer.argtopk(S, 2), (3, 2), "argtopk(S, 2)"), rows_ranked(S, 2)), "k = 2 时就不对：先看前面几项 // wrong already for k = 2: see the checks above"
    out = answer.argtopk(S, 0)
    assert np.shape(out) == (3, 0), f"k = 0 时应一个不选，形状 (3, 0)，得到 {np.shape(out)}：-0 就是 0，[-0:] 是全部 // k = 0 should choose nothing, shape (3, 0), not {np.shape(out)}: -0 is 0 and [-0:] is everything"


def check_topk_of_unsigned_scores(answer, rng):
    S = np.stack([rng.permutation(8) for _ in range(4)]).astype(np.uint8)
    same = expect_array(answer.argtopk(S.astype(float), 3), (4, 3), "argtopk(S, k)")
    assert np.array_equal(same, rows_ranked(S, 3)), "这些分数写成浮点数时就排错了：先看前面几项 // wrong already when these scores are floats: see the checks above"
    out = expect_array(answer.argtopk(S, 3), (4, 3), "argtopk(S, k)")
    assert np.array_equal(out, rows_ranked(S, 3)), "uint8 的分数排错了：无符号整数取负是 256 - s，而 0 还是 0 // wrong for uint8 scores: minus an unsigned s is 256 - s, and 0 stays 0"


def limited(X, low, high):
    Y = [[lo if v < lo else hi if v > hi else v for v in row] for row, lo, hi in zip(X, low, high)]
    return np.reshape(np.array(Y, float), np.shape(X))


def expect_pair(reply, shape):
    assert isinstance(reply, tuple) and len(reply) == 2, "where_clip 应返回两个数组：(Y, 掩码) // where_clip should return two arrays: (Y, mask)"
    return expect_array(reply[0], shape, "where_clip(…)[0]"), expect_array(reply[1], shape, "where_clip(…)[1]")


def check_clip_takes_one_bound_per_row(answer, rng):
    for n, t in [(4, 4), (5, 1), (3, 7), (1, 3), (0, 2)]:
        X = rng.normal(size=(n, t))
        low = rng.uniform(-1, -0.1, size=n)
        high = rng.uniform(0.1, 1, size=n)
        for given in [(X, low, high), (X.tolist(), low.tolist(), high.tolist())][: 2 if n else 1]:
            Y, mask = expect_pair(answer.where_clip(*given), (n, t))
            want = limited(X, low, high)
            assert largest_gap(Y, want) == 0, f"形状 {(n, t)}：第 i 行的界应是 low[i] 与 high[i]；(n,) 与 (n, t) 是从右边对齐的 // shape {(n, t)}: row i is bounded by low[i] and high[i]; (n,) and (n, t) are aligned from the right"
            assert mask.dtype == bool and np.array_equal(mask, want != X), "掩码应是布尔值，只在值被替换处为 True // the mask should be bools, True exactly where a value was replaced"


def check_clip_marks_only_what_it_changed(answer, rng):
    low, high = np.array([-1.0, 0.0]), np.array([1.0, 0.5])
    X = np.array([[-1.0, 1.0, 3.0, np.nan], [0.0, np.nan, -2.0, 0.5]])[:, rng.permutation(4)]
    Y, mask = expect_pair(answer.where_clip(X, low, high), X.shape)
    assert np.array_equal(np.isnan(Y), np.isnan(X)), "nan 应原样留下 // nan should stay nan"
    assert not (mask.astype(bool) & np.isnan(X)).any(), "nan 没有被替换，不该标记：nan != nan 为真 // nan was not replaced and should not be marked: nan != nan is true"
    assert np.array_equal(mask, np.isin(X, [3.0, -2.0])), "恰好等于界的值没有变，不该标记 // a value equal to its bound did not change and should not be marked"
    assert largest_gap(Y, limited(X, low, high)) == 0, "值没有被限制到界内 // values were not limited to their bounds"


def check_clip_keeps_fractional_bounds(answer, rng):
    X = rng.integers(-6, 7, size=(3, 8))
    X[:, :2] = [-9, 9]
    low, high = rng.integers(-4, 0, size=3) + 0.25, rng.integers(1, 5, size=3) + 0.75
    Y, _ = expect_pair(answer.where_clip(X, low, high), (3, 8))
    assert largest_gap(Y, limited(X, low, high)) == 0, "X 是整数、界是小数：把 2.75 写进整数数组，只剩 2 // X holds ints, the bounds are fractions: writing 2.75 into an int array leaves 2"


def check_indexing_leaves_inputs_alone(answer, rng):
    X, S, y = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), rng.integers(0, 3, size=5)
    low, high = np.full(3, -0.5), np.full(3, 0.5)
    for call, arrays, more in [(answer.one_hot, [y], [3]), (answer.argtopk, [S], [2]), (answer.where_clip, [X, low, high], [])]:
        kept = [answer.keep(array) for array in arrays]
        first = call(*kept, *more)
        after = [handle[...] for handle in kept]
        assert alike(after, arrays) and alike(call(*kept, *more), first), "传进来的数组被改了：X[掩码] = … 写进的是原来的内存 // an argument was changed: X[mask] = … writes into the memory it was given"
    Y, _ = expect_pair(answer.where_clip(answer.keep(X), low, high), X.shape)
    assert largest_gap(Y, limited(X, low, high)) == 0, "没有改输入，但结果也不对 // the input is untouched, but the result is wrong"


# --- windows ----------------------------------------------------------------------------------


def run_by_run(x, w):
    return [sum(x[i : i + w]) / w for i in range(len(x) - w + 1)]


def check_moving_avg_equals_brute_force(answer, rng):
    for n, w in [(9, 3), (8, 2), (5, 5), (6, 1), (1, 1)]:
        x = rng.normal(size=n) + 3
        for given, tolerance in [(x, 1e-9), (x.astype(np.float32), 1e-3), (x.tolist(), 1e-9)]:
            out = expect_array(answer.moving_avg(given, w), (n - w + 1,), f"moving_avg(x, {w}), n = {n}")
            gap = largest_gap(out, run_by_run(x.tolist(), w))
            assert gap < tolerance, f"n = {n}、w = {w} 时差 {gap:.2g}：第 i 个结果应是 x[i] … x[i+w-1] 的均值 // n = {n}, w = {w}: off by {gap:.2g}; result i should be the mean of x[i] … x[i+w-1]"
    x = rng.integers(0, 200, size=12).astype(np.uint8)
    out = expect_array(answer.moving_avg(x, 4), (9,), "moving_avg(uint8, 4)")
    assert largest_gap(out, run_by_run(x.tolist(), 4)) < 1e-9, "uint8 的均值不对：相加时溢出了吗？ // wrong for uint8: did a sum overflow?"


def check_moving_avg_forgets_what_left_the_window(answer, rng):
    x = rng.normal(size=12)
    want = np.array(run_by_run(x.tolist(), 3))
    for glitch in (np.nan, 1e14):
        spoilt = x.copy()
        spoilt[1] = glitch
        out = expect_array(answer.moving_avg(spoilt, 3), (10,), "moving_avg(x, 3)")
        assert largest_gap(out[2:], want[2:]) < 1e-9, f"x[1] = {glitch:g} 影响了不含它的窗口：累计和会一直带着它 // x[1] = {glitch:g} changed windows that do not contain it: a running total carries it along for ever"
        assert not (abs(out[:2]) < 1e9).any(), f"含有 x[1] = {glitch:g} 的窗口却看不出它 // windows that contain x[1] = {glitch:g} do not show it"


def check_moving_avg_refuses_impossible_windows(answer, rng):
    x = rng.normal(size=5)
    assert largest_gap(expect_array(answer.moving_avg(x, 5), (1,), "moving_avg(x, n)"), [sum(x) / 5]) < 1e-9, "w = n 是合法的窗口 // w = n is a fine window"
    for n, w in [(5, 6), (5, 0), (5, -1), (0, 1)]:
        try:
            with raises("ValueError"):
                answer.moving_avg(x[:n], w)
        except AssertionError:
            raise AssertionError(f"{n} 个值里放不下宽 {w} 的窗口，应抛出 ValueError，不该返回数字 // a window of {w} does not fit into {n} values: a ValueError, not numbers") from None


def check_moving_avg_is_fast(answer, rng):
    # measured 2026-11-22: all windows at once 0.008 s, one call per window 0.5 to 1.1 s
    x = rng.normal(size=500_000)
    few = expect_array(answer.moving_avg(x[:9], 8), (2,), "moving_avg(x, 8)")
    assert largest_gap(few, run_by_run(x[:9].tolist(), 8)) < 1e-9, "几个值时就不对：先看前面几项 // wrong already for a few values: see the checks above"
    out = expect_array(answer.moving_avg.within(cpu_s=0.15)(x, 8), (499_993,), "moving_avg(x, 8)")
    i = rng.integers(499_993, size=50)
    assert largest_gap(out[i], [x[k : k + 8].mean() for k in i]) < 1e-9, "长序列上的均值不对 // wrong means on a long series"


def check_patches_equal_brute_force(answer, rng):
    for H, W, size, stride in [(6, 6, 3, 3), (7, 5, 2, 1), (5, 8, 3, 2), (4, 4, 4, 1), (3, 6, 1, 2)]:
        image = rng.integers(0, 250, size=(H, W))
        rows, cols = (H - size) // stride + 1, (W - size) // stride + 1
        want = [[image[i * stride : i * stride + size, j * stride : j * stride + size] for j in range(cols)] for i in range(rows)]
        for given in (image, image.astype(np.uint8), image.tolist(), image.astype(np.float32)):
            out = expect_array(answer.im2patches(given, size, stride), (rows, cols, size, size), f"im2patches({H}×{W}, size={size}, stride={stride})")
            assert largest_gap(out, want) == 0, f"{H}×{W} 的图，size={size}、stride={stride}：[i, j] 里不是从 (i·stride, j·stride) 起的那一块像素 // {H}×{W}, size={size}, stride={stride}: [i, j] is not the square of pixels that starts at (i·stride, j·stride)"


def check_patches_outlive_the_image(answer, rng):
    for size, stride in [(2, 1), (2, 2), (4, 1)]:
        image = rng.integers(1, 250, size=(6, 5))
        camera = answer.keep(image)
        patches = expect_array(answer.im2patches(camera, size, stride), ((6 - size) // stride + 1, (5 - size) // stride + 1, size, size), f"im2patches(6×5, size={size}, stride={stride})")
        answer.probe.next_frame(camera, size, stride)
        corner = camera[...][:size, :size]
        assert corner.any(), "原图清零之后，小块也成了 0：它们是原图内存的视图，没有自己的一份 // once the image was blacked out the patches were black too: they are views of its memory, not a copy"
        assert np.array_equal(corner, patches[-1, -1]), "原图改写之后，小块里的像素变了 // the pixels of a patch changed when the image was overwritten"

import numpy as np


def array(reply, shape, name):
    """The reply as floats, once it is known to be a finite array of this shape."""
    seen = "None" if reply is None else type(reply).__name__
    assert isinstance(reply, np.ndarray), f"{name} 应返回 numpy 数组，得到的是 {seen} // {name} should return a numpy array, not {seen}"
    assert reply.shape == shape, f"{name} 的形状应是 {shape}，得到 {reply.shape} // {name} should have shape {shape}, got {reply.shape}"
    assert reply.dtype.kind in "iuf", f"{name} 里应是实数，得到 {reply.dtype} // {name} should hold real numbers, got {reply.dtype}"
    assert np.isfinite(reply).all(), f"{name} 里有 inf 或 nan：除以 0 了吗？ // {name} holds inf or nan: was something divided by 0?"
    return reply.astype(float)


def number(reply, name):
    seen = "None" if reply is None else type(reply).__name__
    good = isinstance(reply, (int, float, np.integer, np.floating)) and not isinstance(reply, bool)
    assert good and not np.isnan(reply), f"{name} 应返回一个数，得到的是 {'nan' if good else seen} // {name} should return one number, got {'nan' if good else seen}"
    return float(reply)


def triples(reply, m, n, r):
    assert isinstance(reply, (tuple, list)) and len(reply) == 3, "svd_power 要返回三样东西：(U, s, V) // svd_power returns three things: (U, s, V)"
    return array(reply[0], (m, r), "svd_power → U"), array(reply[1], (r,), "svd_power → s"), array(reply[2], (n, r), "svd_power → V")


def orthonormal(rng, m, n):
    return np.linalg.qr(rng.normal(size=(m, n)))[0]


def known(rng, m, n):
    """A random matrix with its singular triples; each value is about 0.6 times the one before."""
    r = min(m, n)
    s = 20 * np.cumprod(rng.uniform(0.55, 0.65, size=r))
    U, V = orthonormal(rng, m, r), orthonormal(rng, n, r)
    return U, s, V, U * s @ V.T


def picture(rng, m, n):
    """A grey picture, uint8: a slope of light, four discs, stripes on the right half, grain."""
    y, x = np.mgrid[0:m, 0:n] / max(m, n)
    grey = 90 + 70 * (x * rng.uniform(0.5, 1) + y * rng.uniform(-0.5, 0.5))
    for _ in range(4):
        row, column, radius = rng.uniform(0.1, 0.9) * m / max(m, n), rng.uniform(0.1, 0.9), rng.uniform(0.06, 0.2)
        grey = np.where((x - column) ** 2 + (y - row) ** 2 < radius**2, rng.uniform(10, 245), grey)
    angle = rng.uniform(0, np.pi)
    grey = grey + 18 * np.sign(np.sin(60 * (x * np.cos(angle) + y * np.sin(angle)))) * (x > 0.5)
    return np.clip(np.round(grey + rng.normal(scale=6, size=(m, n))), 0, 255).astype(np.uint8)


def a_pair(rng, long, short):
    """A random 2x2 matrix with these singular values, and a random turn of the plane."""
    left, right, extra = (turn(rng.uniform(0, 2 * np.pi)) for _ in range(3))
    return left * [long, short] @ right, extra


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def axes(answer, A):
    """U, s and V of the answer, once their shapes are known to be right."""
    reply = answer.ellipse_axes(A)
    assert isinstance(reply, (tuple, list)) and len(reply) == 3, "ellipse_axes 要返回三样东西：(U, s, V) // ellipse_axes returns three things: (U, s, V)"
    return array(reply[0], (2, 2), "ellipse_axes → U"), array(reply[1], (2,), "ellipse_axes → s"), array(reply[2], (2, 2), "ellipse_axes → V")


def on_axes(U, s, V, A, what_zh, what_en):
    for name, Q in (("U", U), ("V", V)):
        lean = abs(Q.T @ Q - np.eye(2)).max()
        assert lean < 1e-9, f"{what_zh}：{name} 的两列应是互相垂直的单位向量，差了 {lean:.1e} // {what_en}: the columns of {name} should be perpendicular and of length 1, off by {lean:.1e}"
    gap = abs(A @ V - U * s).max()
    assert gap < 1e-6 * max(1, s[0]), f"{what_zh}：A 应把 V 的第 i 列送到 s[i] 乘 U 的第 i 列，差了 {gap:.1e}。方向是立在列里吗？V 是进去的方向（出自 AᵀA），U 是出来的方向 // {what_en}: A should take column i of V to s[i] times column i of U, off by {gap:.1e}. Do directions stand in columns? V goes in (from AᵀA), U comes out"


def check_half_axes_are_the_longest_and_shortest_arrows(answer, rng):
    angle = np.linspace(0, np.pi, 3600)
    for _ in range(4):
        long = rng.uniform(2, 9)
        A, extra = a_pair(rng, long, long * rng.uniform(0.2, 0.8))
        kept = answer.keep(A)
        s = axes(answer, kept)[1]
        assert np.array_equal(kept[...], A) and np.allclose(axes(answer, kept)[1], s), "ellipse_axes 改动了传进来的 A // ellipse_axes changed the A it was given"
        arrows = np.linalg.norm(A @ [np.cos(angle), np.sin(angle)], axis=0)
        assert s[0] >= s[1] >= 0, "s 应从长到短，而且不小于 0 // s goes from long to short and is never below 0"
        assert abs(s[0] - arrows.max()) < 1e-4 * s[0], f"让 x 沿单位圆走一圈，|Ax| 最长时是 s[0] 的 {arrows.max() / s[0]:.4g} 倍：半轴是 AᵀA 的特征值开方，不是 A 的特征值 // with x going round the unit circle the longest |Ax| is {arrows.max() / s[0]:.4g} times your s[0]: a half-axis is the root of an eigenvalue of AᵀA, not an eigenvalue of A"
        assert abs(s[1] - arrows.min()) < 1e-4 * s[0], f"|Ax| 最短与 s[1] 差了 {abs(s[1] - arrows.min()) / s[0]:.1e}（以长半轴为 1） // the shortest |Ax| and your s[1] differ by {abs(s[1] - arrows.min()) / s[0]:.1e} of the long half-axis"
        turned = axes(answer, extra @ A @ extra)[1]
        assert np.allclose(turned, s, rtol=1e-9, atol=0), "先把平面转一转、或者事后再转，半轴的长度不该变 // turning the plane before or after must not change the half-axes"
    whole = rng.integers(1, 9, size=(2, 2)) + np.array([[9, 0], [0, 0]])
    s = axes(answer, whole)[1]
    assert abs(np.prod(s) - abs(np.linalg.det(whole))) < 1e-6, "整数矩阵：两个半轴之积应等于 |det A|，单位圆的面积正好变成这么多倍 // integer matrix: the half-axes multiply to |det A|, the factor by which the area of the circle grows"


def check_each_direction_lands_on_its_axis(answer, rng):
    one, two = rng.uniform(1, 3), rng.uniform(4, 7)
    cases = [
        ("一般的矩阵", "a matrix without zeros", a_pair(rng, two, one)[0]),
        ("带镜像的矩阵（行列式为负）", "a matrix with a reflection (negative determinant)", a_pair(rng, two, one)[0] @ np.diag([1, -1])),
        ("对角矩阵，第一个数大", "a diagonal matrix, the first entry larger", np.diag([two, one])),
        ("对角矩阵，第二个数大", "a diagonal matrix, the second entry larger", np.diag([one, two])),
        ("剪切", "a shear", np.array([[1, two], [0, 1]])),
        ("对角线上有负数", "a negative number on the diagonal", np.diag([one, -two])),
    ]
    for what_zh, what_en, A in cases:
        on_axes(*axes(answer, A), A, what_zh, what_en)


def check_circles_segments_and_points_have_axes_too(answer, rng):
    size, angle = rng.uniform(1, 5), rng.uniform(0, 2 * np.pi)
    cases = [
        ("单位矩阵的倍数（椭圆是圆）", "a multiple of the identity (the ellipse is a circle)", size * np.eye(2), (size, size)),
        ("旋转（椭圆是圆）", "a rotation (the ellipse is a circle)", size * turn(angle), (size, size)),
        ("压扁的矩阵（椭圆是线段）", "a collapse (the ellipse is a segment)", a_pair(rng, size, 0)[0], (size, 0)),
        ("一列是 0（椭圆是线段）", "one column of zeros (the ellipse is a segment)", size * np.array([[0, 0.6], [0, 0.8]]), (size, 0)),
        ("全 0 的矩阵（椭圆是一个点）", "a matrix of zeros (the ellipse is a point)", np.zeros((2, 2)), (0, 0)),
    ]
    for what_zh, what_en, A, want in cases:
        U, s, V = axes(answer, A)
        assert np.allclose(s, want, atol=1e-6), f"{what_zh}：半轴的长度不对 // {what_en}: the half-axes have the wrong length"
        on_axes(U, s, V, A, what_zh, what_en)


def check_a_thin_ellipse_keeps_its_width(answer, rng):
    for _ in range(8):
        long, thin = rng.uniform(1, 5), rng.uniform(3e-9, 5e-9)
        A, _ = a_pair(rng, long, long * thin)
        s = axes(answer, A)[1]
        off = abs(s[1] / (long * thin) - 1)
        assert off < 1e-5, f"短半轴只有长半轴的 {thin:.0e}，你的 s[1] 差了 {off:.1e} 倍：两个几乎相等的数相减，有效数字就没了；换一条路，两个半轴之积是 |det A| // the short half-axis is {thin:.0e} of the long one, and your s[1] is off by {off:.1e} of its own size: subtracting two nearly equal numbers loses the digits; take another road, the two multiply to |det A|"


def check_singular_values_agree(answer, rng):
    for m, n, k in ((12, 7, 4), (6, 11, 6)):
        _, s, _, A = known(rng, m, n)
        kept = answer.keep(A)
        got = triples(answer.svd_power(kept, k), m, n, k)[1]
        again = triples(answer.svd_power(kept, k), m, n, k)[1]
        assert np.array_equal(kept[...], A) and np.allclose(again, got), "svd_power 改动了传进来的 A：减去一份时要造新数组 // svd_power changed the A it was given: make a new array when you take a share out"
        far = abs(got / s[:k] - 1)
        assert far.max() < 1e-8, f"形状 {(m, n)}：第 {far.argmax() + 1} 个奇异值的相对误差是 {far.max():.1e}：迭代到不再变了吗？每找到一个都从矩阵里减掉了吗？给的是长度，还是长度的平方？ // shape {(m, n)}: singular value number {far.argmax() + 1} is off by {far.max():.1e} (relative): did the iteration settle, was each one found taken out of the matrix, and is it a length or its square?"
    whole = rng.integers(1, 10, size=(6, 4))
    got = triples(answer.svd_power(whole, 1), 6, 4, 1)[1]
    assert abs(got[0] / np.linalg.norm(whole.astype(float), 2) - 1) < 1e-6, "整数矩阵的最大奇异值不对：先转成浮点数 // the largest singular value of an integer matrix is off: turn it into floats first"


def check_v_holds_directions_in_columns(answer, rng):
    for m, n in ((5, 5), (9, 6), (5, 8)):
        _, _, _, A = known(rng, m, n)
        k = 5
        U, s, V = triples(answer.svd_power(A, k), m, n, k)
        for name, Q in (("U", U), ("V", V)):
            lean = abs(Q.T @ Q - np.eye(k)).max()
            assert lean < 1e-6, f"{name} 的各列不是两两垂直的单位向量（差 {lean:.1e}） // the columns of {name} are not orthonormal (off by {lean:.1e})"
        gap = abs(A @ V - U * s).max()
        assert gap < 1e-6, f"形状 {(m, n)}：A v 应等于 s u，逐列最多差 {gap:.1e}。V 的一列是一个方向：返回的是不是 V 的转置，或者 U、V 的正负号不配套？ // shape {(m, n)}: A v should be s u, column by column it is off by up to {gap:.1e}. A column of V is a direction: is this V transposed, or do the signs of U and V not match?"


def check_striped_picture_has_rank_one(answer, rng):
    m, n = 10, 8
    stripes = np.outer(rng.integers(1, 9, size=m), np.tile([1, -1], n // 2)) * 12
    for what_zh, what_en, A, r in (("明暗相间的竖条", "stripes of +1 and −1", stripes, 1), ("全是 0 的图", "a picture of zeros", np.zeros((m, n)), 0), ("秩为 2 的图", "a picture of rank 2", known(rng, m, 2)[3] @ orthonormal(rng, n, 2).T, 2)):
        reply = answer.svd_power(A, 3)
        assert isinstance(reply, (tuple, list)) and len(reply) == 3, "svd_power 要返回三样东西：(U, s, V) // svd_power returns three things: (U, s, V)"
        flat = isinstance(reply[1], np.ndarray) and reply[1].ndim == 1
        assert flat, f"svd_power → s 应是一维的 numpy 数组，得到的是 {type(reply[1]).__name__} // svd_power → s should be a numpy array of one axis, got {type(reply[1]).__name__}"
        count = len(reply[1])
        assert count == r, f"{what_zh}，要 3 个奇异值：应只给出 {r} 个，得到 {count} 个。减到只剩舍入误差就该停；起点若碰巧与所求的方向垂直，也会找不到它 // {what_en}, asked for 3 singular values: {r} are real, {count} came. Stop when only rounding is left; and a start that happens to be perpendicular to the direction never finds it"
        U, s, V = triples(reply, m, n, r)
        assert np.allclose(U * s @ V.T, A, atol=1e-8), f"{what_zh}：U·diag(s)·Vᵀ 拼不回原图 // {what_en}: U·diag(s)·Vᵀ does not give the picture back"


def check_error_is_what_was_left_out(answer, rng):
    for m, n, k in ((9, 6, 2), (5, 8, 3)):
        U, s, V, A = known(rng, m, n)
        part = array(answer.rebuild(U[:, :k], s[:k], V[:, :k]), (m, n), "rebuild")
        assert np.allclose(part, U[:, :k] * s[:k] @ V[:, :k].T), "rebuild 应把每个 s·u·vᵀ 加起来：奇异值乘在 U 的列上，V 要转置 // rebuild adds up s·u·vᵀ: singular values scale the columns of U, and V is transposed"
        measured = np.linalg.norm(A - part)
        promised = number(answer.truncation_error(s, k), "truncation_error") / measured
        assert abs(promised - 1) < 1e-6, f"truncation_error 是实测误差 |A − A_k| 的 {promised:.4g} 倍：先平方、再求和、再开方，而且只算第 k 个以后的 // truncation_error is {promised:.4g} times the measured |A − A_k|: square, sum, then root, over the values after the first k only"
        mine = array(answer.rebuild(*triples(answer.svd_power(A, k), m, n, k)), (m, n), "rebuild")
        assert abs(np.linalg.norm(A - mine) / measured - 1) < 1e-6, "用 svd_power 的结果重建，误差大于最优的 rank-k：方向没有找准 // rebuilt from svd_power, the error exceeds that of the best rank k: the directions are not the best ones"
    assert abs(number(answer.truncation_error(s, len(s)), "truncation_error")) < 1e-12, "一个都不舍去时，误差是 0 // with nothing left out the error is 0"


def check_picture_keeps_its_best_ranks(answer, rng):
    for m, n in ((48, 64), (64, 40)):
        image = picture(rng, m, n)
        grey = image.astype(float)
        s = np.linalg.svd(grey, compute_uv=False)
        for k in (1, 5, 20):
            kept = answer.keep(image)
            out = array(answer.compress(kept, k), (m, n), "compress")
            again = array(answer.compress(kept, k), (m, n), "compress")
            assert np.array_equal(kept[...], image) and np.allclose(again, out, atol=1e-3), "compress 改动了传进来的图 // compress changed the picture it was given"
            ratio = np.linalg.norm(grey - out) / np.sqrt((s[k:] ** 2).sum())
            assert abs(ratio - 1) < 1e-6, f"{m}×{n} 的图，k={k}：误差是 Eckart–Young 所说的 {ratio:.6g} 倍。取整、截断到 0–255、转回 uint8 都会改变它；k 个方向一个不能少 // {m}×{n} picture, k={k}: the error is {ratio:.6g} times what Eckart–Young says. Rounding, cutting to 0–255 and going back to uint8 all change it; and all k directions are needed"
            assert np.linalg.matrix_rank(out, tol=1e-6 * s[0]) <= k, f"k={k}：结果的秩超过了 k // k={k}: the rank of the result is above k"


def check_psnr_is_decibels_below_the_peak(answer, rng):
    for peak in (255.0, 1.0, 4095.0):
        a = rng.uniform(0.1, 0.6, size=(9, 7)) * peak
        b = a + rng.normal(scale=0.05 * peak, size=a.shape)
        want = 20 * np.log10(peak) - 10 * np.log10(np.mean((a - b) ** 2))
        off = number(answer.psnr(a, b, peak), "psnr") - want
        assert abs(off) < 1e-9, f"peak={peak:g}：PSNR 差 {off:+.3f} dB。峰值是约定的最大值，不是这张图里最亮的；比的是峰值的平方与均方误差 // peak={peak:g}: PSNR is off by {off:+.3f} dB. The peak is the agreed maximum, not the brightest pixel here; its square is compared with the mean squared error"
    off = number(answer.psnr(a, a + 1.0), "psnr") - 20 * np.log10(255)
    assert abs(off) < 1e-6, f"不给 peak 时按 255 算，差了 {off:+.3f} dB // without a peak it is 255: off by {off:+.3f} dB"
    assert number(answer.psnr(a, a.copy()), "psnr") == np.inf, "两张图一模一样时，PSNR 是 inf // two equal pictures have a PSNR of inf"


def check_uint8_does_not_wrap_around(answer, rng):
    a = rng.integers(0, 200, size=(8, 8)).astype(np.uint8)
    b = (a + rng.integers(1, 6, size=(8, 8))).astype(np.uint8)
    want = 20 * np.log10(255) - 10 * np.log10(np.mean((a.astype(float) - b) ** 2))
    for first, second in ((a, b), (b, a)):
        off = number(answer.psnr(first, second), "psnr") - want
        assert abs(off) < 1e-9, f"uint8 的两张图，每个像素只差 1 到 5，PSNR 却差了 {off:+.1f} dB：uint8 里 3 − 5 是 254，先转成浮点再相减 // two uint8 pictures, 1 to 5 apart in every pixel, and PSNR is off by {off:+.1f} dB: in uint8 3 − 5 is 254, turn them into floats before subtracting"


def check_energy_counts_squares(answer, rng):
    def rank(s, p):
        k = answer.rank_for_energy(s, p)
        assert isinstance(k, (int, np.integer)) and not isinstance(k, bool), f"rank_for_energy 应返回一个整数，得到的是 {type(k).__name__} // rank_for_energy should return an integer, not {type(k).__name__}"
        return int(k)

    even = np.full(4, float(rng.integers(1, 9)))
    assert [rank(even, p) for p in (0.25, 0.5, 0.6)] == [1, 2, 3], "四个相等的奇异值，每个占四分之一的能量：正好达到要求就够了；返回的是个数，不是下标 // four equal singular values hold a quarter of the energy each: reaching the share exactly is enough; return how many, not an index"
    for _ in range(20):
        s = np.sort(rng.uniform(0.2, 10, size=int(rng.integers(3, 12))))[::-1]
        p = float(rng.uniform(0.3, 0.97))
        k, total = rank(s, p), (s**2).sum()
        assert 1 <= k <= len(s), f"返回了 {k}，而奇异值有 {len(s)} 个 // got {k} with {len(s)} singular values"
        assert (s[:k] ** 2).sum() >= p * total, f"前 {k} 个的能量还不到要求的 {p:.2f}：能量是平方和 // the first {k} hold less than the share {p:.2f} of the energy: energy is the sum of squares"
        assert (s[: k - 1] ** 2).sum() < p * total, f"{k} 不是最小的：少一个也达到了 {p:.2f}。能量是平方和，不是和 // {k} is not the smallest: one less reaches {p:.2f} too. Energy is the sum of squares, not the sum"
        assert rank(s, 1.0) == len(s), "p=1 要留下全部：当心舍入使最后的累计值略小于 1 // p=1 keeps all of them: mind that rounding can leave the last share just below 1"


def check_storage_counts_every_number(answer, rng):
    for _ in range(5):
        m, n, k = (int(v) for v in rng.integers([20, 20, 1], [90, 90, 20]))
        ratio = number(answer.storage_ratio((m, n), k), "storage_ratio") * m * n / (k * (m + n + 1))
        assert abs(ratio - 1) < 1e-9, f"{m}×{n}、k={k}：storage_ratio 是应有值的 {ratio:.5g} 倍。U 的 k 列、V 的 k 列、k 个奇异值都要存，再除以原来的 mn 个数 // {m}×{n}, k={k}: storage_ratio is {ratio:.5g} times what it should be. k columns of U, k columns of V and k singular values are stored, over the mn numbers of the original"


def table(reply, ranks):
    """The rows of compression_table, once their form is known to be right."""
    good = isinstance(reply, list) and all(isinstance(row, dict) for row in reply)
    assert good, "compression_table 应返回一个列表，每一行是一个字典 // compression_table should return a list with a dict for every row"
    assert len(reply) == len(ranks), f"要了 {len(ranks)} 个秩，得到 {len(reply)} 行 // {len(ranks)} ranks were asked for and {len(reply)} rows came"
    for row in reply:
        assert set(row) == {"rank", "storage", "psnr", "error"}, "每一行的键应是 rank、storage、psnr、error // the keys of a row are rank, storage, psnr, error"
    return [{key: number(value, f"compression_table → {key}") for key, value in row.items()} for row in reply]


def decibels(s, k, size, peak):
    return 10 * np.log10(peak**2 * size / (s[k:] ** 2).sum())


def counts(rng, m, n):
    """A table of whole numbers from 0 to 16, like the strokes of small digits: a few patterns and noise."""
    A = rng.uniform(0, 1, size=(m, 4)) @ rng.uniform(0, 7, size=(4, n)) + rng.normal(scale=0.7, size=(m, n))
    return np.clip(np.round(A), 0, 16).astype(np.int64)


def check_table_has_a_row_for_every_rank(answer, rng):
    m, n = int(rng.integers(30, 50)), int(rng.integers(52, 70))
    ranks = [20, 1, int(rng.integers(5, 15))]
    rows = table(answer.compression_table(picture(rng, m, n), ranks), ranks)
    got = [row["rank"] for row in rows]
    assert got == ranks, "各行的秩应与要求的一样，次序也一样；几行都是同一个秩，可能是把同一个字典放进了列表好几次 // the rows should have the ranks asked for, in that order; if all are the same, one dict may have been put into the list several times"
    for row, k in zip(rows, ranks):
        ratio = row["storage"] * m * n / (k * (m + n + 1))
        assert abs(ratio - 1) < 1e-9, f"{m}×{n}、k={k}：storage 是应有值的 {ratio:.4g} 倍。它是要存的数比原来的数，越小越省 // {m}×{n}, k={k}: storage is {ratio:.4g} times what it should be. It is the numbers stored over those of the original: the smaller, the less room"


def check_table_measures_what_was_lost(answer, rng):
    for m, n in ((40, 56), (60, 36)):
        image, ranks = picture(rng, m, n), [2, 9, 25]
        s = np.linalg.svd(image.astype(float), compute_uv=False)
        kept = answer.keep(image)
        rows = table(answer.compression_table(kept, ranks), ranks)
        again = [row["psnr"] for row in table(answer.compression_table(kept, ranks), ranks)]
        assert np.array_equal(kept[...], image) and np.allclose(again, [row["psnr"] for row in rows]), "compression_table 改动了传进来的图 // compression_table changed the picture it was given"
        for row, k in zip(rows, ranks):
            off = row["psnr"] - decibels(s, k, m * n, 255)
            assert abs(off) < 1e-6, f"{m}×{n}、k={k}：PSNR 差了 {off:+.3f} dB // {m}×{n}, k={k}: PSNR is off by {off:+.3f} dB"
            ratio = row["error"] / np.sqrt((s[k:] ** 2).sum() / (s**2).sum())
            assert abs(ratio - 1) < 1e-6, f"{m}×{n}、k={k}：相对误差是应有值的 {ratio:.4g} 倍。它是 |A − A_k| 比 |A|，都是 Frobenius 范数，不平方 // {m}×{n}, k={k}: the relative error is {ratio:.4g} times what it should be. It is |A − A_k| over |A|, both Frobenius norms, not squared"


def rank_of(reply):
    good = isinstance(reply, (int, np.integer)) and not isinstance(reply, bool)
    assert good, f"smallest_good_rank 应返回一个整数，得到的是 {type(reply).__name__} // smallest_good_rank should return an integer, not {type(reply).__name__}"
    return int(reply)


def good_enough(k, s, size, floor, peak):
    """Whether k reaches the floor and one less does not; says so otherwise."""
    assert 1 <= k <= len(s), f"返回了 {k}，而秩只能是 1 到 {len(s)} // got {k}, and a rank is from 1 to {len(s)}"
    assert k == len(s) or decibels(s, k, size, peak) >= floor, f"要求 {floor:.2f} dB（峰值 {peak:g}），秩 {k} 还差 {floor - decibels(s, min(k, len(s) - 1), size, peak):.2f} dB // asked for {floor:.2f} dB (peak {peak:g}), and rank {k} is short of it by {floor - decibels(s, min(k, len(s) - 1), size, peak):.2f} dB"
    assert k == 1 or decibels(s, k - 1, size, peak) < floor, f"要求 {floor:.2f} dB（峰值 {peak:g}），{k} 不是最小的：少一个也够 // asked for {floor:.2f} dB (peak {peak:g}), {k} is not the smallest rank: one less is enough too"


def check_one_rank_less_is_not_good_enough(answer, rng):
    for m, n in ((36, 48), (50, 30)):
        image = picture(rng, m, n)
        s = np.linalg.svd(image.astype(float), compute_uv=False)
        for k in (18, 2, int(rng.integers(4, 9)), len(s) - 1):
            floor = (decibels(s, k - 1, m * n, 255) + decibels(s, k, m * n, 255)) / 2
            good_enough(rank_of(answer.smallest_good_rank(image, floor)), s, m * n, floor, 255)
        assert rank_of(answer.smallest_good_rank(image, 1.0)) == 1, "要求只有 1 dB，秩 1 就够 // for a floor of 1 dB rank 1 is enough"
        assert rank_of(answer.smallest_good_rank(image, 150.0)) == len(s), "要求 150 dB，只有整张图才够：返回 min(m, n) // for a floor of 150 dB only the whole picture will do: return min(m, n)"


def check_a_table_of_data_has_its_own_peak(answer, rng):
    A, peak = counts(rng, 90, 24), 16.0
    s = np.linalg.svd(A.astype(float), compute_uv=False)
    rows = table(answer.compression_table(A, np.array([3, 10]), peak), [3, 10])
    for row, k in zip(rows, (3, 10)):
        off = row["psnr"] - decibels(s, k, A.size, peak)
        assert abs(off) < 1e-6, f"数据矩阵里的数最大是 16，传了 peak=16，PSNR 却差 {off:+.2f} dB；按 255 算正好多 24.05 dB // the largest number this table can hold is 16, peak=16 was passed, and PSNR is off by {off:+.2f} dB; with 255 it would be 24.05 dB too many"
    for times, peak in ((256, 4095.0), (1, 16.0)):
        for k in (8, 2, 15):
            floor = (decibels(times * s, k - 1, A.size, peak) + decibels(times * s, k, A.size, peak)) / 2
            good_enough(rank_of(answer.smallest_good_rank(times * A, floor, peak)), times * s, A.size, floor, peak)

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


def check_singular_values_agree(answer, rng):
    for m, n, k in ((12, 7, 4), (6, 11, 6)):
        _, s, _, A = known(rng, m, n)
        kept = answer.keep(A)
        got = triples(answer.svd_power(kept, k), m, n, k)[1]
        assert np.array_equal(kept[...], A), "svd_power 改动了传进来的 A：减去一份时要造新数组 // svd_power changed the A it was given: make a new array when you take a share out"
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
            assert np.array_equal(kept[...], image), "compress 改动了传进来的图 // compress changed the picture it was given"
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

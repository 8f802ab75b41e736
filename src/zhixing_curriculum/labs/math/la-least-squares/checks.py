import numpy as np
from zhixing_checks import raises

EPS = np.finfo(float).eps


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
    assert good and not np.isnan(reply), f"{name} 应是一个数，得到的是 {seen if not good else 'nan'} // {name} should be one number, got {seen if not good else 'nan'}"
    return float(reply)


def factors(reply, m, n, name):
    assert isinstance(reply, (tuple, list)) and len(reply) == 2, f"{name} 要返回两样东西：(Q, R) // {name} returns two things: (Q, R)"
    return array(reply[0], (m, n), f"{name} → Q"), array(reply[1], (n, n), f"{name} → R")


def refused(f, *given):
    """Does the answer raise ValueError? Any other exception of its own goes its way."""
    try:
        with raises("ValueError"):
            f(*given)
    except AssertionError:
        return False
    return True


def orthonormal(rng, m, n):
    return np.linalg.qr(rng.normal(size=(m, n)))[0]


def with_condition(rng, m, n, kappa):
    """A random (m, n) matrix whose singular values run evenly (in powers) from 1 to 1/kappa."""
    return orthonormal(rng, m, n) * np.logspace(0, -np.log10(kappa), n) @ orthonormal(rng, n, n).T


def slant(Q):
    """How far the columns of Q are from orthonormal."""
    return abs(Q.T @ Q - np.eye(Q.shape[1])).max()


def check_rest_is_perpendicular(answer, rng):
    for m, n in ((7, 3), (5, 1)):
        A, b = rng.normal(size=(m, n)), rng.normal(size=m)
        p = array(answer.project(b, A), (m,), "project")
        Q = np.linalg.qr(A)[0]
        outside = abs(p - Q @ (Q.T @ p)).max()
        assert outside < 1e-10, f"project 给出的点不在 A 的列空间里（差 {outside:.1e}）：它应是各列的组合 // the point from project is not in the column space (off by {outside:.1e}): it must be a combination of the columns"
        lean = abs(A.T @ (b - p)).max()
        assert lean < 1e-10, f"b − p 与 A 的某一列不垂直（内积 {lean:.1e}）：各列彼此不垂直时，不能分别投影再相加 // b − p is not perpendicular to a column of A (product {lean:.1e}): when columns lean on each other, separate projections do not add up"


def check_normal_agrees_with_an_oracle(answer, rng):
    A, b = with_condition(rng, 12, 4, 100.0), rng.normal(size=12)
    for kind, M, c in (("float64", A, b), ("float32", A.astype(np.float32), b), ("int", rng.integers(-9, 10, size=(12, 4)), rng.integers(-9, 10, size=12))):
        x = array(answer.lstsq_normal(M, c), (4,), "lstsq_normal")
        truth = np.linalg.lstsq(M.astype(float), c.astype(float), rcond=None)[0]
        gap = np.linalg.norm(x - truth) / np.linalg.norm(truth)
        # kappa is 100 (a few for the integers): rounding costs about kappa**2 * eps = 2e-12
        assert gap < 1e-9, f"输入为 {kind}、条件数约 100 时，解的相对误差是 {gap:.1e}，舍入只解释得了 1e-11：往 AᵀA 里添了什么吗？是用双精度算的吗？ // with {kind} input and a condition number near 100 the answer is off by {gap:.1e} (relative); rounding explains 1e-11 only: was anything added to AᵀA, and is it computed in doubles?"
    # elimination meets an exact 0 now and then, and raises by luck: eight matrices leave no luck
    assert all(refused(answer.lstsq_normal, rng.normal(size=(3, 5)), rng.normal(size=3)) for _ in range(8)), "3 个方程、5 个未知数：最好的 x 有无穷多个，lstsq_normal 应引发 ValueError，而不是随手给一个 // 3 equations, 5 unknowns: endlessly many x are best, and lstsq_normal should raise ValueError rather than hand one out"


def check_normal_is_solved_not_inverted(answer, rng):
    A = with_condition(rng, 30, 8, 1e6)
    b = A @ rng.normal(size=8)
    x = array(answer.lstsq_normal(A, b), (8,), "lstsq_normal")
    misfit = np.linalg.norm(A.T @ (b - A @ x)) / np.linalg.norm(x)
    # |A| is 1; solving leaves about eps here, multiplying by an inverse 1e-8 to 1e-5
    assert misfit < 1e-12, f"条件数 1e6 时，把 x 代回正规方程，两边相差 {misfit:.1e}（相对）；解方程组只会差约 1e-16：是先求了逆矩阵再乘吗？ // with condition number 1e6 the two sides of the normal equations differ by {misfit:.1e} (relative) at your x; solving them leaves about 1e-16: was an inverse formed and multiplied?"


def check_factors_multiply_back(answer, rng):
    whole = rng.integers(-4, 5, size=(6, 3))
    whole[:3] += 12 * np.eye(3, dtype=int)
    for A in (rng.normal(size=(6, 4)), whole):
        m, n = A.shape
        for name, f in (("classical_gram_schmidt", answer.classical_gram_schmidt), ("modified_gram_schmidt", answer.modified_gram_schmidt)):
            kept = answer.keep(A)
            Q, R = factors(f(kept), m, n, name)
            again = factors(f(kept), m, n, name)[1]
            assert np.array_equal(kept[...], A) and np.allclose(again, R), f"{name} 改动了传进来的 A：A[:, k] 是一扇窗，不是副本，`-=` 会写回去 // {name} changed the A it was given: A[:, k] is a window, not a copy, and `-=` writes through it"
            assert not np.tril(R, -1).any(), f"{name}：R 的对角线以下应全为 0 // {name}: below the diagonal R holds zeros only"
            assert slant(Q) < 1e-10, f"{name}：条件良好的 A，Q 的各列也不是两两垂直的单位向量 // {name}: even for a well-conditioned A the columns of Q are not orthonormal"
            assert np.allclose(Q @ R, A, atol=1e-10), f"{name}：QR 乘回来不是 A；R[j, k] 是第 k 列在方向 j 上的长度 // {name}: QR is not A; R[j, k] is how far column k reaches along direction j"


def check_modified_keeps_right_angles(answer, rng):
    A = with_condition(rng, 20, 8, 1e6)
    loss = slant(factors(answer.modified_gram_schmidt(A), 20, 8, "modified_gram_schmidt")[0])
    # the modified form loses about kappa * eps = 2e-10, the classical one about kappa**2 * eps
    assert loss < 1e-8, f"条件数 1e6 时，改进的写法里 QᵀQ 与单位矩阵差到 {loss:.1e}，应不到 1e-8：内积是与“剩下的部分”取的，还是与原来的列取的？ // with condition number 1e6 QᵀQ of the modified form is off the identity by {loss:.1e}, it should stay under 1e-8: is each product taken with what is left, or with the column as it came?"
    thin = np.vstack([np.ones(3), rng.uniform(0.4e-8, 1e-8) * np.eye(3)])
    loss = slant(factors(answer.modified_gram_schmidt(thin), 4, 3, "modified_gram_schmidt")[0])
    assert loss < 1e-6, f"三列几乎相同的例子里，改进的写法丢了直角（{loss:.1e}） // in the example of three almost equal columns the modified form lost its right angles ({loss:.1e})"
    loss = slant(factors(answer.classical_gram_schmidt(thin), 4, 3, "classical_gram_schmidt")[0])
    assert loss > 0.1, f"三列几乎相同的例子里，经典写法应当出丑（两列夹 60°），你的却只差 {loss:.1e}：它的内积都该与原来的列取，也不要再正交化一遍 // in the example of three almost equal columns the classical form must fail (two columns at 60°), yours is off by only {loss:.1e}: take its products with the column as it came, and do not orthogonalise twice"


def check_dependent_columns_are_refused(answer, rng):
    A = with_condition(rng, 9, 4, 1e4)
    factors(answer.modified_gram_schmidt(A), 9, 4, "modified_gram_schmidt")
    A = with_condition(rng, 9, 4, 3.0)
    A[:, 3] = A[:, :3] @ rng.uniform(0.5, 2, size=3)
    wide = np.column_stack([with_condition(rng, 3, 3, 3.0), rng.normal(size=3)])
    zero = np.column_stack([rng.normal(size=3), np.zeros(3)])
    for zh, en, M in (("有一列全是 0", "one column of zeros", zero), ("3 行 4 列", "3 rows, 4 columns", wide), ("第 4 列是前三列的组合", "column 4 is a combination of the first three", A)):
        for name, f in (("classical_gram_schmidt", answer.classical_gram_schmidt), ("modified_gram_schmidt", answer.modified_gram_schmidt)):
            assert refused(f, M), f"{zh}：这一列没有自己的方向，{name} 应引发 ValueError。减完以后剩下的往往不正好是 0，而是 1e-16 上下的舍入误差 // {en}: it has no direction of its own, and {name} should raise ValueError. What is left of it is often not exactly 0 but rounding, near 1e-16"
        assert refused(answer.lstsq_qr, M, rng.normal(size=len(M))), f"{zh}：lstsq_qr 也应引发 ValueError，答案不唯一 // {en}: lstsq_qr should raise ValueError too, the answer is not unique"


def check_qr_beats_the_normal_equations(answer, rng):
    A, b = with_condition(rng, 12, 4, 10.0), rng.normal(size=12)
    kept = answer.keep(b)
    x = array(answer.lstsq_qr(A, kept), (4,), "lstsq_qr")
    again = array(answer.lstsq_qr(A, kept), (4,), "lstsq_qr")
    assert np.array_equal(kept[...], b) and np.allclose(again, x), "lstsq_qr 改动了传进来的 b // lstsq_qr changed the b it was given"
    assert np.allclose(x, np.linalg.lstsq(A, b, rcond=None)[0], atol=1e-9), "条件数只有 10，lstsq_qr 的解就不对：R 是上三角的，解的是 Rx = y // with a condition number of 10 already the answer of lstsq_qr is wrong: R is upper triangular and the system is Rx = y"
    A, truth = with_condition(rng, 30, 8, 1e8), rng.normal(size=8)
    qr = np.linalg.norm(array(answer.lstsq_qr(A, A @ truth), (8,), "lstsq_qr") - truth) / np.linalg.norm(truth)
    # kappa * eps = 2e-8; a Q that is a little slanted costs kappa**2 * eps, which is of order 1
    assert qr < 1e-6, f"条件数 1e8 时 lstsq_qr 的相对误差是 {qr:.1e}，应在 1e-8 上下。Q 已经有点歪了：b 也要像一列那样，逐个方向剥下来 // with condition number 1e8 the relative error of lstsq_qr is {qr:.1e}; near 1e-8 is right. Q is a little slanted by now: peel b direction by direction, as you did with a column"
    A = with_condition(rng, 30, 8, 3e7)
    normal, qr = (np.linalg.norm(array(f(A, A @ truth), (8,), name) - truth) for f, name in ((answer.lstsq_normal, "lstsq_normal"), (answer.lstsq_qr, "lstsq_qr")))
    assert normal >= 1e3 * qr, f"条件数 3e7 时，正规方程的误差应是 QR 的一千倍以上，这里是 {normal:.1e} 比 {qr:.1e}：两个函数各走各的路吗？ // with condition number 3e7 the normal equations should err a thousand times more than QR; here it is {normal:.1e} against {qr:.1e}: do the two functions go different ways?"


def check_cond_is_a_ratio_of_singular_values(answer, rng):
    for m, n in ((6, 6), (9, 4), (3, 7)):
        s = np.sort(rng.uniform(1, 50, size=min(m, n)))[::-1] * 10.0 ** rng.integers(-3, 4)
        A = orthonormal(rng, m, len(s)) * s @ orthonormal(rng, n, len(s)).T
        ratio = number(answer.cond(A), "cond") / (s[0] / s[-1])
        assert abs(ratio - 1) < 1e-6, f"形状 {(m, n)}：cond 是应有值的 {ratio:.3g} 倍；它是最大与最小奇异值之比 // shape {(m, n)}: cond is {ratio:.3g} times what it should be: the largest over the smallest singular value"
    ratio = number(answer.cond(with_condition(rng, 10, 5, 1e9)), "cond") / 1e9
    assert abs(ratio - 1) < 1e-4, f"条件数 1e9 的矩阵，cond 给出了它的 {ratio:.3g} 倍：经过 AᵀA，条件数会先变成 1e18，小奇异值就没了 // for a matrix of condition number 1e9 cond gave {ratio:.3g} times that: by way of AᵀA it becomes 1e18 first, and the small singular values are gone"
    assert number(answer.cond(np.diag([float(rng.uniform(1, 9)), 0.0])), "cond") == np.inf, "最小奇异值正好是 0 时，cond 应是 inf // when the smallest singular value is exactly 0, cond is inf"


def check_svd_gives_the_shortest(answer, rng):
    for what, m, n, r, size in (("满列秩 / full rank", 9, 4, 4, 1), ("宽 / wide", 3, 6, 3, 1), ("列相关 / dependent columns", 8, 5, 2, 1), ("数值很小 / tiny entries", 8, 5, 2, 1e-14)):
        U, V, s = orthonormal(rng, m, r), orthonormal(rng, n, r), np.sort(rng.uniform(1, 3, size=r))[::-1] * size
        zh, en = what.split(" / ")
        b = rng.normal(size=m)
        x = array(answer.lstsq_svd(U * s @ V.T, b), (n,), "lstsq_svd")
        truth = V @ (U.T @ b / s)
        long = np.linalg.norm(x) / np.linalg.norm(truth)
        assert np.allclose(x * size, truth * size, atol=1e-9), f"{zh}的矩阵：lstsq_svd 的长度是最短解的 {long:.3g} 倍。哪些奇异值算 0，要与最大的那个相比来定 // {en}: what lstsq_svd gave is {long:.3g} times as long as the shortest answer. Which singular values count as 0 is decided relative to the largest"


def check_hilbert_report_measures_the_error(answer, rng):
    sizes = [int(n) for n in rng.permutation([2, 4, 6, 7, 8])] + [14]
    rows = answer.hilbert_report(sizes)
    assert isinstance(rows, (list, tuple)) and len(rows) == len(sizes), "hilbert_report 应返回一个列表，每个 n 一行 // hilbert_report returns a list with one row for every n"
    for n, row in zip(sizes, rows):
        assert isinstance(row, dict) and {"n", "cond", "normal", "qr", "svd"} <= set(row), '每一行是一个字典，键为 n、cond、normal、qr、svd // every row is a dict with keys n, cond, normal, qr and svd'
        assert row["n"] == n, "各行的次序与 sizes 相同 // the rows follow the order of sizes"
        kappa, normal, qr, svd = (number(row[key], f"n={n}: {key}") for key in ("cond", "normal", "qr", "svd"))
        if n > 8:
            continue  # past double precision: any number will do, as long as the report arrives
        H = np.array([[1 / (i + j + 1) for j in range(n)] for i in range(n)])
        assert abs(kappa / np.linalg.cond(H) - 1) < 1e-3, f"n={n}：条件数不对；H 的第 i 行第 j 列（从 0 数）是 1/(i+j+1) // n={n}: the condition number is off; H has 1/(i+j+1) in row i, column j, counted from 0"
        for name, error in (("qr", qr), ("svd", svd)):
            assert error < 100 * EPS * kappa + 1e-13, f"n={n}：{name} 的误差 {error:.1e} 比 条件数 × 2e-16 大了百倍以上：真解是全 1 吗？是相对误差吗？ // n={n}: the error {error:.1e} of {name} is over a hundred times the condition number × 2e-16: is the truth all ones, and the error relative?"
        if n <= 4:
            assert normal < 1e-6, f"n={n}：正规方程在这里还不该出错（{normal:.1e}） // n={n}: the normal equations should still do well here ({normal:.1e})"
        else:
            assert normal > 1e-6, f"n={n}：正规方程的“误差”只有 {normal:.1e}。量的是 x 与真解的距离，还是 Hx 与 b 的距离？后者小，前者照样可以很大 // n={n}: the “error” of the normal equations is only {normal:.1e}. Is it the distance of x from the truth, or of Hx from b? The second can be small while the first is huge"
            assert normal >= 1e3 * qr, f"n={n}：正规方程的误差应是 QR 的一千倍以上：normal 和 qr 两列放反了吗？ // n={n}: the normal equations should err a thousand times more than QR: are the columns normal and qr swapped?"

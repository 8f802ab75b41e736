from fractions import Fraction

import numpy as np
from zhixing_checks import raises


def kind(reply, name):
    """The type of a reply as its author knows it; a reply of None gets words of its own."""
    assert reply is not None, (
        f"{name} 什么也没有返回：忘了 return 吗？ // {name} returned nothing: is a return missing?"
    )
    return type(reply).__name__.replace("Handle", "object")


def array(reply, shape, name):
    """The reply as floats, once it is known to be a finite array of real numbers of this shape."""
    seen = kind(reply, name)
    assert isinstance(reply, np.ndarray), (
        f"{name} 应返回 numpy 数组，得到的是 {seen} // {name} should return a numpy array, not {seen}"
    )
    assert reply.shape == shape, (
        f"{name} 的形状应是 {shape}，得到 {reply.shape} // {name} should have shape {shape}, got {reply.shape}"
    )
    assert reply.dtype.kind in "iuf", (
        f"{name} 里应是实数，得到 {reply.dtype} // {name} should hold real numbers, got {reply.dtype}"
    )
    assert np.isfinite(reply).all(), (
        f"{name} 里出现了 inf 或 nan：除以 0 了吗？ // {name} holds inf or nan: was something divided by 0?"
    )
    return reply.astype(float)


def truth(reply, name):
    seen = kind(reply, name)
    assert isinstance(reply, (bool, np.bool_)), (
        f"{name} 应返回 True 或 False，得到的是 {seen} // {name} should return True or False, not {seen}"
    )
    return bool(reply)


def refused(call, zh, en):
    """The call must raise ValueError; if it does not, these are the words."""
    try:
        with raises("ValueError"):
            call()
    except AssertionError:
        raise AssertionError(f"{zh} // {en}") from None


def product(A, B):
    """AB by the definition, one sum an entry: the judge's own, shares nothing with an answer."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return np.array(
        [[sum(row[p] * B[p, j] for p in range(len(B))) for j in range(B.shape[1])] for row in A]
    ).reshape(len(A), B.shape[1])


def well_conditioned(rng, n):
    """A random (n, n) matrix whose singular values lie between 1 and 3: no digits get lost."""
    left, right = (np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2))
    return left * rng.uniform(1, 3, size=n) @ right


def slanted_pair(rng):
    """Two vectors of the plane, neither parallel nor at a right angle: 25 to 65 degrees apart."""
    start, turn = rng.uniform(0, 2 * np.pi), np.radians(rng.uniform(25, 65)) * rng.choice([-1, 1])
    u1, u2 = (np.array([np.cos(a), np.sin(a)]) for a in (start, start + turn))
    return u1 * rng.uniform(0.5, 2), u2 * rng.uniform(0.5, 2)


# ---- combine ----


def check_combination_scales_and_adds(answer, rng):
    for k, d in [(2, 2), (3, 3), (3, 2), (2, 5), (1, 4), (4, 1)]:
        c, V = rng.normal(size=k), rng.integers(-9, 10, size=(k, d))
        want = [sum(c[i] * V[i, j] for i in range(k)) for j in range(d)]
        for vectors in (V, V.tolist(), V.astype(np.float32)):
            out = array(answer.linear_combination(c, vectors), (d,), "linear_combination")
            gap = abs(out - want).max()
            assert gap < 1e-5, (
                f"{k} 个 {d} 维向量的组合差了 {gap:.2g}：第 i 个系数乘的是第 i 行吗？小数部分还在吗？"
                f" // {k} vectors of {d} numbers: off by {gap:.2g}. Does coefficient i scale row i? Are the decimals still there?"
            )


def check_parallel_is_about_angle_not_length(answer, rng):
    cases = [
        (u, v, True, f"{u} 和 {v} 在过原点的同一条直线上（零向量与谁都平行）", f"{u} and {v} lie on one line through 0 (the zero vector is parallel to all)")
        for u, v in [([0, 0], [3, 4]), ([3, 4], [0, 0]), ([0, 2], [0, -5]), ([2, 0], [-1, 0])]
    ]
    for length in (1.0, 1e-6, 1e6):
        for t in (-3.7, 0.3, 7.1):
            u = length * rng.normal(size=2)
            while u[0] * (t * u[1]) == u[1] * (t * u[0]):
                u = length * rng.normal(size=2)
            cases.append((u, t * u, True, f"u 和 {t}·u（长约 {length:g}）平行，只是浮点数会舍入", f"u and {t}*u (length about {length:g}) are parallel, only floats round"))
        angle = rng.uniform(0, 2 * np.pi)
        u, v = length * np.array([[np.cos(a), np.sin(a)] for a in (angle, angle + 2e-3)])
        cases.append((u, v, False, f"夹角 0.002 弧度、长 {length:g} 的两个向量不平行：“多小算 0”要跟着长度走", f"two vectors of length {length:g}, 0.002 radians apart, are not parallel: what counts as 0 must follow the lengths"))
    seen = [truth(answer.are_parallel(u, v), "are_parallel") for u, v, *_ in cases]
    for (*_, want, zh, en), got in zip(cases, seen):
        assert got == want, f"{zh}；你的答案是 {got} // {en}; the answer is {got}"


def check_coefficients_rebuild_the_vector(answer, rng):
    for length in (1.0, 1e-6, 1e6):
        (u1, u2), v = slanted_pair(rng), rng.normal(size=2)
        u1, u2 = length * u1, length * u2
        a, b = array(answer.coefficients_in_basis(v, u1, u2), (2,), "coefficients_in_basis")
        gap = np.hypot(*(a * u1 + b * u2 - v)) / np.hypot(*v)
        assert gap < 1e-9, (
            f"把 a·u1 + b·u2 加起来，离 v 还差 |v| 的 {gap:.2g} 倍：u1、u2 一般不垂直，点积给不出系数"
            f" // a*u1 + b*u2 misses v by {gap:.2g} of its length: u1 and u2 are not at right angles, so dot products are no coefficients"
        )
    u = rng.integers(1, 9, size=2)
    for u1, u2 in [(u, -2 * u), (u, 0 * u), (u / 10, u * 0.3)]:
        refused(
            lambda: answer.coefficients_in_basis(rng.normal(size=2), u1, u2),
            f"u1 = {u1}、u2 = {u2} 平行，不是平面的基：应抛出 ValueError，而不是去除以 0",
            f"u1 = {u1} and u2 = {u2} are parallel and no basis of the plane: raise ValueError rather than divide by 0",
        )


def check_reach_is_plane_line_or_point(answer, rng):
    u1, u2 = slanted_pair(rng)
    off_line = np.array([-u1[1], u1[0]]) + 0.1 * u1
    nothing = np.zeros(2)
    cases = [
        (rng.normal(size=2), u1, u2, True, "u1、u2 不平行", "u1 and u2 are not parallel"),
        (nothing, u1, u2, True, "v 是零向量", "v is the zero vector"),
        (-1.3 * u1, u1, 2 * u1, True, "u1、u2 平行，v 也在这条线上", "u1 and u2 are parallel, v is on their line"),
        (off_line, u1, -4 * u1, False, "u1、u2 平行，v 不在这条线上", "u1 and u2 are parallel, v is off their line"),
        (2 * u1, nothing, u1, True, "u1 是零向量，v 是 u2 的倍数", "u1 is zero, v is a multiple of u2"),
        (off_line, nothing, u1, False, "u1 是零向量，v 不是 u2 的倍数", "u1 is zero, v is no multiple of u2"),
        (off_line, u1, nothing, False, "u2 是零向量，v 不是 u1 的倍数", "u2 is zero, v is no multiple of u1"),
        (off_line, nothing, nothing, False, "u1、u2 都是零向量，v 不是", "u1 and u2 are zero, v is not"),
        (nothing, nothing, nothing, True, "三个都是零向量", "all three are zero"),
    ]
    seen = [truth(answer.reachable(v, first, second), "reachable") for v, first, second, *_ in cases]
    for (*_, want, zh, en), got in zip(cases, seen):
        assert got == want, (
            f"{zh}：能到达吗？你的答案是 {got}。想想张成的是平面、直线还是一个点 // {en}: your answer says {got}. Is the span the plane, a line or one point?"
        )


# ---- transform ----


def check_columns_are_images_of_the_basis(answer, rng):
    p, q = rng.normal(size=2), rng.integers(-5, 6, size=2)
    for first, second in [(p, q), (q.tolist(), p.tolist()), (q, q[::-1] + 7)]:
        A = array(answer.matrix_from_images(first, second), (2, 2), "matrix_from_images")
        x, y = rng.normal(size=2)
        landed = product(A, [[x], [y]])[:, 0]
        gap = abs(landed - (x * np.asarray(first) + y * np.asarray(second))).max()
        assert gap < 1e-12, (
            f"(x, y) 应落在 x·e1 的像 + y·e2 的像，差了 {gap:.2g}：两个像在矩阵里站成行还是列？"
            f" // (x, y) should land on x*(image of e1) + y*(image of e2), off by {gap:.2g}: are the images rows or columns of the matrix?"
        )


def check_every_grid_point_is_moved(answer, rng):
    A = rng.integers(-4, 5, size=(2, 2)) + np.array([[0, 0.5], [0.25, 0]])
    for shape in [(7, 2), (2,), (2, 2), (3, 4, 2), (0, 2)]:
        grid = rng.normal(size=shape)
        for given in (grid, grid.tolist()) if grid.size else (grid,):
            out = array(answer.transform_grid(A, given), shape, "transform_grid").reshape(-1, 2)
            want = product(A, grid.reshape(-1, 2).T).T
            gap = abs(out - want).max(initial=0)
            assert gap < 1e-12, (
                f"形状 {shape} 的网格里有点没到 A·p，差 {gap:.2g}：x 的新坐标该由 A 的第一行给出"
                f" // in a grid of shape {shape} some point did not reach A p, off by {gap:.2g}: the new x comes from the first row of A"
            )


def check_composition_does_first_things_first(answer, rng):
    first, second = rng.normal(size=(2, 2, 2))
    points = rng.normal(size=(2, 6))
    C = array(answer.compose(first.tolist(), second), (2, 2), "compose")
    gap = abs(product(C, points) - product(second, product(first, points))).max()
    assert gap < 1e-12, (
        f"先做 first 再做 second，与合成矩阵的结果差 {gap:.2g}：乘法里离点最近的矩阵先动手"
        f" // doing first, then second, differs from the one matrix by {gap:.2g}: in a product the matrix next to the point acts first"
    )


def check_area_of_any_shape_is_scaled(answer, rng):
    reflection, flat = np.array([[0, 1], [1, 0]]), np.array([[2, 6], [1, 3]])
    for A in [rng.normal(size=(2, 2)), rng.normal(size=(2, 2)) @ reflection, reflection, flat]:
        corners = np.array([[0, 0], [1, 0], [1, 1]]) + rng.uniform(0, 0.3, size=(3, 2))
        moved = product(A, corners.T).T
        before, after = (
            abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(s, np.roll(s, -1, axis=0)))) / 2
            for s in (corners, moved)
        )
        out = answer.area_scale(A)
        seen = kind(out, "area_scale")
        assert isinstance(out, (int, float, np.number)), (
            f"area_scale 应返回一个数，得到的是 {seen} // area_scale should return one number, not {seen}"
        )
        gap = abs(out * before - after)
        assert gap < 1e-12, (
            f"一个三角形的面积从 {before:.3f} 变成 {after:.3f}，area_scale 却是 {out:.3f}（面积没有负的；两列一般不垂直）"
            f" // a triangle of area {before:.3f} became {after:.3f}, yet area_scale is {out:.3f} (areas are not negative; the columns need not be at right angles)"
        )


# ---- rank ----


def exact_rref(A):
    """Reduced row echelon form in fractions: no rounding, so zero is zero."""
    rows, pivots = [[Fraction(int(x)) for x in row] for row in A], []
    for column in range(np.shape(A)[1]):
        free = rows[len(pivots) :]
        found = next((row for row in free if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        found = [x / found[column] for x in found]
        rows = [[x - row[column] * y for x, y in zip(row, found)] for row in rows]
        rows.insert(len(pivots), found)
        pivots.append(column)
    return np.array(rows, dtype=float).reshape(np.shape(A)), pivots


def echelon(reply, shape):
    """(R, pivots) of an rref reply, with pivots as a list of ints."""
    kind(reply, "rref")
    assert isinstance(reply, tuple) and len(reply) == 2, (
        "rref 应返回一对 (R, 主元列) // rref should return a pair (R, pivot columns)"
    )
    assert isinstance(reply[1], (list, tuple, np.ndarray)), (
        "rref 的第二个返回值应是主元列号的列表 // the second thing rref returns should be a list of column numbers"
    )
    pivots = np.asarray(reply[1])
    assert pivots.ndim == 1 and (pivots.size == 0 or pivots.dtype.kind in "iu"), (
        "rref 的第二个返回值应是主元列号（整数）的列表 // the second thing rref returns should be a list of column numbers"
    )
    return array(reply[0], shape, "rref"), pivots.astype(int).tolist()


def check_rref_matches_exact_fractions(answer, rng):
    for m, n, r in [(3, 4, 2), (3, 5, 3), (5, 3, 2), (4, 4, 4), (4, 6, 3), (1, 1, 1), (0, 3, 0)]:
        A = rng.integers(-3, 4, size=(m, r)) @ rng.integers(-3, 4, size=(r, n))
        if n > 4:
            A[:, 1] = 0
        want, columns = exact_rref(A)
        kept = answer.keep(A.astype(float))
        for given in (A, A.tolist(), kept) if m else (A,):
            R, pivots = echelon(answer.rref(given), (m, n))
            assert pivots == columns, (
                f"{m}×{n} 的整数矩阵：主元列不对，得到 {pivots}。某列没有主元时，行号要不要动？"
                f" // a {m} by {n} matrix of integers: wrong pivot columns, got {pivots}. When a column has no pivot, does the row move on?"
            )
            gap = abs(R - want).max(initial=0)
            assert gap < 1e-8, (
                f"{m}×{n} 的整数矩阵：R 差了 {gap:.2g}。主元是 1 吗？它的上面和下面都清零了吗？"
                f" // a {m} by {n} matrix of integers: R is off by {gap:.2g}. Is each pivot 1, with zeros both above and below?"
            )
        again = echelon(answer.rref(kept), (m, n))[0]
        assert np.array_equal(kept[...], A) and np.allclose(again, want), (
            "rref 改动了传进来的矩阵：先复制一份 // rref changed the matrix it was given: work on a copy"
        )


def check_tiny_pivots_are_not_trusted(answer, rng, thresholds):
    for n, leading in [(3, 0), (2, 1e-12), (4, 1e-12), (6, 1e-12)]:
        A, x = np.zeros((n, n)), rng.uniform(1, 2, size=n)
        while np.linalg.cond(A) > 20:
            A = well_conditioned(rng, n)
            A[0, 0] = leading * rng.uniform(1, 3)
        R, _ = echelon(answer.rref(np.column_stack([A, A @ x]), 1e-14), (n, n + 1))
        gap = abs(R[:, -1] - x).max()
        assert gap < thresholds["error_with_pivoting"], (
            f"用 rref 解一个左上角是 {A[0, 0]:.0e} 的 {n} 元方程组，误差 {gap:.1e}（正常在 1e-14 上下）：下面的行里有大得多的数可做主元"
            f" // solving {n} equations whose top left entry is {A[0, 0]:.0e} is off by {gap:.1e} (about 1e-14 is normal): rows further down offer a far larger pivot"
        )


def check_rank_counts_directions(answer, rng):
    row = rng.integers(1, 9, size=3)
    cases = [(np.array([row, 2 * row]), 1), (np.array([row, 2 * row, row + [0, 0, 1]]), 2)]
    for m, n, r in [(4, 4, 2), (6, 3, 2), (3, 6, 3), (5, 5, 4), (1, 1, 1), (0, 4, 0), (3, 3, 0)]:
        left, right = (np.linalg.qr(rng.normal(size=(size, r)))[0] for size in (max(m, r), n))
        while r and np.linalg.cond(right[:r]) > 100:
            right = np.linalg.qr(rng.normal(size=(n, r)))[0]
        A = (left * rng.uniform(1, 2, size=r) @ right.T)[:m]
        cases += [(size * A, r) for size in (1.0, 1e-12, 1e12)]
    seen = [answer.rank(A) for A, _ in cases]
    for (A, want), out in zip(cases, seen):
        seen_kind = kind(out, "rank")
        assert isinstance(out, (int, np.integer)) and not isinstance(out, bool), (
            f"rank 应返回整数，得到的是 {seen_kind} // rank should return an int, not {seen_kind}"
        )
        size = abs(A).max(initial=0)
        assert out == want, (
            f"一个 {len(A)}×{A.shape[1]} 的矩阵（最大元素 {size:.0e}）秩不是 {out}：先消元再数主元；“多小算 0”要跟着矩阵的大小走"
            f" // a {len(A)} by {A.shape[1]} matrix (largest entry {size:.0e}) does not have rank {out}: eliminate, then count pivots; and what counts as 0 must follow the size of the matrix"
        )


def check_independence_counts_vectors(answer, rng):
    line = rng.integers(1, 6, size=(1, 3))
    cases = [
        (np.eye(2, 3), True),
        (np.vstack([line, [0, 0, 1], line + [0, 0, 2]]), False),
        (rng.normal(size=(3, 2)), False),
        (np.vstack([line, [-9, 1, 1]]).tolist(), True),
        (np.vstack([line, 3 * line]).tolist(), False),
        (rng.normal(size=(1, 4)), True),
        (np.zeros((1, 2)), False),
        (well_conditioned(rng, 4), True),
    ]
    seen = [truth(answer.are_independent(vectors), "are_independent") for vectors, _ in cases]
    for (vectors, want), out in zip(cases, seen):
        k, d = np.shape(vectors)
        assert out == want, (
            f"{k} 个 {d} 维向量，你的答案是 {out}：独立，是说 {k} 个向量真有 {k} 个方向"
            f" // {k} vectors of {d} numbers, the answer is {out}: independent means that {k} vectors have {k} directions"
        )


def check_column_basis_uses_columns_of_A(answer, rng):
    for m, n, r in [(4, 5, 2), (3, 3, 3), (5, 4, 3), (2, 6, 2)]:
        A = rng.integers(-4, 5, size=(m, r)) @ rng.integers(-4, 5, size=(r, n))
        A = np.column_stack([np.zeros(m, dtype=int), A])
        true_rank = len(exact_rref(A)[1])
        out = array(answer.column_basis(A), (m, true_rank), "column_basis")
        assert all((abs(A - column[:, None]).max(axis=0) < 1e-9).any() for column in out.T), (
            "column_basis 里有一列不是 A 的列：主元的列号来自 R，列本身要到 A 里去取"
            " // column_basis holds a column that is none of A's: the numbers of the columns come from R, the columns from A"
        )
        assert len(exact_rref(np.rint(out))[1]) == true_rank, (
            "column_basis 选出的列并不独立 // the columns chosen by column_basis are not independent"
        )


def check_pivots_tell_how_many_solutions(answer, rng):
    cases = []
    for m, n, r in [(3, 3, 3), (3, 3, 2), (5, 3, 3), (2, 4, 2), (4, 2, 1), (2, 3, 1), (4, 4, 3)]:
        A, outside = np.zeros((m, n), dtype=int), np.zeros(m, dtype=int)
        while len(exact_rref(A)[1]) < r or not A.any(axis=1).all():
            A = rng.integers(-3, 4, size=(m, r)) @ rng.integers(-3, 4, size=(r, n))
            if r == 1:
                A[:, 0] = 0  # the first column has no pivot
        while n not in exact_rref(np.column_stack([A, outside]))[1]:
            outside = rng.integers(-9, 10, size=m)
            if r == m:
                break
        inside = A @ rng.integers(-3, 4, size=n)
        for b in (inside, outside, 0 * inside):
            pivots = exact_rref(np.column_stack([A, b]))[1]
            want = "none" if n in pivots else "one" if len(pivots) == n else "many"
            cases.append((A, b, r, want))
    seen = [answer.how_many_solutions(A, b.tolist()) for A, b, *_ in cases]
    for (A, _, r, want), out in zip(cases, seen):
        seen_kind = kind(out, "how_many_solutions")
        assert isinstance(out, str) and out in ("none", "one", "many"), (
            f"how_many_solutions 应返回 'none'、'one' 或 'many'，得到的是别的 {seen_kind} // how_many_solutions should return 'none', 'one' or 'many', not some other {seen_kind}"
        )
        m, n = A.shape
        assert out == want, (
            f"{m} 个方程、{n} 个未知数，A 的秩是 {r}：答案不是 {out!r}。最后一列有主元吗？每个未知数都有主元吗？"
            f" // {m} equations, {n} unknowns, A of rank {r}: the answer is not {out!r}. Has the last column a pivot? Has every unknown one?"
        )


# ---- product ----


def check_product_matches_the_definition(answer, rng):
    for m, k, n in [(3, 3, 3), (2, 3, 4), (4, 1, 2), (1, 5, 1), (0, 2, 3), (2, 0, 3)]:
        A, B = rng.integers(-9, 10, size=(m, k)), rng.normal(size=(k, n))
        gap = abs(array(answer.matmul(A, B), (m, n), "matmul") - product(A, B)).max(initial=0)
        assert gap < 1e-12, (
            f"({m}, {k}) 乘 ({k}, {n})，差 {gap:.2g}：第 i 行第 j 列是 A 的第 i 行与 B 的第 j 列的点积"
            f" // ({m}, {k}) times ({k}, {n}) is off by {gap:.2g}: entry (i, j) is row i of A dotted with column j of B"
        )
    for left, right in [((2, 3), (2, 3)), ((2, 1), (3, 2)), ((3, 4), (1, 3))]:
        refused(
            lambda: answer.matmul(rng.normal(size=left), rng.normal(size=right)),
            f"{left} 乘 {right}：内侧的 {left[1]} 与 {right[0]} 不同，不能相乘，应抛出 ValueError",
            f"{left} times {right}: the inner sizes {left[1]} and {right[0]} differ, so there is no product: raise ValueError",
        )


def check_column_is_a_combination_of_columns(answer, rng):
    for m, k, n in [(3, 3, 3), (4, 2, 3), (2, 5, 6), (1, 1, 1)]:
        A, B = rng.normal(size=(m, k)), rng.integers(-5, 6, size=(k, n))
        for j in range(n):
            out = array(answer.product_column(A, B.tolist(), j), (m,), "product_column")
            gap = abs(out - sum(B[p, j] * A[:, p] for p in range(k))).max()
            assert gap < 1e-12, (
                f"{m}×{k} 乘 {k}×{n}，j = {j}：差 {gap:.2g}。权重是 B 的哪一列，被组合的又是谁的列？"
                f" // {m} by {k} times {k} by {n}, j = {j}: off by {gap:.2g}. Which column of B holds the weights, and whose columns do they combine?"
            )


def check_terms_have_rank_one_and_add_up(answer, rng):
    for m, k, n in [(3, 3, 3), (2, 4, 3), (5, 1, 2), (1, 2, 1)]:
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        out = array(answer.rank_one_terms(A.tolist(), B), (k, m, n), "rank_one_terms")
        gap = abs(out.sum(axis=0) - product(A, B)).max()
        assert gap < 1e-12, (
            f"{k} 项加起来与 AB 差 {gap:.2g}：第 p 项是 A 的第 p 列乘 B 的第 p 行"
            f" // the {k} terms add up to something {gap:.2g} away from AB: term p is column p of A times row p of B"
        )
        assert all(np.linalg.matrix_rank(term, tol=1e-9) == 1 for term in out), (
            "有一项的秩不是 1：一列乘一行，每一行都成比例 // some term has not rank 1: in a column times a row, all rows are proportional"
        )


def check_transposing_turns_the_order_round(answer, rng):
    for m, k, n in [(3, 3, 3), (2, 4, 3), (4, 1, 2)]:
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        out = array(answer.transposed_product(A.T, B.T), (n, m), "transposed_product")
        gap = abs(out - product(A, B).T).max()
        assert gap < 1e-12, (
            f"A 是 ({m}, {k})、B 是 ({k}, {n})：AB 的转置差 {gap:.2g}。转置以后谁在左边？"
            f" // A is ({m}, {k}), B is ({k}, {n}): the transpose of AB is off by {gap:.2g}. Which one stands on the left after transposing?"
        )


def check_layer_treats_each_row_alone(answer, rng):
    for n, d_in, d_out in [(3, 3, 3), (2, 4, 3), (5, 2, 1), (0, 2, 3)]:
        X, W, b = rng.normal(size=(n, d_in)), rng.normal(size=(d_out, d_in)), rng.normal(size=d_out)
        out = array(answer.linear_layer(X, W, b.tolist()), (n, d_out), "linear_layer")
        want = np.array([product(W, x[:, None])[:, 0] + b for x in X]).reshape(n, d_out)
        gap = abs(out - want).max(initial=0)
        assert gap < 1e-12, (
            f"{n} 个样本、{d_in} 进 {d_out} 出：差 {gap:.2g}。第 i 行应是 W·x_i + b：哪个要转置？b 加在行上还是列上？"
            f" // {n} samples, {d_in} in, {d_out} out: off by {gap:.2g}. Row i should be W x_i + b: what must be transposed, and along which axis is b added?"
        )


# ---- basis ----


def check_coordinates_go_there_and_back(answer, rng):
    for d in (2, 1, 3, 5):
        B, c = well_conditioned(rng, d), rng.normal(size=d)
        v = product(B, c[:, None])[:, 0]
        back = array(answer.to_coordinates(v, B), (d,), "to_coordinates")
        gap = abs(product(B, back[:, None])[:, 0] - v).max()
        assert gap < 1e-10, (
            f"用坐标把基向量加起来，离 v 差 {gap:.2g}：坐标 c 满足 B c = v，c 是未知数"
            f" // adding the basis vectors with these coordinates misses v by {gap:.2g}: B c = v, and c is the unknown"
        )
        out = array(answer.from_coordinates(c.tolist(), B), (d,), "from_coordinates")
        gap = abs(out - v).max()
        assert gap < 1e-12, (
            f"from_coordinates 差 {gap:.2g}：基向量是 B 的列，c 说每一列要多少"
            f" // from_coordinates is off by {gap:.2g}: the basis vectors are the columns of B, and c says how much of each"
        )


def check_inverse_undoes_the_matrix(answer, rng):
    swap = np.roll(np.eye(4), 1, axis=0)
    cases = [well_conditioned(rng, n) for n in (1, 2, 3, 6)] + [swap, np.array([[0, 2], [1, 7]])]
    for A in cases + [1e-3 * well_conditioned(rng, 6), 1e3 * well_conditioned(rng, 3)]:
        n, kept = len(A), answer.keep(A)
        inv = array(answer.inverse(kept), (n, n), "inverse")
        gap = max(abs(product(inv, A) - np.eye(n)).max(), abs(product(A, inv) - np.eye(n)).max())
        assert gap < 1e-10, (
            f"{n}×{n} 的矩阵：逆乘原矩阵离单位矩阵差 {gap:.2g}。主元是 0 时换行了吗？"
            f" // {n} by {n}: the inverse times the matrix differs from I by {gap:.2g}. Are rows exchanged when a pivot is 0?"
        )
        again = array(answer.inverse(kept), (n, n), "inverse")
        assert np.array_equal(kept[...], A) and np.allclose(again, inv), (
            "inverse 改动了传进来的矩阵：先复制一份 // inverse changed the matrix it was given: work on a copy"
        )


def check_what_has_no_inverse_is_refused(answer, rng):
    flat = np.array([[1, 2], [2, 4]])
    thirds = rng.normal(size=(3, 2)) @ rng.normal(size=(2, 3))
    for A in [flat, np.zeros((2, 2)), 0.1 * np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), thirds]:
        refused(
            lambda: answer.inverse(A),
            f"A = {np.round(A, 3).tolist()} 的列相关，没有逆，应抛出 ValueError（消元剩下的可能是 1e-17，而不是 0）",
            f"the columns of A = {np.round(A, 3).tolist()} are dependent and it has no inverse: raise ValueError (elimination may leave 1e-17 rather than 0)",
        )
    for shape in [(2, 3), (3, 2)]:
        refused(
            lambda: answer.inverse(rng.normal(size=shape)),
            f"{shape} 不是方阵，没有逆，应抛出 ValueError",
            f"{shape} is not square and has no inverse: raise ValueError",
        )
    A = well_conditioned(rng, 8) / 50
    det = abs(np.linalg.det(A))
    inv = array(answer.inverse(A), (8, 8), "inverse")
    assert abs(product(inv, A) - np.eye(8)).max() < 1e-10, (
        f"这个 8×8 矩阵的行列式只有 {det:.0e}，却完全可逆 // this 8 by 8 matrix has a determinant of only {det:.0e}, and still a good inverse"
    )


def check_map_in_basis_acts_on_coordinates(answer, rng):
    for d in (2, 3, 4):
        A, B, c = rng.normal(size=(d, d)), well_conditioned(rng, d), rng.normal(size=(d, 1))
        M = array(answer.map_in_basis(A.tolist(), B), (d, d), "map_in_basis")
        gap = abs(product(B, product(M, c)) - product(A, product(B, c))).max()
        assert gap < 1e-10, (
            f"坐标 c 先过新矩阵再换回来，与先换回来再过 A，差 {gap:.2g}：B 和 B 的逆各在哪一边？"
            f" // coordinates through the new matrix and then out, against out and then through A, differ by {gap:.2g}: on which side is B, on which its inverse?"
        )

import numpy as np


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
        f"{name} 应是 numpy 数组，得到的是 {seen} // {name} should be a numpy array, not {seen}"
    )
    assert reply.shape == shape, (
        f"{name} 的形状应是 {shape}，得到 {reply.shape} // {name} should have shape {shape}, got {reply.shape}"
    )
    assert reply.dtype.kind in "iuf", (
        f"{name} 里应是实数，得到 {reply.dtype} // {name} should hold real numbers, got {reply.dtype}"
    )
    assert np.isfinite(reply).all(), (
        f"{name} 里出现了 inf 或 nan：除以 0 了，还是数越乘越大？ // {name} holds inf or nan: a division by 0, or numbers that grew without end?"
    )
    return reply.astype(float)


def number(reply, name):
    seen = kind(reply, name)
    assert isinstance(reply, (int, float, np.integer, np.floating)) and not isinstance(reply, bool), (
        f"{name} 应是一个数，得到的是 {seen} // {name} should be one number, not {seen}"
    )
    assert np.isfinite(reply), (
        f"{name} 是 inf 或 nan：数越乘越大了吗？ // {name} is inf or nan: did numbers grow without end?"
    )
    return float(reply)


def pair(reply, name, zh, en):
    """Two things; a named tuple (np.linalg.eigh gives one) stays over there and is read by item."""
    seen = kind(reply, name)
    if seen == "object":
        return reply[0], reply[1]
    assert isinstance(reply, (tuple, list)) and len(reply) == 2, (
        f"{name} 应返回一对（{zh}），得到的是 {seen} // {name} should return a pair ({en}), not {seen}"
    )
    return reply


def directions(rng, d, r):
    """r orthonormal directions in d dimensions, one a row."""
    return np.linalg.qr(rng.normal(size=(d, r)))[0].T


def table(rng, n, d, spreads, mean=3.0):
    """A table (n, d) built so that its principal components are known without any eigenvalue.

    Its standard deviation (n - 1) along the i-th of the returned directions (r, d) is exactly
    spreads[i], and 0 across them. Also returned: its mean (d,).
    """
    scores = rng.normal(size=(n, len(spreads)))
    scores = np.linalg.qr(scores - scores.mean(axis=0))[0] * np.sqrt(n - 1)
    along, centre = directions(rng, d, len(spreads)), mean * rng.uniform(0.5, 1.5, size=d)
    return scores * spreads @ along + centre, along, centre


def up_to_sign(found, wanted):
    """The largest difference when each column may be turned round."""
    same, turned = abs(found - wanted).max(axis=0, initial=0), abs(found + wanted).max(axis=0, initial=0)
    return np.minimum(same, turned).max(initial=0)


def fitted(answer, X, k=None):
    model = answer.PCA(k).fit(X)
    assert model is not None, "fit 什么也没有返回：它要 return self // fit returned nothing: it should return self"
    plain = isinstance(model, (np.ndarray, np.generic, int, float, str, list, tuple, dict))
    assert not plain, (
        f"fit 应返回 self，得到的是 {type(model).__name__} // fit should return self, not {type(model).__name__}"
    )
    return model


# ---- iris ----


def check_components_point_along_the_widest_spreads(answer, rng):
    for n, d, spreads, k in [
        (40, 4, [5, 2, 1, 0.4], 4),
        (30, 3, [3, 1, 0.5], 2),
        (5, 8, [4, 2, 1], 3),
        (12, 1, [2], 1),
        (50, 2, [1, 0.2], None),
    ]:
        X, along, _ = table(rng, n, d, spreads)
        k, asked = k or d, k
        C = fitted(answer, X.tolist() if d == 3 else X, asked).components_
        assert not isinstance(C, np.ndarray) or n == d or C.shape[-1:] != (n,), (
            f"({n}, {d}) 的表：方向里有 {n} 个数，说明协方差算在了样本之间；要的是特征之间的，{d}×{d}（np.cov 把行当作特征）"
            f" // a table of shape ({n}, {d}): the directions have {n} numbers, so this is the covariance between samples; wanted is the one between features, {d} by {d} (np.cov takes rows for features)"
        )
        C = array(C, (k, d), "components_")
        gap = abs(C @ C.T - np.eye(k)).max()
        assert gap < 1e-9, (
            f"({n}, {d}) 的表：各行应是互相垂直的单位向量，差了 {gap:.2g} // a table of shape ({n}, {d}): the rows should be unit vectors at right angles, off by {gap:.2g}"
        )
        angle = np.degrees(np.arccos(np.minimum(abs((C * along[:k]).sum(axis=1)), 1))).max()
        assert angle < 1e-3, (
            f"({n}, {d}) 的表：有一个方向偏了 {angle:.2g} 度。先减均值了吗？从宽到窄排了吗？一行是一个方向吗（eigh 的特征向量在列里）？"
            f" // a table of shape ({n}, {d}): some direction is {angle:.2g} degrees off. Was the mean taken off, are they sorted from wide to narrow, and is each direction a row (eigh gives columns)?"
        )


def check_variance_shares_count_every_feature(answer, rng):
    for n, d, spreads, k in [(30, 4, [5, 2, 1, 0.4], 2), (8, 3, [2, 1, 0.5], 3), (4, 6, [3, 1], 1)]:
        X, _, _ = table(rng, n, d, spreads)
        model, variance = fitted(answer, X, k), np.square(spreads, dtype=float)
        found = array(model.explained_variance_, (k,), "explained_variance_")
        ratio = array(model.explained_variance_ratio_, (k,), "explained_variance_ratio_")
        gap = abs(found / variance[:k] - 1).max()
        assert gap < 1e-9, (
            f"{n} 个样本：explained_variance_ 差了 {100 * gap:.3g}%。它是方差（除以 n − 1），不是标准差或平方和"
            f" // {n} samples: explained_variance_ is {100 * gap:.3g}% off. It is the variance (divide by n - 1), not a deviation or a sum of squares"
        )
        gap = abs(ratio - variance[:k] / variance.sum()).max()
        assert gap < 1e-9, (
            f"只留 {k} 个成分（特征有 {d} 个）：占比差了 {gap:.3g}。分母是全部特征的总方差吗？"
            f" // {k} of {d} components kept: the shares are off by {gap:.3g}. Is the divisor the variance of all features?"
        )


def check_moving_the_table_changes_nothing(answer, rng):
    X, _, _ = table(rng, 60, 3, [2, 1, 0.5])
    far = X + 1e6 * rng.uniform(1, 2, size=3)
    (C, variance), (C_far, variance_far) = (
        (array(m.components_, (3, 3), "components_"), array(m.explained_variance_, (3,), "explained_variance_"))
        for m in (fitted(answer, X, 3), fitted(answer, far, 3))
    )
    gap = max(up_to_sign(C_far.T, C.T), abs(variance_far - variance).max() / 4)
    assert gap < 1e-6, (
        f"把整张表平移一百万，主成分和方差不该变，却变了 {gap:.1e}：先减均值再求积；“平方的均值减均值的平方”会把有效数字消光"
        f" // moving the whole table by a million should change neither directions nor variances, but they moved by {gap:.1e}: take the mean off before multiplying; 'mean of squares minus square of mean' cancels the digits away"
    )
    assert variance.max() > 0, "方差全是 0 // all variances are 0"


def check_iris_is_almost_one_dimensional(answer, data, thresholds):
    X = data.iris()
    kept = answer.keep(X)
    model = fitted(answer, kept, 2)
    first, second = array(model.explained_variance_ratio_, (2,), "explained_variance_ratio_")
    gap = abs(first - 0.9246)
    assert gap < thresholds["iris_first_share"], (
        f"鸢尾花的第一主成分占 {first:.4f}，离应有的值差 {gap:.4f}：要减均值，不要除以标准差，分母是四个特征的总方差"
        f" // the first component of Iris holds {first:.4f}, {gap:.4f} away from what it should: take the mean off, do not divide by deviations, and divide by the variance of all four features"
    )
    spread = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    assert abs(second - spread[1] ** 2 / (spread**2).sum()) < 1e-9, (
        "鸢尾花的第二个占比不对：两个占比是从大到小的吗？ // the second share of Iris is off: do the shares fall?"
    )
    again = array(fitted(answer, kept, 2).explained_variance_ratio_, (2,), "explained_variance_ratio_")
    assert np.array_equal(kept[...], X) and np.allclose(again, [first, second]), (
        "fit 改动了传进来的表：`X -= …` 改的是调用者的数据 // fit changed the table it was given: `X -= ...` writes into the caller's data"
    )


def check_each_row_is_projected_alone(answer, rng):
    X, along, centre = table(rng, 30, 4, [4, 2, 1, 0.5])
    new = rng.normal(size=(6, 4)) + 10 * rng.uniform(1, 2, size=4)
    model, want = fitted(answer, X, 2), (new - centre) @ along[:2].T
    alone = [array(model.transform(row[None]), (1, 2), "transform") for row in new]
    Z = array(model.transform(new), (6, 2), "transform")
    gap = abs(np.vstack(alone) - Z).max()
    assert gap < 1e-9, (
        f"同一行单独变换、和别的行一起变换，结果差 {gap:.2g}：均值要用 fit 时记下的，不能用手里这批数据的"
        f" // a row transformed alone and among others differs by {gap:.2g}: the mean is the one fit stored, not that of the rows at hand"
    )
    gap = up_to_sign(Z, want)
    assert gap < 1e-7, (
        f"新样本的坐标差 {gap:.2g}：先减训练集的均值，再与每个方向做点积（一行是一个方向）"
        f" // the coordinates of new rows are off by {gap:.2g}: take the training mean off, then dot with every direction (one a row)"
    )
    array(model.transform(np.zeros((0, 4))), (0, 2), "transform")


def check_inverse_lands_on_the_nearest_point(answer, rng):
    for k in (3, 2, 1):
        X, along, centre = table(rng, 20, 3, [3, 1, 0.4])
        new, model = rng.normal(size=(5, 3)), fitted(answer, X, k)
        back = array(model.inverse_transform(model.transform(new)), (5, 3), "inverse_transform")
        nearest = centre + (new - centre) @ along[:k].T @ along[:k]
        gap = abs(back - nearest).max()
        assert gap < 1e-7, (
            f"3 个特征留 {k} 个成分，去了再回来，离该到的点差 {gap:.2g}：回来时均值加上了吗？"
            f" // {k} of 3 components, there and back: {gap:.2g} away from where it should land. Was the mean added again?"
        )


def check_fewest_components_reach_the_share(answer, rng):
    cases = [([0.5, 0.25, 0.25], 0.75), ([0.1] * 10, 1.0), ([0.9, 0.1], 0.05), ([1.0], 1.0), ([0.7, 0.3, 0.0], 1.0)]
    for d in (2, 3, 5, 8, 20):
        shares = np.sort(rng.dirichlet(np.ones(d)))[::-1]
        cases += [(shares, share) for share in rng.uniform(0.02, 0.999, size=3)]
    seen = [answer.components_needed(ratios, share) for ratios, share in cases]
    for (ratios, share), k in zip(cases, seen):
        found = kind(k, "components_needed")
        assert isinstance(k, (int, np.integer)) and not isinstance(k, bool), (
            f"components_needed 应返回整数，得到的是 {found} // components_needed should return an int, not {found}"
        )
        assert 1 <= k <= len(ratios), (
            f"{len(ratios)} 个成分里不可能需要 {k} 个 // out of {len(ratios)} components, {k} cannot be the number needed"
        )
        enough, fewer = sum(ratios[:k]), sum(ratios[: k - 1])
        assert enough >= share - 1e-9, (
            f"前 {k} 个成分合计 {enough:.6f}，不到要求的 {share:.6f} // the first {k} components hold {enough:.6f}, less than {share:.6f}"
        )
        assert fewer < share - 1e-12, (
            f"前 {k - 1} 个成分合计 {fewer:.6f}，已经达到 {share:.6f}，用不着 {k} 个（恰好相等也算达到） // the first {k - 1} components already hold {fewer:.6f}, which reaches {share:.6f}: {k} are too many (equal is enough)"
        )


def check_features_are_ranked_by_weight_not_sign(answer, rng):
    for d in (4, 2, 6, 1):
        weights = rng.permutation(np.arange(1, d + 1)) * rng.choice([-1, 1], size=d) / 7
        weights[rng.integers(d)] *= -1
        names = [f"feature {i}" for i in range(d)]
        for component in (weights, -weights):
            out = answer.strongest_features(component, names)
            found = kind(out, "strongest_features")
            assert isinstance(out, (list, tuple)) and sorted(map(str, out)) == names, (
                f"strongest_features 应返回一个列表，每个特征名恰好一次，得到的是 {found} // strongest_features should return a list with every name once, got {found}"
            )
            assert all(a >= b for a, b in zip(*[[abs(component[names.index(n)]) for n in part] for part in (out, out[1:])])), (
                f"权重 {np.round(component, 2)} 排成了 {list(out)}：比的是绝对值，正负只说明方向 // weights {np.round(component, 2)} were ranked {list(out)}: compare absolute values, a sign only tells the direction"
            )


# ---- eigen ----


def symmetric(rng, values):
    """A symmetric matrix with these eigenvalues; its eigenvectors are random."""
    V = directions(rng, len(values), len(values))
    A = V.T * values @ V
    return (A + A.T) / 2


def check_dominant_pair_satisfies_its_equation(answer, rng):
    cases = [symmetric(rng, np.array(v)) for v in ([4, 2, -1, 0.5], [-5, 4.5, 1], [3, 2.7, 2.2, 0])]
    cases += [1e4 * cases[0], 1e-4 * cases[1], np.array([[-2.5]]), np.zeros((2, 2)), np.array([[4, 1], [1, 4]])]
    for A in cases:
        n, size = len(A), np.linalg.norm(A, 2)
        reply = pair(answer.power_iteration(A), "power_iteration", "特征值，特征向量", "value, vector")
        value, v = number(reply[0], "power_iteration[0]"), array(reply[1], (n,), "power_iteration[1]")
        assert abs(np.linalg.norm(v) - 1) < 1e-9, (
            f"特征向量的长度应是 1，得到 {np.linalg.norm(v):.6g} // the eigenvector should have length 1, got {np.linalg.norm(v):.6g}"
        )
        assert abs(abs(value) - size) <= 1e-8 * size, (
            f"{n}×{n}：绝对值最大的特征值没有找到（得到 {value:.6g}） // {n} by {n}: the eigenvalue of largest absolute value was not found (got {value:.6g})"
        )
        gap = np.linalg.norm(A @ v - value * v)
        assert gap <= 1e-8 * size, (
            f"{n}×{n}：A v 与 {value:.6g}·v 相差 |A| 的 {gap / size:.1e} 倍。特征值的符号对吗？向量也收敛了吗（它比特征值慢得多）？"
            f" // {n} by {n}: A v and {value:.6g} v differ by {gap / size:.1e} of |A|. Is the sign right, and has the vector settled too (it takes far longer than the value)?"
        )


def check_no_start_is_trusted_blindly(answer, rng):
    swap = rng.permutation(3)
    for A, size, zh, en in [
        (np.array([[2, -1], [-1, 2]]), 3, "(1, 1)", "(1, 1)"),
        (np.array([[2, -1, 0], [-1, 2, 0], [0, 0, 1]])[swap][:, swap], 3, "(1, 1, 1)", "(1, 1, 1)"),
        (np.diag([1, 3]), 3, "(1, 0)", "(1, 0)"),
        (np.diag([1, 2, -4]), 4, "(1, 0, 0)", "(1, 0, 0)"),
    ]:
        reply = pair(answer.power_iteration(A.tolist()), "power_iteration", "特征值，特征向量", "value, vector")
        value = number(reply[0], "power_iteration[0]")
        assert abs(abs(value) - size) < 1e-8, (
            f"A = {A.tolist()}：得到 {value:.6g}，不是最大的。{zh} 恰好是另一个特征向量：从那里出发就再也走不开"
            f" // A = {A.tolist()}: got {value:.6g}, which is not the largest. {en} happens to be another eigenvector: whoever starts there never leaves"
        )


def check_all_pairs_satisfy_their_equations(answer, rng):
    for A in [
        symmetric(rng, np.array([5, -3.5, 2, -1, 0.5])),
        symmetric(rng, np.array([1, 0.5, 8, 3])),
        symmetric(rng, np.array([-7, -4])) * 1000,
        np.diag([1, 5, -3]),
        np.array([[4, 1], [1, 2]]),
        np.array([[-2.5]]),
    ]:
        n, size = len(A), np.linalg.norm(A, 2)
        kept = answer.keep(A)
        reply = pair(answer.qr_eig(kept), "qr_eig", "特征值，特征向量", "values, vectors")
        values, V = array(reply[0], (n,), "qr_eig[0]"), array(reply[1], (n, n), "qr_eig[1]")
        assert (np.diff(values) <= 0).all(), (
            f"特征值应从大到小（负的最大也排在后面），得到 {np.round(values, 3)} // eigenvalues should fall (a large negative one comes last), got {np.round(values, 3)}"
        )
        gap = abs(values - np.linalg.eigvalsh(A)[::-1]).max() / size
        assert gap < 1e-8, (
            f"{n}×{n}：特征值差了最大者的 {gap:.1e} 倍：迭代真的在改变矩阵吗？ // {n} by {n}: the eigenvalues are off by {gap:.1e} of the largest: does each step really change the matrix?"
        )
        gap = abs(V.T @ V - np.eye(n)).max()
        assert gap < 1e-9, (
            f"{n}×{n}：特征向量应两两垂直、长度为 1，差 {gap:.1e} // {n} by {n}: eigenvectors should be at right angles and of length 1, off by {gap:.1e}"
        )
        gap = abs(A @ V - V * values).max() / size
        assert gap < 1e-7, (
            f"{n}×{n}：A v 与 λ v 相差 {gap:.1e}（相对 |A|）。第 i 列配的是第 i 个值吗？每一步的 Q 都乘进去了吗，次序对吗？"
            f" // {n} by {n}: A v and value times v differ by {gap:.1e} of |A|. Does column i belong to value i? Was every step's Q multiplied in, and in the right order?"
        )
        again = pair(answer.qr_eig(kept), "qr_eig", "特征值，特征向量", "values, vectors")[0]
        assert np.array_equal(kept[...], A) and np.allclose(array(again, (n,), "qr_eig[0]"), values), (
            "qr_eig 改动了传进来的矩阵 // qr_eig changed the matrix it was given"
        )


# ---- whiten ----


def check_whitened_table_has_identity_covariance(answer, rng):
    for n, d, spreads in [(40, 3, [5, 1, 0.2]), (12, 2, [100, 1]), (30, 5, [3, 2, 1, 0.5, 0.1])]:
        X, _, _ = table(rng, n, d, spreads)
        W = array(answer.whiten(X, X), (n, d), "whiten")
        gap = abs(W.mean(axis=0)).max()
        assert gap < 1e-9, f"白化后每一列的均值应是 0，得到 {gap:.2g} // after whitening every column should have mean 0, got {gap:.2g}"
        centred = W - W.mean(axis=0)
        covariance = centred.T @ centred / (n - 1)
        spread = np.diag(covariance)
        gap = abs(covariance - np.diag(spread)).max() / max(spread.max(), 1e-300)
        assert gap < 1e-7, (
            f"({n}, {d})：白化后不同的坐标还相关（{gap:.2g}）：先转到主成分方向，再除；只给每个特征除以标准差是不够的"
            f" // ({n}, {d}): after whitening, coordinates are still correlated ({gap:.2g}): turn to the components first, then divide; dividing each feature by its deviation is not enough"
        )
        gap = abs(spread - 1).max()
        assert gap < 1e-7, (
            f"({n}, {d})：白化后的方差（除以 n − 1）离 1 最多差 {gap:.3g}：每个坐标要除以自己的标准差，不是方差"
            f" // ({n}, {d}): variances after whitening (divide by n - 1) are up to {gap:.3g} away from 1: each coordinate is divided by its standard deviation, not its variance"
        )


def check_new_rows_are_measured_from_training_data(answer, rng):
    X, along, centre = table(rng, 30, 3, [4, 1, 0.5])
    new = rng.normal(size=(5, 3)) * 3 + 20
    together = array(answer.whiten(X, new), (5, 3), "whiten")
    alone = np.vstack([array(answer.whiten(X, row[None]), (1, 3), "whiten") for row in new])
    gap = abs(together - alone).max()
    assert gap < 1e-8, (
        f"同一行单独白化、和别的行一起白化，差 {gap:.2g}：均值和标准差都只能来自 train"
        f" // a row whitened alone and among others differs by {gap:.2g}: mean and deviations may come from train only"
    )
    lengths = np.linalg.norm((new - centre) @ along.T / [4, 1, 0.5], axis=1)
    gap = abs(np.linalg.norm(together, axis=1) / lengths - 1).max()
    assert gap < 1e-7, (
        f"新样本离训练均值几个标准差，差了 {100 * gap:.2g}% // how many deviations new rows lie from the training mean is {100 * gap:.2g}% off"
    )


def check_flat_directions_are_left_out(answer, rng):
    for n, d, spreads, r in [(20, 4, [3, 1], 2), (20, 3, [2, 1, 1e-7], 2), (4, 6, [3, 2, 1], 3)]:
        X, _, _ = table(rng, n, d, spreads, mean=1.0)
        W = array(answer.whiten(X, X), (n, r), "whiten")
        gap = abs(W.T @ W / (n - 1) - np.eye(r)).max()
        assert gap < 1e-6, (
            f"{d} 个特征只在 {r} 个方向上真有变化：留下的 {r} 个坐标协方差应是单位矩阵，差 {gap:.2g}"
            f" // {d} features vary in only {r} directions: the {r} coordinates left should have covariance I, off by {gap:.2g}"
        )


def check_error_on_training_rows_is_the_variance_left_out(answer, rng):
    n, spreads = int(rng.integers(8, 30)), np.array([3, 1.5, 0.8, 0.3])
    X, _, _ = table(rng, n, 4, spreads)
    for k in range(5):
        error = number(answer.reconstruction_error(X, X, k), "reconstruction_error")
        want = (spreads[k:] ** 2).sum() * (n - 1) / n
        gap = abs(error - want)
        assert gap < 1e-9, (
            f"{n} 行、4 个特征留 {k} 个成分：误差 {error:.4g}，差 {gap:.2g}。一行的误差是四个差的平方之和，再对各行取平均"
            f" // {n} rows, {k} of 4 components: the error is {error:.4g}, off by {gap:.2g}. A row's error is the sum of its four squared differences; then take the mean over rows"
        )


def check_error_on_new_rows_uses_training_components(answer, rng):
    X, along, centre = table(rng, 25, 3, [4, 1, 0.3])
    new = rng.normal(size=(6, 3)) @ rng.normal(size=(3, 3)) + 5
    for k in (1, 2, 3):
        moved = new - centre
        across = moved - moved @ along[:k].T @ along[:k]
        gap = abs(number(answer.reconstruction_error(X, new, k), "reconstruction_error") - (across**2).sum() / 6)
        assert gap < 1e-7, (
            f"新样本、留 {k} 个成分：误差差了 {gap:.2g}。均值和方向都来自 train，在新样本上不再 fit"
            f" // new rows, {k} components: the error is off by {gap:.2g}. Mean and directions come from train; nothing is fitted on the new rows"
        )

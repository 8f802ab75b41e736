import numpy as np


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


def one_number(value, name):
    something(value)
    assert isinstance(value, (float, int, np.generic)) and not isinstance(value, (bool, np.bool_)), f"{name} 应返回一个数，得到的是{shown(value)} // {name} returns one number, got {shown(value, chinese=False)}"
    return float(value)


def factored(rng, height, width):
    """A fresh picture and its three parts U, s, Vt."""
    picture = rng.uniform(size=(height, width)) + np.outer(rng.uniform(size=height), rng.uniform(size=width))
    return picture, np.linalg.svd(picture, full_matrices=False)


def check_first_layers_add_up(answer, rng):
    _, (U, s, Vt) = factored(rng, 12, 12)
    for k in (1, 2, 5):
        out = something(answer.compress(U, s, Vt, k))
        assert isinstance(out, np.ndarray) and out.shape == (12, 12), f"应返回一张 12×12 的图（NumPy 数组），得到的是{shown(out)} // return a picture of 12×12 (a NumPy array), got {shown(out, chinese=False)}"
        assert np.isfinite(out).all(), "图里出现了 nan 或 inf // there is nan or inf in the picture"
        assert np.allclose(out, np.einsum("ir,r,rj->ij", U[:, :k], s[:k], Vt[:k])), f"k = {k} 时不对：从第 0 层数起，一共取 {k} 层，加在一起 // wrong for k = {k}: take {k} layers in all, counted from number 0, and add them up"


def check_all_layers_give_the_picture_back(answer, rng):
    picture, (U, s, Vt) = factored(rng, 9, 14)
    out = something(answer.compress(U, s, Vt, len(s)))
    assert isinstance(out, np.ndarray) and out.shape == picture.shape, f"高 9、宽 14 的图，得到的是{shown(out)} // the picture is 9 high and 14 wide, got {shown(out, chinese=False)}"
    gap = abs(out - picture).max()
    assert gap < 1e-9, f"9 层全加上，应当一点不差地得到原图，现在最多差 {gap:.2g} // all 9 layers together must give the very picture back; this is off by up to {gap:.2g}"


def check_error_is_what_you_would_measure(answer, rng):
    picture, (U, s, Vt) = factored(rng, 10, 13)
    for k in (1, 3, 7):
        copy = (U[:, :k] * s[:k]) @ Vt[:k]
        measured = np.sqrt(((picture - copy) ** 2).sum())
        said = one_number(answer.error_of(s, k), "error_of")
        assert abs(said - measured) < 1e-9, f"留 {k} 层时，说出的距离是真正量到的 {said / measured:.3g} 倍：用的是没留下的那些强度吗？先平方、再相加、最后开方了吗？ // with {k} layers kept, the distance you tell is {said / measured:.3g} times the one measured: is it from the strengths left out, squared, added, and then the root?"


def check_nothing_missing_is_no_error(answer, rng):
    _, (_, s, _) = factored(rng, 6, 8)
    assert abs(one_number(answer.error_of(s, len(s)), "error_of")) < 1e-12, "所有层都留下时，误差应是 0 // with all layers kept the error is 0"
    everything = one_number(answer.error_of(s, 0), "error_of")
    assert abs(everything - np.linalg.norm(s)) < 1e-9, "一层也不留时，误差应是整张图的大小：所有强度平方、相加、开方 // with no layer kept, the error is the size of the whole picture: all strengths squared, added, and the root"


def check_share_counts_squares(answer, rng):
    picture, (U, s, Vt) = factored(rng, 10, 13)
    for k in (1, 2, 6, 10):
        copy = (U[:, :k] * s[:k]) @ Vt[:k]
        share = 1 - ((picture - copy) ** 2).sum() / (picture**2).sum()
        said = one_number(answer.kept_share(s, k), "kept_share")
        assert abs(said - share) < 1e-9, f"留 {k} 层，份额说成了 {said:.4g}，与量到的对不上：分子和分母都是平方和吗？ // with {k} layers you tell a share of {said:.4g}, which is not what one measures: are there sums of squares above and below the line?"


def check_rank_is_the_smallest_that_suffices(answer, rng):
    _, (_, s, _) = factored(rng, 15, 18)
    held = np.cumsum(s**2) / np.sum(s**2)
    shares = rng.uniform(held[0], held[-2], size=6).tolist()
    for share, k in [(share, something(answer.rank_for(s, share))) for share in shares]:
        assert isinstance(k, (int, np.integer)) and not isinstance(k, bool), f"层数应是整数，得到的是{shown(k)} // a number of layers is an integer, got {shown(k, chinese=False)}"
        assert 1 <= k <= 15, f"一共 15 层，得到的层数是 {k} // there are 15 layers, and you say {k}"
        assert held[k - 1] >= share, f"要的份额是 {share:.3f}，你给的 {k} 层还不够 // the share wanted is {share:.3f}, and your {k} layers do not hold it yet"
        assert k == 1 or held[k - 2] < share, f"要的份额是 {share:.3f}，你给了 {k} 层，其实更少就够了 // the share wanted is {share:.3f}; you say {k} layers, and fewer would do"


def check_exactly_enough_is_enough(answer, rng):
    size = float(rng.integers(1, 9))
    s = size * np.array([1.0, 1.0, 1.0, 1.0])
    half, whole, little = (answer.rank_for(s, share) for share in (0.5, 1.0, 0.01))
    assert half == 2, "四层一样强，要一半：两层正好够，正好够也算够 // four layers of equal strength, half of it wanted: two are exactly enough, and exactly enough is enough"
    assert whole == 4, "四层一样强，要全部（share = 1）：四层都要留 // four layers of equal strength, all of it wanted (share = 1): every layer is needed"
    assert little == 1, "只要一点点，也至少要留一层 // however little is wanted, one layer is the least"

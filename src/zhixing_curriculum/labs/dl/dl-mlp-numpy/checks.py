import math

import numpy as np

KINDS = ("sigmoid", "tanh", "relu")
SHAPES = {"W1": lambda d, h, k: (d, h), "b1": lambda d, h, k: (h,), "W2": lambda d, h, k: (h, k), "b2": lambda d, h, k: (k,)}


# --- what the judge knows by itself -----------------------------------------------------------


def drawn_parameters(rng, d, h, k):
    return {name: rng.normal(size=shape(d, h, k)) for name, shape in SHAPES.items()}


def value_of(kind, z):
    if kind == "relu":
        return z if z > 0 else 0.0
    if kind == "tanh":
        return math.tanh(z)
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def neuron_by_neuron(P, X, kind):
    d, h = P["W1"].shape
    k = P["W2"].shape[1]
    Z, A, S = [], [], []
    for x in X:
        Z.append([P["b1"][j] + sum(x[i] * P["W1"][i, j] for i in range(d)) for j in range(h)])
        A.append([value_of(kind, z) for z in Z[-1]])
        S.append([P["b2"][c] + sum(A[-1][j] * P["W2"][j, c] for j in range(h)) for c in range(k)])
    return np.reshape(Z, (len(X), h)), np.reshape(A, (len(X), h)), np.reshape(S, (len(X), k))


def activations_of(kind, Z):
    if kind == "relu":
        return Z * (Z > 0), np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return np.tanh(Z), 1 / np.cosh(Z) ** 2
    return 1 / (1 + np.exp(-Z)), 1 / (2 + 2 * np.cosh(Z))


def mean_surprise(P, X, y, kind):
    S = activations_of(kind, X @ P["W1"] + P["b1"])[0] @ P["W2"] + P["b2"]
    return float(np.mean(np.logaddexp.reduce(S, axis=1) - S[np.arange(len(y)), y]))


def slopes_measured(P, X, y, kind, step=1e-5):
    found = {}
    for name in P:
        found[name] = np.zeros(P[name].shape)
        for place in np.ndindex(P[name].shape):
            ends = []
            for sign in (1, -1):
                moved = {**P, name: P[name].copy()}
                moved[name][place] += sign * step
                ends.append(mean_surprise(moved, X, y, kind))
            found[name][place] = (ends[0] - ends[1]) / (2 * step)
    return found


def slopes_derived(P, X, y, kind):
    A, bend = activations_of(kind, X @ P["W1"] + P["b1"])
    S = A @ P["W2"] + P["b2"]
    miss = (np.exp(S - np.logaddexp.reduce(S, axis=1)[:, None]) - (y[:, None] == np.arange(S.shape[1]))) / len(y)
    back = np.einsum("nk,hk,nh->nh", miss, P["W2"], bend)
    return {"W1": np.einsum("nd,nh->dh", X, back), "b1": np.einsum("nh->h", back), "W2": np.einsum("nh,nk->hk", A, miss), "b2": np.einsum("nk->k", miss)}


def smooth_case(rng, kind, n=6, d=4, h=5, k=3):
    """Parameters and samples; for relu, redrawn until no unit stands near its corner at 0."""
    while True:
        P, X, y = drawn_parameters(rng, d, h, k), rng.normal(size=(n, d)), rng.integers(0, k, size=n)
        if kind != "relu" or abs(X @ P["W1"] + P["b1"]).min() > 1e-3:
            return P, X, y


# --- what an answer may say -------------------------------------------------------------------



def expect_array(reply, shape, name):
    assert isinstance(reply, (np.ndarray, np.generic)), f"{name} 应返回 NumPy 数组，得到的是 {type(reply).__name__} // {name} should return a NumPy array; this is a {type(reply).__name__}"
    assert reply.shape == shape, f"{name} 的形状应是 {shape}，得到 {reply.shape} // {name} should have shape {shape}, not {reply.shape}"
    assert reply.dtype.kind in "fiu", f"{name} 的元素应是数，得到 dtype {reply.dtype} // {name} should hold numbers; its dtype is {reply.dtype}"
    return reply


def expect_number(reply, name):
    assert isinstance(reply, (float, int, np.ndarray, np.generic)) and np.shape(reply) == (), f"{name} 应返回一个数，得到的是{'形状 ' + str(reply.shape) + ' 的数组' if isinstance(reply, np.ndarray) else ' ' + type(reply).__name__} // {name} should return one number, not {'an array of shape ' + str(reply.shape) if isinstance(reply, np.ndarray) else 'a ' + type(reply).__name__}"
    return float(reply)


def expect_parameters(reply, sizes, name):
    assert isinstance(reply, dict), f"{name} 应返回字典，得到的是 {type(reply).__name__} // {name} should return a dict; this is a {type(reply).__name__}"
    assert set(reply) == set(SHAPES), f"{name} 的键应是 W1、b1、W2、b2，得到 {sorted(map(str, reply))} // the keys of {name} should be W1, b1, W2, b2, not {sorted(map(str, reply))}"
    for key, shape in SHAPES.items():
        expect_array(reply[key], shape(*sizes), f'{name}["{key}"]')
    return reply


def relative_gap(got, want):
    return float(np.max(abs(got - want)) / max(1e-3, np.max(abs(want))))


def unchanged(kept, P):
    return all(np.array_equal(kept[name], P[name]) for name in P)


# --- forward ----------------------------------------------------------------------------------


def check_activations_have_their_values(answer, rng):
    by_hand = {"sigmoid": [(0.0, 0.5), (math.log(3), 0.75)], "tanh": [(0.0, 0.0), (math.log(2), 0.6)], "relu": [(-2.0, 0.0), (1.5, 1.5)]}
    for kind in KINDS:
        z = np.array([value for value, _ in by_hand[kind]])
        a = expect_array(answer.activate(z, kind), (2,), f'activate(z, "{kind}")')
        assert np.allclose(a, [value for _, value in by_hand[kind]], atol=1e-12), f'activate(z, "{kind}") 在手算得出的点上不对：题目里的小例子 // activate(z, "{kind}") is wrong where it can be done by hand: see the example in the statement'
        for z in (rng.normal(scale=2, size=(3, 4)), rng.integers(-3, 4, size=6), rng.normal(size=(2, 1, 2)).astype(np.float32)):
            a = expect_array(answer.activate(z, kind), z.shape, f'activate(z, "{kind}")')
            want = np.reshape([value_of(kind, float(v)) for v in z.ravel()], z.shape)
            assert abs(a - want).max() < 1e-6, f'activate(z, "{kind}") 逐个元素核对时不对 // activate(z, "{kind}") is off when checked entry by entry'


def check_activations_stay_finite(answer, rng):
    z = np.array([-1000.0, -750.0, 750.0, 1000.0]) + rng.normal(size=4)
    for kind in ("sigmoid", "tanh"):
        a = expect_array(answer.activate(z, kind), (4,), f'activate(z, "{kind}")')
        assert np.isfinite(a).all(), f'z = ±1000 时 activate(z, "{kind}") 出现 nan：inf 除以 inf // activate(z, "{kind}") is nan at z = ±1000: inf divided by inf'
        low = 0 if kind == "sigmoid" else -1
        assert np.allclose(a, [low, low, 1, 1]), f'z = ±1000 时 "{kind}" 应已到达两端 {low} 与 1 // at z = ±1000 "{kind}" should have reached its ends {low} and 1'
        b = expect_array(answer.slope(z, kind), (4,), f'slope(z, "{kind}")')
        assert np.isfinite(b).all() and np.allclose(b, 0), f'z = ±1000 时 "{kind}" 早已变平，斜率应是 0 // at z = ±1000 "{kind}" is flat: its slope should be 0'


def check_slopes_equal_measured_ones(answer, rng):
    for kind in KINDS:
        z = rng.uniform(0.1, 2.5, size=(3, 4)) * rng.choice([-1, 1], size=(3, 4))
        got = expect_array(answer.slope(z, kind), z.shape, f'slope(z, "{kind}")')
        want = np.reshape([(value_of(kind, v + 1e-5) - value_of(kind, v - 1e-5)) / 2e-5 for v in z.ravel()], z.shape)
        gap = abs(got - want).max()
        assert gap < 1e-6, f'slope(z, "{kind}") 与实测斜率差 {gap:.2g}：参数是进入激活的 z，不是出来的 a // slope(z, "{kind}") is off the measured slope by {gap:.2g}: its argument is the z that goes in, not the a that comes out'


def check_relu_is_flat_at_zero(answer, rng):
    z = np.array([0.0, -0.0, 1.0, -1.0])[rng.permutation(4)]
    got = expect_array(answer.slope(z, "relu"), (4,), 'slope(z, "relu")')
    assert np.array_equal(got[z != 0], (z[z != 0] > 0) * 1.0), "relu 的斜率：正数处 1，负数处 0 // the slope of relu: 1 for positive, 0 for negative numbers"
    assert not got[z == 0].any(), "z 恰好为 0 时，这里约定 relu 的斜率是 0：比较时带等号了吗？ // at z = 0 the slope of relu is 0 by our convention: does the comparison include equality?"


def check_forward_equals_neuron_by_neuron(answer, rng):
    for kind, (n, d, h, k) in zip((*KINDS, "relu", "tanh"), [(4, 3, 5, 2), (3, 2, 4, 3), (5, 4, 3, 3), (1, 1, 1, 2), (0, 2, 3, 2)]):
        P, X = drawn_parameters(rng, d, h, k), rng.normal(size=(n, d))
        reply = answer.forward(P, X, kind)
        assert isinstance(reply, (tuple, list)) and len(reply) == 3, "forward 应返回三个数组：Z、A、S // forward should return three arrays: Z, A, S"
        for name, got, want in zip("ZAS", reply, neuron_by_neuron(P, X, kind)):
            expect_array(got, want.shape, f"forward → {name}")
            assert np.allclose(got, want, atol=1e-9), f'"{kind}"：{name} 与逐个神经元计算的结果不符；Z、A、S 里它是第一个不对的 // "{kind}": {name} differs from counting neuron by neuron; it is the first of Z, A, S that does'


def check_loss_is_mean_surprise(answer, rng):
    for kind, (n, d, h, k) in zip(KINDS, [(7, 3, 4, 3), (1, 2, 3, 5), (12, 4, 2, 2)]):
        P, X, y = drawn_parameters(rng, d, h, k), rng.normal(size=(n, d)), rng.integers(0, k, size=n)
        got = expect_number(answer.loss(P, X, y, kind), "loss")
        want = mean_surprise(P, X, y, kind)
        assert abs(got - want) < 1e-9 * max(1, want), f"{n} 行的损失差 {abs(got - want):.2g}：是 −ln(真实类别的概率) 对各行取平均吗？ // off by {abs(got - want):.2g} on {n} rows: is it the mean over rows of −ln(probability of the true class)?"
    even = {name: np.zeros(shape(3, 4, 10)) for name, shape in SHAPES.items()}
    got = expect_number(answer.loss(even, rng.normal(size=(5, 3)), rng.integers(0, 10, size=5), "tanh"), "loss")
    assert abs(got - math.log(10)) < 1e-9, "参数全为 0 时十类等可能，损失应是 ln 10 ≈ 2.303 // with all parameters 0 ten classes are equally likely: the loss should be ln 10 ≈ 2.303"


def check_loss_survives_huge_scores(answer, rng):
    P, X, y = drawn_parameters(rng, 3, 4, 3), rng.normal(size=(8, 3)), rng.integers(0, 3, size=8)
    small = expect_number(answer.loss(P, X, y, "tanh"), "loss")
    assert abs(small - mean_surprise(P, X, y, "tanh")) < 1e-9, "得分不大时损失就不对：先看上面几项 // wrong already for ordinary scores: see the checks above"
    P["W2"] = P["W2"] * 2000
    got = expect_number(answer.loss(P, X, y, "tanh"), "loss")
    assert math.isfinite(got), "得分上千时损失成了 inf 或 nan：先减去每行最大的得分，并一直留在对数里 // with scores in the thousands the loss is inf or nan: subtract each row's largest score first, and stay in logs"
    want = mean_surprise(P, X, y, "tanh")
    assert abs(got - want) < 1e-6 * want, "得分上千时损失虽有限，却不对：把概率截在某个小数上了吗？ // finite for scores in the thousands, but wrong: were probabilities cut off at some small number?"


# --- backward ---------------------------------------------------------------------------------


def check_measured_gradient_is_central(answer, rng):
    w = rng.uniform(1, 3, size=(2, 3))

    def f(x):
        assert np.shape(x) == (2, 3), f"f 应收到与 x 同形的数组 (2, 3)，收到 {np.shape(x)} // f should be given an array of x's shape (2, 3), not {np.shape(x)}"
        return float((w * x**3).sum() + x[0, 0] * x[1, 2] + math.sin(x.sum()))

    for x in (rng.uniform(1, 2, size=(2, 3)), rng.integers(1, 4, size=(2, 3))):
        kept = answer.keep(x)
        got = expect_array(answer.measured_gradient(f, kept, 1e-3), (2, 3), "measured_gradient(f, x, step)")
        again = expect_array(answer.measured_gradient(f, kept, 1e-3), (2, 3), "measured_gradient(f, x, step)")
        assert np.allclose(kept[...], x, rtol=0, atol=1e-12) and np.allclose(again, got, rtol=1e-6), "x 被改动后没有还原：后面的元素是在挪过的点上量的 // x was moved and not put back: later entries were measured at a shifted point"
        want = 3 * w * x**2 + math.cos(x.sum())
        want[0, 0] += x[1, 2]
        want[1, 2] += x[0, 0]
        gap = abs(got - want).max()
        assert not np.allclose(got, 2 * want, rtol=1e-3), "恰好大了一倍：x + step 与 x − step 之间隔着几个 step？ // exactly twice too large: how many steps lie between x + step and x − step?"
        assert gap < 1e-4, f"步长 0.001 时误差 {gap:.2g}：两边对称取点的误差约是步长的平方，只取一边则与步长成正比 // error {gap:.2g} at step 0.001: symmetric points leave an error like step², one-sided ones like step itself"
    got = expect_array(answer.measured_gradient(lambda x: float(5 * x[0]), np.array([2.0])), (1,), "measured_gradient(f, x)")
    assert abs(got[0] - 5) < 1e-6, "f(x) = 5x 的梯度应是 5 // the gradient of f(x) = 5x should be 5"


def check_gradients_match_measured_slopes(answer, rng):
    for kind in KINDS:
        P, X, y = smooth_case(rng, kind)
        G = expect_parameters(answer.backward(P, X, y, kind), (4, 5, 3), "backward")
        want = slopes_measured(P, X, y, kind)
        gaps = {name: relative_gap(G[name], want[name]) for name in ("b2", "W2", "b1", "W1")}
        far = [name for name in gaps if not gaps[name] < 1e-6]
        assert not far, f'"{kind}"：{far[0]} 的梯度与实测斜率相对差 {gaps[far[0]]:.2g}；按 b2、W2、b1、W1 的次序，它是第一个不对的 // "{kind}": the gradient of {far[0]} is off its measured slope by {gaps[far[0]]:.2g} (relative); in the order b2, W2, b1, W1 it is the first that is'


def check_copies_of_rows_change_nothing(answer, rng):
    P, X, y = smooth_case(rng, "tanh", n=3)
    once = expect_parameters(answer.backward(P, X, y, "tanh"), (4, 5, 3), "backward")
    thrice = expect_parameters(answer.backward(P, np.tile(X, (4, 1)), np.tile(y, 4), "tanh"), (4, 5, 3), "backward")
    for name in ("b2", "W2", "b1", "W1"):
        size = abs(thrice[name]).max() / max(1e-12, abs(once[name]).max())
        assert np.allclose(once[name], thrice[name], rtol=1e-9), f"每一行都重复 4 次，平均损失不变，{name} 的梯度却变成 {size:.2g} 倍：恰好除以一次行数了吗？ // with every row repeated 4 times the mean loss stays, yet the gradient of {name} became {size:.2g} times as large: is it divided by the number of rows, exactly once?"
        assert relative_gap(once[name], slopes_derived(P, X, y, "tanh")[name]) < 1e-6, f"重复各行时不变，但 {name} 的梯度本身不对 // unchanged by repeated rows, but the gradient of {name} itself is wrong"


def check_backward_leaves_its_inputs_alone(answer, rng):
    P, X, y = smooth_case(rng, "relu")
    kept, rows = answer.keep(P), answer.keep(X)
    G = expect_parameters(answer.backward(kept, rows, y, "relu"), (4, 5, 3), "backward")
    assert unchanged(kept, P) and np.array_equal(rows[...], X), "backward 改动了传给它的 P 或 X // backward changed the P or the X it was given"
    again = expect_parameters(answer.backward(kept, rows, y, "relu"), (4, 5, 3), "backward")
    assert all(np.array_equal(G[name], again[name]) for name in G), "同样的输入再算一次，梯度变了：上一次的结果被累加进来了吗？ // the same call again gives another gradient: was the last one added to it?"
    assert relative_gap(G["W1"], slopes_derived(P, X, y, "relu")["W1"]) < 1e-6, "输入没有被改动，但 W1 的梯度不对 // the inputs are untouched, but the gradient of W1 is wrong"


# --- training ---------------------------------------------------------------------------------


def check_the_start_breaks_symmetry(answer, rng):
    d, h, k = (int(v) for v in rng.integers(3, 9, size=3))
    seed = int(rng.integers(1000))
    P = expect_parameters(answer.initial(d, h, k, seed), (d, h, k), "initial")
    assert not P["b1"].any() and not P["b2"].any(), "偏置应从 0 开始 // biases should start at 0"
    W = P["W1"]
    apart = min(abs(W[:, i] - W[:, j]).max() for i in range(h) for j in range(i))
    assert apart > 1e-6, "有两个隐藏单元的入权重完全相同：起点处它们输出同一个数，多出来的白占地方；若是全零，relu 谁也收不到梯度 // two hidden units have the same incoming weights: they begin by giving the same number, one of them for nothing; with all zeros no relu unit ever receives a gradient"
    again, other = answer.initial(d, h, k, seed), answer.initial(d, h, k, seed + 1)
    assert np.array_equal(expect_parameters(again, (d, h, k), "initial")["W1"], W), "同一个 seed 两次给出了不同的参数 // the same seed gave different parameters"
    assert not np.array_equal(expect_parameters(other, (d, h, k), "initial")["W1"], W), "不同的 seed 给出了相同的参数：seed 用上了吗？ // another seed gave the same parameters: is the seed used?"


def check_the_start_costs_ln_k(answer, rng):
    for d, h, k in [(64, 48, 10), (200, 16, 10)]:
        X, y = rng.normal(size=(200, d)), rng.integers(0, k, size=200)
        P = expect_parameters(answer.initial(d, h, k, int(rng.integers(1000))), (d, h, k), "initial")
        cost = mean_surprise(P, X, y, "relu")
        assert abs(cost - math.log(k)) < 0.2, f"起点处的损失是 {cost:.2f}，而 10 类等可能时是 ln 10 ≈ 2.30：第一层按输入个数缩小了吗，最后一层够小吗？ // the loss starts at {cost:.2f}; ten equally likely classes cost ln 10 ≈ 2.30. Is the first layer scaled by its number of inputs, and the last one small?"
        spread = (X @ P["W1"]).std()
        assert 0.01 < spread < 10, f"隐藏层输入的标准差是 {spread:.2g}：太大激活会饱和，太小信号传不过去 // the hidden units receive numbers of spread {spread:.2g}: too large saturates them, too small starves them"


def check_a_step_goes_down_the_gradient(answer, rng):
    for kind in KINDS:
        P, X, y = smooth_case(rng, kind)
        rate = float(rng.uniform(0.3, 0.9))
        kept = answer.keep(P)
        Q = expect_parameters(answer.sgd_step(kept, X, y, kind, rate), (4, 5, 3), "sgd_step")
        again = expect_parameters(answer.sgd_step(kept, X, y, kind, rate), (4, 5, 3), "sgd_step")
        assert unchanged(kept, P) and unchanged(again, Q), "sgd_step 就地改了传进来的参数：P[name] -= … 写进的是同一块内存 // sgd_step changed the parameters it was given: P[name] -= … writes into the same memory"
        slopes = slopes_derived(P, X, y, kind)
        for name in ("b2", "W2", "b1", "W1"):
            want = P[name] - rate * slopes[name]
            assert relative_gap(Q[name], want) < 1e-6, f"{name} 没有恰好走 −rate × 梯度这一步：方向对吗？四个梯度都是在同一个 P 上求的吗？（backward 若没过，先改它） // {name} did not move by exactly −rate × gradient: is the direction right, and do all four gradients belong to the same P? (If backward failed, mend it first.)"


def one_run(answer, rng):
    """A training on a small problem: what went in, the batches that were reported, what came out."""
    P, X, y = smooth_case(rng, "tanh", n=23)
    seed, seen = int(rng.integers(1000)), []
    kept = answer.keep(P)
    Q = answer.train(kept, X, y, "tanh", 0.2, 4, 5, seed, lambda rows: seen.append(rows))
    return P, X, y, seed, seen, Q, unchanged(kept, P)


def batches_of(seen):
    assert seen, "on_batch 一次也没有被调用：每一步之前都要用这一批的行号调用它 // on_batch was never called: call it before each step with the row numbers of the batch"
    for rows in seen:
        assert isinstance(rows, (list, tuple, np.ndarray)) and np.ndim(rows) == 1 and np.asarray(rows).dtype.kind in "iu", f"on_batch 应收到一维的行号（整数），收到的是 {type(rows).__name__} // on_batch should be given the row numbers (ints, one axis), not a {type(rows).__name__}"
    return [np.asarray(rows).tolist() for rows in seen]


def check_every_row_once_per_epoch(answer, rng):
    *_, seen, _, _ = one_run(answer, rng)
    batches = batches_of(seen)
    assert len(batches) == 20, f"23 行、每批 5 行、4 轮：应走 20 步（每轮 5 步，最后一批 3 行），得到 {len(batches)} 步 // 23 rows in batches of 5 for 4 epochs are 20 steps (5 an epoch, the last of 3 rows), not {len(batches)}"
    for epoch in range(4):
        piece = batches[5 * epoch : 5 * epoch + 5]
        assert [len(rows) for rows in piece] == [5, 5, 5, 5, 3], f"第 {epoch + 1} 轮各批的大小是 {[len(rows) for rows in piece]}，应是 5、5、5、5、3 // epoch {epoch + 1} had batches of {[len(rows) for rows in piece]} rows, not 5, 5, 5, 5, 3"
        met = sorted(row for rows in piece for row in rows)
        assert met == list(range(23)), f"第 {epoch + 1} 轮里有的行出现多次、有的没出现：是有放回地抽样吗？ // in epoch {epoch + 1} some rows came twice and others never: were they drawn with replacement?"


def check_every_epoch_is_shuffled_anew(answer, rng):
    P, X, y, seed, seen, Q, _ = one_run(answer, rng)
    batches = batches_of(seen)
    length = max(1, len(batches) // 4)
    epochs = [sum(batches[i : i + length], []) for i in range(0, 4 * length, length)]
    assert sorted(epochs[0]) != epochs[0], "第一轮就是按原来的次序走的：没有打乱 // the first epoch runs in the original order: nothing was shuffled"
    assert len({tuple(order) for order in epochs}) == 4, "各轮的次序相同：每一轮都要重新打乱 // the epochs share one order: shuffle anew for each"
    again = []
    R = answer.train(P, X, y, "tanh", 0.2, 4, 5, seed, lambda rows: again.append(rows))
    assert batches_of(again) == batches, "同一个 seed 第二次训练走了另一个次序：随机数只应来自 seed // the same seed gave another order the second time: all chance should come from the seed"
    expect_parameters(Q, (4, 5, 3), "train"), expect_parameters(R, (4, 5, 3), "train")
    assert all(np.allclose(Q[name], R[name]) for name in Q), "次序相同，结果却不同 // the same order, yet another result"


def check_training_can_be_replayed(answer, rng):
    P, X, y, _, seen, Q, untouched = one_run(answer, rng)
    expect_parameters(Q, (4, 5, 3), "train")
    assert untouched, "train 改动了传进来的起点 P // train changed the P it started from"
    mine = P
    for rows in batches_of(seen):
        slopes = slopes_derived(mine, X[rows], y[rows], "tanh")
        mine = {name: mine[name] - 0.2 * slopes[name] for name in mine}
    gap = max(relative_gap(Q[name], mine[name]) for name in mine)
    assert gap < 1e-6, f"按你报告的批次逐步重走一遍，终点差 {gap:.2g}：每一步用的 X 与 y 是同样的行吗？（sgd_step 若没过，先改它） // walking through the batches you reported ends elsewhere (off by {gap:.2g}): do X and y of a step come from the same rows? (If sgd_step failed, mend it first.)"


def check_predict_takes_the_highest_score(answer, rng):
    P, X = drawn_parameters(rng, 3, 4, 5), rng.normal(size=(40, 3))
    got = expect_array(answer.predict(P, X, "relu"), (40,), "predict")
    assert got.dtype.kind in "iu", f"predict 应给出整数的类别号，得到 dtype {got.dtype} // predict should give class numbers, which are ints, not {got.dtype}"
    A, _ = activations_of("relu", X @ P["W1"] + P["b1"])
    assert np.array_equal(got, np.argmax(A @ P["W2"] + P["b2"], axis=1)), "有的行没有取得分最高的类别 // some rows did not get the class with the highest score"


def check_digits_are_recognised(answer, rng, data, thresholds):
    X, y = data.digits(rng, 2400)
    hidden, truth = data.digits(rng, 1000)
    P = expect_parameters(answer.initial(64, 48, 10, int(rng.integers(1000))), (64, 48, 10), "initial")
    Q = expect_parameters(answer.train(P, X, y, "relu", 0.2, 12, 20, int(rng.integers(1000))), (64, 48, 10), "train")
    assert all(np.isfinite(Q[name]).all() for name in Q), "训练后参数里有 nan 或 inf：步子太大，还是损失溢出了？ // parameters are nan or inf after training: too large a step, or an overflow?"
    start, end = mean_surprise(P, X, y, "relu"), mean_surprise(Q, X, y, "relu")
    guess = expect_array(answer.fresh().predict(Q, hidden, "relu"), (1000,), "predict")
    right = float((guess == truth).mean())
    need = thresholds["digits"]
    assert right >= need, f"新写的数字认对 {right:.1%}，需要 {need:.0%}（训练集上的损失从 {start:.3g} 到 {end:.3g}） // {right:.1%} of new digits recognised, {need:.0%} needed (loss on the training rows: {start:.3g} → {end:.3g})"

import numpy as np


def shown(value):
    """What came back, for a message: its shape if it has one, else its kind."""
    return np.shape(value) if isinstance(value, (np.ndarray, np.generic, float, int)) else type(value).__name__


def check_rows_are_log_probabilities(answer, rng):
    Z = rng.normal(size=(5, 3))
    out = answer.log_softmax(Z)
    assert isinstance(out, np.ndarray) and out.shape == Z.shape, f"应返回形状 {Z.shape} 的数组，得到的是 {shown(out)} // want an array of shape {Z.shape}, got {shown(out)}"
    assert out.dtype.kind == "f" and out.dtype.itemsize >= 4, f"应是 float64 的数组，得到的是 {out.dtype} // want an array of float64, got {out.dtype}"
    assert np.isfinite(out).all(), "普通大小的 logits 也出现了 nan 或 inf // nan or inf, even with logits of ordinary size"
    assert np.allclose(np.exp(out).sum(axis=1), 1), "取指数后每一行之和应为 1：归一化的是哪个轴？ // exp of each row must sum to 1: which axis is normalised?"
    assert np.allclose(np.diff(out, axis=1), np.diff(Z, axis=1)), "同一行里两项之差应与 logits 之差相同：返回的是对数概率，还是概率？ // within a row, differences must equal the logits' differences: are these logs, or probabilities?"


def check_huge_logits_stay_finite(answer, rng):
    Z = np.array([[1000.0, 0.0, -1000.0], [-1e4, 0.0, 1e4]]) + rng.normal(size=(2, 1))
    out = answer.log_softmax(Z)
    assert np.shape(out) == Z.shape, f"应返回形状 {Z.shape} 的数组，得到的是 {shown(out)} // want an array of shape {Z.shape}, got {shown(out)}"
    assert np.isfinite(out).all(), "出现了 inf 或 nan：np.exp 超过约 710 会上溢；先取 softmax 再取 log，又会碰到下溢成 0 的数 // inf or nan: np.exp overflows past about 710, and the log of a softmax meets numbers that underflowed to 0"
    assert np.allclose(np.exp(out).sum(axis=1), 1), "logits 很大时，取指数后每一行之和不是 1：平移之后也要归一化 // with huge logits, exp of each row no longer sums to 1: after the shift, normalise as before"
    assert np.allclose(np.diff(out, axis=1), np.diff(Z, axis=1)), "大 logits 之间的差没有保住：有没有截断（clip）过数值？ // the differences between huge logits are lost: was something clipped?"


def check_integer_logits_are_welcome(answer, rng):
    Z = rng.integers(-3, 4, size=(4, 3))
    kept = answer.keep(Z)
    out = answer.log_softmax(kept)
    assert np.shape(out) == Z.shape, f"应返回形状 {Z.shape} 的数组，得到的是 {shown(out)} // want an array of shape {Z.shape}, got {shown(out)}"
    assert np.allclose(np.exp(out).sum(axis=1), 1), "输入是整数时每一行之和不是 1：结果被截成整数了吗？ // with integer logits the rows do not sum to 1: was the result cut to integers?"
    assert np.array_equal(kept[...], Z) and np.allclose(answer.log_softmax(kept), out), "输入数组被改动了：`Z -= …` 改的是调用者的数据，`Z = Z - …` 才是新数组 // the input array was changed: `Z -= …` writes into the caller's data, `Z = Z - …` makes a new array"


def check_loss_is_mean_surprise(answer, rng):
    X, W = rng.normal(size=(30, 4)), rng.normal(size=(4, 3))
    y = rng.integers(0, 3, size=30)
    reply = answer.loss_and_gradient(W, X, y)
    assert isinstance(reply, (tuple, list)) and len(reply) == 2, "要返回两样东西：(损失, 梯度) // return two things: (loss, gradient)"
    Z = X @ W
    mean = np.mean(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(30), y])
    assert np.shape(reply[0]) == (), f"损失应是一个数，得到的形状是 {shown(reply[0])} // the loss is one number, got shape {shown(reply[0])}"
    gap = abs(reply[0] - mean)
    assert not 1e-9 <= gap < 1e-5, "损失只有单精度的准头：中途变成 float32 了吗？float64 才够用 // the loss is only as exact as single precision: did something become float32 on the way? Stay in float64"
    assert gap < 1e-9, f"损失差了 {gap:.1e}：它是负对数似然对样本的平均吗？ // the loss is off by {gap:.1e}: is it the mean over rows of the negative log-likelihood?"


def check_gradient_matches_measured_slope(answer, rng):
    X, W = rng.normal(size=(20, 4)), rng.normal(size=(4, 3))
    y = rng.integers(0, 3, size=20)

    def loss(W):
        return answer.loss_and_gradient(W, X, y)[0]

    gradient = answer.loss_and_gradient(W, X, y)[1]
    assert np.shape(gradient) == W.shape, f"梯度与 W 同形，应是 {W.shape}，得到的是 {shown(gradient)} // the gradient has W's shape {W.shape}, got {shown(gradient)}"
    steps = 1e-6 * np.eye(W.size).reshape(-1, *W.shape)
    slope = np.reshape([loss(W + s) - loss(W - s) for s in steps], W.shape) / 2e-6
    gap = abs(slope - gradient).max()
    assert gap < 1e-5, f"梯度与实测斜率最多差 {gap:.1e}：标签那一列减 1 了吗？也按样本取平均了吗？ // the gradient is off the measured slope by up to {gap:.1e}: is 1 subtracted at the label, and is it averaged over rows too?"


def check_uniform_start_costs_ln_k(answer, rng):
    k = int(rng.integers(3, 8))
    X, y = rng.normal(size=(12, 5)), rng.integers(0, k, size=12)
    loss, gradient = answer.loss_and_gradient(np.zeros((5, k)), X, y)
    assert abs(loss - np.log(k)) < 1e-9, f"权重全为 0 时，{k} 类的损失应是 ln {k}（各类等可能） // with zero weights and {k} classes the loss must be ln {k}: every class is equally likely"
    expected = X.T @ (1 / k - (y[:, None] == np.arange(k))) / 12
    assert np.shape(gradient) == expected.shape and np.allclose(gradient, expected), "权重全为 0 时概率都是 1/k，梯度可以手算：拿两个样本算一遍对照 // with zero weights every probability is 1/k and the gradient can be done by hand: compare two rows"


def check_padding_does_not_count(answer, rng):
    Z, y = rng.normal(size=(9, 4)), rng.integers(0, 4, size=9)
    padded = np.where(rng.permutation(9) < 4, -100, y)
    real = padded != -100
    loss, gradient = answer.masked_loss(Z, padded)
    mean = np.mean(np.logaddexp.reduce(Z[real], axis=1) - Z[real][np.arange(real.sum()), y[real]])
    assert np.shape(loss) == (), f"损失应是一个数，得到的形状是 {shown(loss)} // the loss is one number, got shape {shown(loss)}"
    assert not 1e-9 <= abs(loss - mean) < 1e-5, "损失只有单精度的准头：中途变成 float32 了吗？float64 才够用 // the loss is only as exact as single precision: did something become float32 on the way? Stay in float64"
    assert abs(loss - mean) < 1e-9, "有填充行时损失不对：分母应是真正参加的行数，填充行一项也不该加进来 // with padded rows the loss is off: divide by the rows that count, and let no padded row add to the sum"
    assert np.shape(gradient) == Z.shape, f"梯度与 Z 同形，应是 {Z.shape}，得到的是 {shown(gradient)} // the gradient has Z's shape {Z.shape}, got {shown(gradient)}"
    assert not np.any(gradient[~real]), "填充行的梯度应全为 0：它们不该推动任何参数 // padded rows must have a gradient of 0: they push nothing"
    P = np.exp(Z[real] - np.logaddexp.reduce(Z[real], axis=1)[:, None])
    wanted = (P - (y[real][:, None] == np.arange(4))) / real.sum()
    assert np.allclose(gradient[real], wanted), "参加的那些行，梯度不对：概率减 one-hot，再除以参加的行数 // for the rows that count the gradient is off: probabilities minus one-hot, over the number of rows that count"


def check_another_ignore_index(answer, rng):
    Z, y = rng.normal(size=(8, 4)), rng.integers(1, 4, size=8)
    y[rng.permutation(8)[:3]] = 0
    real = y != 0
    loss = answer.masked_loss(Z, y, 0)[0]
    mean = np.mean(np.logaddexp.reduce(Z[real], axis=1) - Z[real][np.arange(real.sum()), y[real]])
    assert abs(loss - mean) < 1e-9, "换一个 ignore_index（这里是 0）就不对了：是不是把 -100 写死了，或者用“标签小于 0”来判断？ // with another ignore_index (here 0) it is off: is -100 written into the code, or are labels below 0 taken as padding?"


def check_all_padding_costs_nothing(answer, rng):
    Z = rng.normal(size=(3, 4))
    loss, gradient = answer.masked_loss(Z, np.full(3, -100))
    assert np.shape(loss) == () and np.isfinite(loss), "一整批都是填充时，损失成了 nan：0 除以 0 了 // a batch of padding only gives nan: 0 was divided by 0"
    assert loss == 0, "一整批都是填充时，损失应为 0 // a batch of padding only costs 0"
    assert np.shape(gradient) == Z.shape and not np.any(gradient), "一整批都是填充时，梯度应是与 Z 同形的 0 // a batch of padding only has a gradient of zeros in Z's shape"

import numpy as np


def check_rows_are_log_probabilities(answer, rng):
    Z = rng.normal(size=(5, 3))
    out = answer.log_softmax(Z)
    assert np.shape(out) == Z.shape, "形状不对 // the shape is off"
    assert np.allclose(np.exp(out).sum(axis=1), 1), "每行之和应为 1 // each row must sum to 1"
    assert np.allclose(np.diff(out, axis=1), np.diff(Z, axis=1)), (
        "不是对数概率 // these are no logs"
    )


def check_huge_logits_stay_finite(answer, rng):
    Z = np.array([[1000.0, 0.0, -1000.0], [-1e4, 0.0, 1e4]]) + rng.normal(size=(2, 1))
    out = answer.log_softmax(Z)
    assert np.shape(out) == Z.shape, "形状不对 // the shape is off"
    assert np.isfinite(out).all(), "出现了 inf 或 nan // inf or nan"


def check_integer_logits_are_welcome(answer, rng):
    Z = rng.integers(-3, 4, size=(4, 3))
    out = answer.log_softmax(Z)
    assert np.shape(out) == Z.shape, "形状不对 // the shape is off"
    assert np.allclose(np.exp(out).sum(axis=1), 1), "每行之和应为 1 // each row must sum to 1"


def check_loss_is_mean_surprise(answer, rng):
    X, W = rng.normal(size=(30, 4)), rng.normal(size=(4, 3))
    y = rng.integers(0, 3, size=30)
    loss = answer.loss_and_gradient(W, X, y)[0]
    Z = X @ W
    mean = np.mean(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(30), y])
    assert np.shape(loss) == (), "损失应是一个数 // the loss is one number"
    assert abs(loss - mean) < 1e-9, "损失应对样本取平均 // the loss is a mean over rows"


def check_gradient_matches_measured_slope(answer, rng):
    X, W = rng.normal(size=(20, 4)), rng.normal(size=(4, 3))
    y, way = rng.integers(0, 3, size=20), rng.normal(size=(4, 3))
    gradient = answer.loss_and_gradient(W, X, y)[1]
    ahead = answer.loss_and_gradient(W + 1e-6 * way, X, y)[0]
    behind = answer.loss_and_gradient(W - 1e-6 * way, X, y)[0]
    assert np.shape(gradient) == W.shape, "梯度应与 W 同形 // the gradient has W's shape"
    gap = abs((ahead - behind) / 2e-6 - (gradient * way).sum())
    assert gap < 1e-7, "与实测斜率不符 // off the measured slope"


def check_uniform_start_costs_ln_k(answer, rng):
    k = int(rng.integers(3, 8))
    X, y = rng.normal(size=(12, 5)), rng.integers(0, k, size=12)
    loss, gradient = answer.loss_and_gradient(np.zeros((5, k)), X, y)
    assert abs(loss - np.log(k)) < 1e-9, "权重为 0 时损失应是 ln k // zero weights cost ln k"
    expected = X.T @ (1 / k - (y[:, None] == np.arange(k))) / 12
    assert np.allclose(gradient, expected), "权重为 0 时梯度不对 // off at zero weights"

import numpy as np


def weights(rng):
    return [rng.normal(size=shape) for shape in ((16, 4), (16,), (3, 16), (3,))]


def by_hand(A, a, B, b, X):
    return np.maximum(X @ A.T + a, 0) @ B.T + b


def check_one_row_of_logits_for_each_row(answer, rng):
    out = answer.logits(weights(rng), rng.normal(size=(7, 4)))
    assert np.shape(out) == (7, 3), "形状不对 // the shape is off"


def check_logits_are_those_of_the_net(answer, rng):
    given, X = weights(rng), rng.normal(size=(9, 4))
    out = answer.logits(given, X)
    assert np.shape(out) == (9, 3), "形状不对 // the shape is off"
    assert np.allclose(out, by_hand(*given, X), atol=1e-3), "输出不对 // the output is off"


def check_rows_do_not_meet(answer, rng):
    given, X = weights(rng), rng.normal(size=(6, 4))
    order = rng.permutation(6)
    out = answer.logits(given, X[order])
    assert np.shape(out) == (6, 3), "形状不对 // the shape is off"
    assert np.allclose(out, by_hand(*given, X)[order], atol=1e-3), "行与行相混 // rows are mixed"


def check_loss_is_mean_surprise(answer, rng):
    Z, y = rng.normal(size=(20, 3)), rng.integers(0, 3, size=20)
    mean = np.mean(np.logaddexp.reduce(Z, axis=1) - Z[np.arange(20), y])
    assert abs(answer.loss(Z, y) - mean) < 1e-5, "应对样本取平均 // it is a mean over rows"


def check_equal_logits_cost_ln_k(answer, rng):
    Z, y = np.full((5, 3), rng.normal()), rng.integers(0, 3, size=5)
    assert abs(answer.loss(Z, y) - np.log(3)) < 1e-5, "应是 ln 3 // it must be ln 3"


def check_thirty_steps_learn_three_clouds(answer, rng):
    y = np.arange(60) % 3
    X = 3 * np.eye(3, 4)[y] + 0.5 * rng.normal(size=(60, 4))
    losses, out = answer.train(X, y, 30, 0.3)
    assert len(losses) == 30, "应有 30 步 // there are 30 steps"
    assert losses[-1] < 0.6 * losses[0], "损失没有降下来 // the loss does not fall"
    assert np.shape(out) == (60, 3), "形状不对 // the shape is off"
    assert np.mean(np.argmax(out, axis=1) == y) > 0.9, "没有学会 // it has not learnt"
    mean = np.mean(np.logaddexp.reduce(out, axis=1) - out[np.arange(60), y])
    assert mean < losses[0], "最后的输出不对 // the last output is off"

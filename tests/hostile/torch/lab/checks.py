import numpy as np
from zhixing_checks import Tensor


def check_forward(answer, rng):
    x = rng.normal(size=5).astype("f4")
    reply = answer.Line()(Tensor(x))
    assert isinstance(reply, Tensor), "一个张量 // a tensor"
    assert np.shape(reply.array) == (5,) and (reply.array == 0).all(), "零 // zeros"
    assert reply.requires_grad, "梯度 // a gradient"


def check_fitted(answer, rng):
    x = rng.normal(size=40).astype("f4")
    w, b = rng.uniform(1, 2, size=2)
    reply = answer.fitted(Tensor(x), Tensor((w * x + b).astype("f4")), 60)
    assert np.allclose(reply.array, [w, b], atol=0.05)

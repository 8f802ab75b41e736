"""Tensors of torch cross by value, and what was learnt in one process predicts in another."""

from importlib.util import find_spec

import numpy as np
import pytest

from zhixing.grader import ground, tensors, wire
from zhixing.grader.grading import Judge
from zhixing.grader.tensors import Tensor
from zhixing.records import Verdict

needs_torch = pytest.mark.skipif(
    find_spec("torch") is None, reason="torch is not installed: pip install 'zhixing[torch]'"
)

ANSWER = """
import torch
from torch import nn

torch.manual_seed(5)


class Stranger(torch.Tensor):
    pass


class Tensor:
    dtype, shape, layout, requires_grad, is_leaf, grad = "float32", (2,), None, False, True, None

    def numpy(self):
        return [1, 2]

    detach = contiguous = resolve_conj = resolve_neg = numpy


def given(kind):
    ones = torch.ones(2, 3)
    return {
        "float32": ones,
        "bfloat16": torch.tensor([1.0, -2.5, 3.140625, float("nan")], dtype=torch.bfloat16),
        "bool": torch.tensor([True, False]),
        "int64": torch.arange(4),
        "uint16": torch.tensor([65535], dtype=torch.uint16),
        "complex128": torch.tensor([1 + 2j], dtype=torch.complex128).conj(),
        "zero_dim": torch.tensor(2.5),
        "empty": torch.empty(0, 3),
        "strided": torch.arange(6).reshape(2, 3).T[:, ::2],
        "parameter": nn.Parameter(ones),
        "in_a_graph": nn.Parameter(ones) * 2,
        "nested": {"a": [ones, (ones,)]},
        "meta": torch.empty(3, device="meta"),
        "sparse": ones.to_sparse(),
        "quantised": torch.quantize_per_tensor(ones, 0.1, 0, torch.qint8),
        "subclass": ones.as_subclass(Stranger),
        "impostor": Tensor(),
        "huge": torch.empty(17 * 1024 * 1024),
        "state_dict": nn.Linear(2, 1).state_dict(),
        "cell": nn.Linear(2, 1),
    }[kind]


def slope(kind="dense"):
    w = nn.Parameter(torch.tensor([1.0, 2.0]))
    (w * torch.tensor([3.0, 4.0])).sum().backward()
    return w


def embedding():
    rows = nn.Embedding(5, 2, sparse=True)
    rows(torch.tensor([1])).sum().backward()
    return rows.weight


def named(x):
    return f"{type(x).__module__}.{type(x).__name__}", str(getattr(x, "dtype", ""))


def doubled(x):
    return x * 2


def gathers(x):
    (x**2).sum().backward()
    return x


def bits(x):
    return x.view(torch.int16)


def dice():
    return torch.rand(3)


def double_in(x):
    x.mul_(2)
    return float(x.sum())


def threads():
    return torch.get_num_threads(), torch.get_num_interop_threads()


def calls(f):
    return f(torch.ones(2))
"""

WEIGHTS = """

class Line:
    def __init__(self):
        self.w, self.seen = torch.zeros(2), []


def train(x):
    line = Line()
    line.w = line.w + x
    line.seen.append("training")
    return line


def predict(line, x):
    return float((line.w * x).sum()), list(line.seen)


def weights(line):
    return {"w": line.w.numpy(), "bits": line.w.to(torch.bfloat16)}


def restore(kept):
    line = Line()
    line.w = torch.from_numpy(kept["w"])
    assert kept["bits"].dtype is torch.bfloat16
    return line
"""


def graded(judge: Judge, make_lab, body: str, answer: str = ANSWER) -> Verdict:  # type: ignore[no-untyped-def]
    lines = "\n".join("    " + line for line in body.splitlines())
    checks = (
        "import sys\nimport numpy as np\nfrom zhixing_checks import Tensor, raises\n\n\n"
        f"def check_it(answer, rng):\n{lines}\n"
    )
    lab = make_lab(answer, checks, packages=("torch",))
    return judge.grade(lab, answer, diagnose=False)


@needs_torch
@pytest.mark.parametrize(
    "body",
    [
        "t = answer.given('float32')\nassert type(t) is Tensor and t.dtype == 'float32'\n"
        "assert t.array.dtype == np.float32 and t.shape == (2, 3) and t.grad is None",
        "t = answer.given('bfloat16')\n"
        "assert t.dtype == 'bfloat16' and t.array.dtype == np.float32\n"
        "assert np.array_equal(t.array, [1, -2.5, 3.140625, np.nan], equal_nan=True)",
        "t = answer.given('bool')\nassert t.array.tolist() == [True, False]",
        "t = answer.given('int64')\nassert t.dtype == 'int64' and t.array.tolist() == [0, 1, 2, 3]",
        "assert answer.given('uint16').array.tolist() == [65535]",
        "assert answer.given('complex128').array.tolist() == [1 - 2j]",
        "t = answer.given('zero_dim')\nassert t.shape == () and float(t) == 2.5",
        "assert answer.given('empty').shape == (0, 3)",
        "assert answer.given('strided').array.tolist() == [[0], [1], [2]]",
        "t = answer.given('parameter')\nassert t.requires_grad and t.grad is None",
        "t = answer.given('in_a_graph')\n"
        "assert t.requires_grad and t.array.tolist() == [[2] * 3] * 2",
        "t = answer.given('nested')['a']\nassert t[1][0].array.sum() == 6",
        "t = answer.slope()\nassert t.grad.tolist() == [3, 4] and t.array.tolist() == [1, 2]",
        "assert type(answer.embedding()).__name__ == 'Parameter'  # a sparse gradient: a handle",
        "assert np.asarray(answer.given('float32')).sum() == 6",
        "assert answer.named(Tensor(np.ones(2))) == ('torch.Tensor', 'torch.float64')",
        "assert answer.named(Tensor(np.ones(2), 'bfloat16')) == ('torch.Tensor', 'torch.bfloat16')",
        "assert answer.named(Tensor(np.ones(2), 'float16')) == ('torch.Tensor', 'torch.float16')",
        "assert answer.named(np.ones(2)) == ('numpy.ndarray', 'float64')",
        "x = np.ones((2, 2), dtype=np.float32)\n"
        "assert answer.double_in(Tensor(x)) == 8 and x.sum() == 4",
        "t = answer.gathers(Tensor(np.array([1.0, 2.0]), requires_grad=True))\n"
        "assert t.grad.tolist() == [2, 4]",
        "x = np.array([1.0, 1.00390625, 1.01171875, -0.0, np.inf, np.nan], dtype=np.float32)\n"
        "there = answer.bits(Tensor(x, 'bfloat16')).array.view('u2').tolist()\n"
        "assert there == [0x3F80, 0x3F80, 0x3F82, 0x8000, 0x7F80, 0x7FC0]",
        "assert answer.doubled(answer.given('bfloat16')).array[1] == -5",
        "t = answer.calls(lambda t: type(t) is Tensor and Tensor(t.array * 3))\n"
        "assert t.array.tolist() == [3, 3]",
        "assert answer.dice().array.tolist() == answer.fresh().dice().array.tolist()",
        "assert answer.threads() == (1, 1)",
        "with raises('TypeError'):\n    answer.doubled(None)",
        "assert 'torch' not in sys.modules",
    ],
)
def test_a_check_may(body: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    verdict = graded(judge, make_lab, body)
    assert verdict.passed, verdict.checks[0]


@needs_torch
@pytest.mark.parametrize(
    "kind", ["meta", "sparse", "quantised", "subclass", "impostor", "huge", "state_dict", "cell"]
)
def test_what_is_no_plain_tensor_stays_there(kind: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    body = f"t = answer.given('{kind}')\nassert type(t) is not Tensor and hasattr(t, '_number')"
    verdict = graded(judge, make_lab, body)
    assert verdict.passed, verdict.checks[0]


# --- weights and restore --------------------------------------------------------------------------


@needs_torch
def test_a_restored_model_knows_its_weights_and_nothing_else(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    body = (
        "line = answer.train(Tensor(np.array([1.0, 2.0], dtype=np.float32)))\n"
        "there, twin = answer.restored(line)\n"
        "assert there.predict(twin, Tensor(np.array([3.0, 4.0]))) == (11.0, [])\n"
        "assert answer.predict(line, Tensor(np.array([3.0, 4.0]))) == (11.0, ['training'])"
    )
    verdict = graded(judge, make_lab, body, ANSWER + WEIGHTS)
    assert verdict.passed, verdict.checks[0]
    assert verdict.advice == ()


@needs_torch
def test_without_the_two_functions_the_verdict_says_where_it_predicted(
    judge: Judge, make_lab
) -> None:  # type: ignore[no-untyped-def]
    body = (
        "line = answer.train(Tensor(np.ones(2)))\n"
        "for _ in range(2):\n    there, same = answer.restored(line)\n"
        "assert there.predict(same, Tensor(np.ones(2))) == (2.0, ['training'])"
    )
    without = (ANSWER + WEIGHTS).replace("def restore", "def _restore")
    verdict = graded(judge, make_lab, body, without)
    assert verdict.passed, verdict.checks[0]
    assert len(verdict.advice) == 1
    assert "`weights`" in verdict.advice[0].zh
    assert "`restore`" in verdict.advice[0].en


@needs_torch
@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("line", "a plain dict"),
        ("line.w", "not a Tensor"),
        ("{'w': 3.0}", "not a name and an array"),
        ("{1: line.w.numpy()}", "not a name and an array"),
        ("{'w': line}", "not a name and an array"),
        ("{str(i): torch.zeros(9 * 1024 * 1024).numpy() for i in range(2)}", "64 MiB is the most"),
    ],
)
def test_weights_are_a_dict_of_arrays(kept: str, said: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    odd = WEIGHTS.replace('{"w": line.w.numpy(), "bits": line.w.to(torch.bfloat16)}', kept)
    body = "answer.restored(answer.train(Tensor(np.ones(2))))"
    verdict = graded(judge, make_lab, body, ANSWER + odd)
    message = verdict.checks[0].message
    assert not verdict.passed
    assert message is not None
    assert said in message.en


# --- the judge's side, without torch --------------------------------------------------------------


def received(**form: object) -> object:
    head = {"t": "P", "d": "float32", "v": array_form(), "g": None, "r": False, **form}
    return wire.unpack(head, [np.ones(2, "<f4").tobytes(), b"\0" * 4], lambda form: form)


def array_form(kind: str = "<f4", shape: object = (2,), buffer: int = 0) -> dict[str, object]:
    return {"t": "a", "d": kind, "s": list(shape), "n": buffer}  # type: ignore[call-overload]


def test_a_true_form_is_a_tensor() -> None:
    found = received(g={"d": "float32", "v": array_form()}, r=True)
    assert isinstance(found, Tensor)
    assert found.array.tolist() == found.grad.tolist() == [1, 1]
    assert found.requires_grad


@pytest.mark.parametrize(
    "lie",
    [
        {"d": "float64"},
        {"d": "qint8"},
        {"d": ["float32"]},
        {"d": None},
        {"v": array_form(shape=(3,))},
        {"v": array_form(shape=(-2,))},
        {"v": array_form(shape=(2**62, 2**62))},
        {"v": array_form(buffer=7)},
        {"v": array_form("|O")},
        {"v": [1, 2]},
        {"v": {"t": "h", "h": 1}},
        {"v": None},
        {"g": 3},
        {"g": {}},
        {"g": {"d": "float32", "v": array_form(shape=(2, 1))}},
        {"g": {"d": "bfloat16", "v": array_form("<u2", buffer=0)}},
        {"r": 1},
        {"r": None},
    ],
)
def test_a_form_that_lies_is_no_frame(lie: dict[str, object]) -> None:
    with pytest.raises(wire.BadFrame):
        received(**lie)


@pytest.mark.parametrize("missing", ["d", "v", "g", "r"])
def test_a_form_that_lacks_a_part_is_no_frame(missing: str) -> None:
    head = {"t": "P", "d": "float32", "v": array_form(), "g": None, "r": False}
    del head[missing]
    with pytest.raises(wire.BadFrame):
        wire.unpack(head, [np.ones(2, "<f4").tobytes()], lambda form: form)


def test_bfloat16_is_rounded_to_even_and_widened_back() -> None:
    numbers = np.float32([1.0, 1.00390625, 1.01171875, 3.3895314e38, -1e-40])
    there = tensors._widened(tensors._narrowed(numbers), "bfloat16")
    assert there.dtype == np.float32
    assert np.allclose(there, numbers, rtol=2**-8)
    assert np.array_equal(tensors._widened(tensors._narrowed(there), "bfloat16"), there)


def test_a_tensor_that_torch_does_not_know_cannot_be_sent() -> None:
    with pytest.raises(TypeError, match="torch knows"):
        wire.pack(Tensor(np.array(["a"])), wire.Packed(), lambda value: value)


# --- answers that lie -----------------------------------------------------------------------------


@needs_torch
@pytest.mark.parametrize(
    "trick",
    [
        "tensors._form = lambda *a: {'t': 'P', 'd': 'float32', 'v': {}, 'g': None, 'r': False}",
        "tensors._form = lambda *a: {'t': 'P', 'd': 'float32', 'v': None, 'g': None, 'r': 'yes'}",
        "tensors._kind_of = lambda value: 'bfloat16'",
        "tensors._as_numpy = lambda value: __import__('numpy').zeros((10**6, 10**6), 'f4')[:2, :3]",
        "torch.Tensor.numpy = lambda self: __import__('numpy').zeros(3)",
        "torch.Tensor.detach = lambda self: 1 / 0",
        "torch.Tensor.is_leaf = property(lambda self: 1 / 0)",
        "import os; torch.Tensor.resolve_conj = lambda self: os._exit(0)",
    ],
)
def test_no_lie_of_an_answer_passes_for_its_tensor(trick: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    body = "t = answer.given('float32')\nassert t.array.tolist() == [[1.0] * 3] * 2"
    liar = f"{ANSWER}\nfrom zhixing.grader import tensors\n{trick}\n"
    assert not graded(judge, make_lab, body, liar).passed
    verdict = graded(judge, make_lab, body)
    assert verdict.passed, verdict.checks[0]


@needs_torch
def test_an_object_that_calls_itself_a_tensor_in_weights_is_refused(judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    odd = WEIGHTS.replace(
        '{"w": line.w.numpy(), "bits": line.w.to(torch.bfloat16)}', "{'w': Tensor()}"
    )
    body = "answer.restored(answer.train(Tensor(np.ones(2))))"
    assert not graded(judge, make_lab, body, ANSWER + odd).passed


# --- warm -----------------------------------------------------------------------------------------

FIRST = """
import sys

import torch
from torch import nn


def first_training(kind):
    before = set(sys.modules)
    rows = torch.utils.data.TensorDataset(torch.rand(8, 1, 12, 12), torch.arange(8) % 3)
    net = nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Dropout(), nn.Linear(50, 3),
    )
    optimizer = getattr(torch.optim, kind)(net.parameters(), lr=0.1)
    for X, y in torch.utils.data.DataLoader(rows, batch_size=4, shuffle=True):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(X), y).backward()
        optimizer.step()
    net.load_state_dict(net.state_dict())
    with torch.no_grad():
        net.eval()(X).argmax(dim=1).numpy()
    return sorted(set(sys.modules) - before)
"""


@needs_torch
@pytest.mark.parametrize("kind", ["SGD", "Adam", "AdamW"])
def test_a_first_training_imports_nothing(kind: str, judge: Judge, make_lab) -> None:  # type: ignore[no-untyped-def]
    body = f"left = answer.first_training('{kind}')\nassert left == [], f'{{left}} // {{left}}'"
    verdict = graded(judge, make_lab, body, FIRST)
    assert verdict.passed, verdict.checks[0]


def test_gathering_pages_changes_no_value() -> None:
    numbers = np.arange(3_000_000)
    ground.gather()
    assert int(numbers.sum()) == 3_000_000 * 2_999_999 // 2

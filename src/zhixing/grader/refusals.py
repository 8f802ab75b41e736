"""What the isolation refuses reaches a learner as a bare OSError; this says who refused it."""

from collections.abc import Collection

from zhixing.words import Bilingual

THREADS = ("threads", "processes", "exec")


def with_refusal(
    said: Bilingual, kind: str, message: str, sandbox: Collection[str] = ()
) -> Bilingual:
    """The message; where processes, threads or sockets were refused, that the grader did so.
    `sandbox` is what the lab asks for: a lab with threads has them, though not without end."""
    permission = kind == "PermissionError" and message.startswith("[Errno 1]")
    thread = kind == "RuntimeError" and "can't start new thread" in message
    if thread and not set(THREADS).isdisjoint(sandbox):
        return Bilingual(
            f"{said.zh}（同时开的线程太多，或者内存不够再开一个）",
            f"{said.en} (too many threads at once, or no memory left for one more)",
        )
    if not permission and not thread:
        return said
    return Bilingual(
        f"{said.zh}（评分器里不许这样做：见 docs/operate/isolation.zh.md）",
        f"{said.en} (the grader does not allow this here: see docs/operate/isolation.md)",
    )

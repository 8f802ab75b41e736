"""What the isolation refuses reaches a learner as a bare OSError; this says who refused it."""

from zhixing.words import Bilingual


def with_refusal(said: Bilingual, kind: str, message: str) -> Bilingual:
    """The message; where processes, threads or sockets were refused, that the grader did so."""
    permission = kind == "PermissionError" and message.startswith("[Errno 1]")
    if not permission and not (kind == "RuntimeError" and "can't start new thread" in message):
        return said
    return Bilingual(
        f"{said.zh}（评分器里不许这样做：见 docs/operate/isolation.zh.md）",
        f"{said.en} (the grader does not allow this here: see docs/operate/isolation.md)",
    )

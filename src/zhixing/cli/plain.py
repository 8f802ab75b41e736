"""Records as JSON: one document on stdout, dates as texts, sentences in both languages."""

import json
from collections.abc import Mapping
from collections.abc import Set as AnySet
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import IO

from zhixing.records import Verdict
from zhixing.words import LANGUAGES, Said


def plain(value: object) -> object:
    """A record as dicts, lists, texts and numbers; a sentence as {"zh": …, "en": …}."""
    if isinstance(value, Said):
        return {language: value.render(language) for language in LANGUAGES}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, AnySet):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value


def wire_verdict(verdict: Verdict) -> dict[str, object]:
    """A verdict with the keys of WIRE 6, and no others."""
    return {
        "lab": verdict.lab,
        "part": verdict.part,
        "lab_version": verdict.lab_version,
        "verdict": verdict.verdict,
        "passed": verdict.passed,
        "score": verdict.score,
        "parts": plain(verdict.parts),
        "checks": [
            {
                "name": check.name,
                "part": check.part,
                "outcome": check.outcome,
                "message": plain(check.message),
                "cpu_seconds": check.cpu_seconds,
            }
            for check in verdict.checks
        ],
        "slips": plain(verdict.slips),
        "isolation": verdict.isolation,
        "cpu_seconds": verdict.cpu_seconds,
        "seed": verdict.seed,
        "versions": plain(verdict.versions),
        "advice": plain(verdict.advice),
        "cached": verdict.cached,
    }


def write_json(value: object, stream: IO[str], one_line: bool = False) -> None:
    """One document and a line end, in UTF-8 whatever the terminal speaks: JSON is for programs.

    Half a surrogate, which UTF-8 cannot hold, is written as an escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=None if one_line else 2, allow_nan=False)
    raw = (text + "\n").encode("utf-8", "backslashreplace")
    stream.flush()
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(raw.decode("utf-8"))
    else:
        binary.write(raw)
        binary.flush()

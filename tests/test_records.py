"""Promises of the records: one name, one place, whoever asks first."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import zhixing.records

FOLDER = Path(zhixing.records.__file__).parent
MODULES = sorted(file.stem for file in FOLDER.glob("[a-z]*.py"))


def test_every_record_can_be_imported_from_the_package_and_by_a_type_checker() -> None:
    defined = {
        name: value
        for module in MODULES
        for name, value in vars(import_module(f"zhixing.records.{module}")).items()
        if isinstance(value, type) and value.__module__ == f"zhixing.records.{module}"
    }
    assert len(defined) > 50
    for name, value in defined.items():
        assert getattr(zhixing.records, name) is value
    typed = [
        alias.name
        for node in ast.walk(ast.parse((FOLDER / "__init__.py").read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if node.module.startswith("zhixing.records.")
    ]
    assert sorted(typed) == zhixing.records.__all__
    assert set(zhixing.records.__all__) >= set(defined)


def test_what_is_no_record_is_said_so() -> None:
    with pytest.raises(AttributeError, match="no record is called Nothing"):
        zhixing.records.Nothing  # type: ignore[attr-defined]  # noqa: B018


def test_a_judge_does_not_read_the_records_of_plans() -> None:
    ask = (
        "import sys; from zhixing.grader import judge; "
        "print(sorted(m for m in sys.modules if m.startswith('zhixing.records.')))"
    )
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert "plans" not in said.stdout
    assert "labs" in said.stdout

"""init takes files where it takes routes, and "none" where it takes a day."""

from pathlib import Path

ROADMAP = "# Mine\n\n## Week 1\n- [ ] Read a chapter (2 h)\n- [ ] Build a thing (3 h)\n"


def test_a_file_may_follow_and_a_pin_and_a_deadline_may_go(stranger, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text(ROADMAP, encoding="utf-8")
    stranger.types("init", "--route", "math-16-weeks", "--start", "2026-12-07", "--yes")
    ran = stranger.types("init", "--then", str(mine), "--pin", "la-vectors=2026-12-12",
                  "--deadline", "2027-09-01", "--yes", "--json")  # fmt: skip
    profile = ran.data["profile"]
    assert profile["more_routes"] == ["mine"]
    assert profile["deadline"] == "2027-09-01"
    ran = stranger.types(
        "init", "--pin", "la-vectors=none", "--deadline", "none", "--yes", "--json"
    )
    profile = ran.data["profile"]
    assert (profile["pins"], profile["deadline"]) == ({}, None)
    assert profile["more_routes"] == ["mine"]


def test_nearly_none_is_none_of_the_days(stranger) -> None:
    ran = stranger.types("init", "--deadline", "nonne", "--yes")
    assert ran.code == 2
    assert 'did you mean "none"?' in ran.err


def test_a_json_without_nodes_proposes_no_plan_and_is_not_kept(stranger, tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text('{"nodes": [], "edges": []}', encoding="utf-8")
    looked_at = stranger.types("import", str(file))
    assert "zhixing init" not in looked_at.out
    kept = stranger.types("import", str(file), "--as", "mine")
    assert kept.code == 2
    assert "nothing in this document can be planned" in kept.err

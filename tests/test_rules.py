"""Rules that may not enter the house, and the words that tell why."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.rules import RuleError, load_rules

GOOD = 'description = "A line that says so"\nconfidence = 0.9\nmatches = ["so"]\nspares = ["no"]\n'


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('[x]\npattern = "so"\ndescription = "d"\nconfidence = 0.9\nmatches = ["so"]', "'spares' is missing"),
        (
            '[x]\npattern = "so"\ndescription = "d"\nconfidence = 0.9\nspares = ["no"]\nmatches = []',
            "'matches' is missing or empty",
        ),
        (f"[x]\n{GOOD}", "give a 'pattern', or 'decided_in'"),
        (f'[x]\n{GOOD}pattern = "("', "the pattern does not compile"),
        (f'[x]\n{GOOD}pattern = "(?i)so"', "write ignore_case = true"),
        (f'[x]\n{GOOD}pattern = "so"\ncolour = "red"', r"unknown keys \['colour'\]"),
        ("[x", "family.toml"),
    ],
    ids=[
        "no spares",
        "empty matches",
        "nobody decides",
        "broken pattern",
        "flag in the pattern",
        "unknown key",
        "broken file",
    ],
)
def test_an_unexplained_rule_is_an_error_that_names_it(tmp_path: Path, entry: str, complaint: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "family.toml").write_text(entry, "utf-8")
    with pytest.raises(RuleError, match=complaint):
        load_rules("family", tmp_path)


def test_rules_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"there is no seeds/rules/hashtags\.toml"):
        load_rules("hashtags", tmp_path)


def test_a_good_rule_carries_its_family_in_its_id(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "family.toml").write_text(f'[x]\n{GOOD}pattern = "so"', "utf-8")
    assert load_rules("family", tmp_path)["x"].rule_id == "family/x"

"""The house's laws that code can check."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from assets import sql
from assets.generate import FILES
from assets.tables import TABLES
from pipelines.extract.kinds import KINDS
from pipelines.read.stage import READERS
from pipelines.rules import families, load_rules

ROOT = Path(__file__).resolve().parent.parent
MODULES = [
    *sorted(path for folder in ("pipelines", "assets") for path in (ROOT / folder).rglob("*.py")),
    ROOT / "newsledger.py",
]
TOP_LEVEL = (
    "pyproject.toml",
    "pipelines",
    "assets",
    "sql",
    "tests",
    "seeds",
    "dagster.yaml",
    "LICENSE",
    "README.md",
    "Makefile",
)


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_the_top_level_names_stand(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", FILES)
def test_generated_files_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == FILES[name](), f"{name} is stale: run make docs"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_belongs_in_it_and_stays_a_room(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), "a module begins with what belongs in it"
    assert source.count("\n") <= 350, "more than one room: split it"


@pytest.mark.parametrize("kind", KINDS)
def test_one_name_runs_through_a_kind_of_fact(kind: str) -> None:
    contract, function = KINDS[kind]
    assert contract.__table__ == f"facts.{kind}"
    assert (contract.__module__, function.__module__, function.__name__) == (f"pipelines.extract.{kind}",) * 2 + (kind,)


@pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.__table__)
def test_a_table_has_a_key_and_every_column_a_description(contract: type) -> None:
    assert contract.primary_key()
    assert [name for name, column in contract.columns().items() if not column.description] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_fact_has_tests_of_its_own(kind: str) -> None:
    assert (ROOT / "tests" / "extract" / f"test_{kind}.py").exists(), "its rules' examples are run there"


def test_suffixes_name_one_format_each() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_people_are_told_of_each_format(reader: ModuleType) -> None:
    (suffix, *_) = reader.SUFFIXES
    assert f"`{suffix}`" in (ROOT / "README.md").read_text("utf-8"), "README.md, Your own articles"
    assert suffix in (ROOT / "newsledger.py").read_text("utf-8"), "the help of newsledger run"


@pytest.mark.parametrize("family", families())
def test_patterns_match_their_examples_and_spare_the_others(family: str) -> None:
    for rule in load_rules(family).values():
        if rule.pattern is None:
            assert rule.decided_in, rule.rule_id
            assert (ROOT / Path(*rule.decided_in.split(".")).with_suffix(".py")).exists(), (
                f"{rule.rule_id}: {rule.decided_in}"
            )
            continue
        assert [words for words in rule.matches if not rule.regex.search(words)] == [], (
            f"{rule.rule_id} must match (in a pattern a blank is written [ ])"
        )
        assert [words for words in rule.spares if rule.regex.search(words)] == [], f"{rule.rule_id} must spare"


@pytest.mark.parametrize("kind", ["marts", "checks", "questions"])
def test_every_sql_file_is_one_select_with_a_description(kind: str) -> None:
    files = sql.load(kind)
    assert files
    for file in files:
        assert file.description.endswith((".", "?")), f"{file.name}: the first comment is a sentence"
        assert file.tables(), f"{file.name} reads no table"


def test_direct_dependencies_are_pinned_and_the_constraints_hold_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = dict(line.lower().split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split())
    for wanted in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name, _, release = wanted.partition("==")
        assert release, f"{wanted} is not pinned"
        assert pinned[name.lower()] == release, f"{name}: run make constraints"


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    if not listed:
        pytest.skip("not a git checkout: nothing says which files are the project's")
    forbidden = re.compile(r"https?://[^\s\"']+/simple/|(?<![\w.])/(?:root|home/\w+)/")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in (".png",) or not path.is_file() or name == "tests/test_house.py":
            continue
        assert not forbidden.search(path.read_bytes().decode("utf-8", "replace")), name


def test_the_docs_hold_no_placeholders() -> None:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        assert "@@" not in path.read_text("utf-8"), path.relative_to(ROOT).as_posix()

"""Code versions: what each stage depends on, no more and no less."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from assets.home import CHECKOUT
from assets.versions import PLACES, _owners, ingredients, modules_of, needs
from pipelines.extract.kinds import KINDS
from pipelines.rules import SEEDS

CLEANERS = modules_of("clean")


def files(*modules: str) -> set[str]:
    return {path.relative_to(CHECKOUT).as_posix() for module in modules for path in ingredients(module)[1]}


def test_the_clean_stage_depends_on_its_rules_and_outlets() -> None:
    found = files(*CLEANERS)
    assert {
        "pipelines/text.py",
        "pipelines/clean/stage.py",
        "seeds/rules/blocks.toml",
        "seeds/rules/dates.toml",
    } <= found
    assert {"seeds/outlets/us.toml", "seeds/outlets/za.toml", "seeds/reference/agencies.toml"} <= found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_fact_depends_on_its_own_rules_and_on_no_other_kind(kind: str) -> None:
    found = files(f"pipelines.extract.{kind}")
    assert f"seeds/rules/{kind}.toml" in found
    assert not {f"pipelines/extract/{other}.py" for other in KINDS if other != kind} & found
    assert not {f"seeds/rules/{other}.toml" for other in KINDS if other != kind} & found


def test_a_list_of_another_language_is_an_input_of_its_kind_alone() -> None:
    of_german = "seeds/reference/de/quantities.toml"
    assert {kind for kind in KINDS if of_german in files(f"pipelines.extract.{kind}")} == {"quantities"}


def test_nothing_depends_on_the_dagster_layer() -> None:
    every = files(*CLEANERS, "pipelines.read.stage", *(f"pipelines.extract.{kind}" for kind in KINDS))
    assert not {name for name in every if name.startswith(("assets/", "sql/"))}


def test_libraries_that_shape_rows_are_part_of_the_version() -> None:
    libraries, _ = ingredients("pipelines.clean.stage")
    assert any(name.startswith("ftfy==") for name in libraries)


def test_the_owners_of_modules_are_those_that_python_tells() -> None:
    told = {name: set(owners) for name, owners in packages_distributions().items()}
    found = _owners()
    assert {name: found[name] for name in told} == told


def parsed(path: Path) -> tuple[set[str], set[Path]]:
    """What a module imports and which seeds files it reads, told by its syntax tree."""
    imports: set[str] = set()
    literals: set[str] = set()
    opened: list[tuple[str, ast.expr]] = []
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and len(node.value) < 80:
                literals.add(node.value)
        elif isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in PLACES and node.args:
                opened.append((PLACES[called], node.args[0]))
        elif isinstance(node, ast.Import):
            imports |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imports |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    files: set[Path] = set()
    for place, named in opened:
        if isinstance(named, ast.Constant):
            files |= set(SEEDS.glob(place.format(named.value)))
        elif isinstance(named, ast.JoinedStr) and isinstance(named.values[0], ast.Constant):
            files |= set((SEEDS / place.format(named.values[0].value)).rglob("*"))
        else:
            files |= {SEEDS / place.format(value) for value in literals}
    return imports, {path for path in files if path.is_file()}


def test_what_a_module_needs_is_what_a_parser_finds() -> None:
    """A version reads modules as text, because parsing them would take a quarter of a run's start."""
    modules = sorted((CHECKOUT / "pipelines").rglob("*.py"))
    assert [needs(path) for path in modules] == [parsed(path) for path in modules]


def test_every_rule_file_and_reference_list_is_read_by_some_stage() -> None:
    every = files(*CLEANERS, "pipelines.read.stage", *(f"pipelines.extract.{kind}" for kind in KINDS))
    kept = {
        path.relative_to(CHECKOUT).as_posix()
        for folder in ("rules", "outlets", "reference")
        for path in (CHECKOUT / "seeds" / folder).rglob("*.*")
    }
    assert kept - every == set()

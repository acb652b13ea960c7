"""Code versions: what each stage depends on, no more and no less."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest

from assets.home import CHECKOUT
from assets.versions import _owners, ingredients, modules_of
from pipelines.extract.kinds import KINDS

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


def test_every_rule_file_and_reference_list_is_read_by_some_stage() -> None:
    every = files(*CLEANERS, "pipelines.read.stage", *(f"pipelines.extract.{kind}" for kind in KINDS))
    kept = {
        path.relative_to(CHECKOUT).as_posix()
        for folder in ("rules", "outlets", "reference")
        for path in (CHECKOUT / "seeds" / folder).rglob("*.*")
    }
    assert kept - every == set()

"""Code versions: what a stage's rows depend on besides its input.

A version is the digest of the stage's modules, of every module of ours that they import, of the seeds files that these
read, and of the releases of the libraries that they use. It says which captures are stale, to us and to Dagster.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path
from typing import Any

from assets.home import CHECKOUT
from assets.quick import code_look
from pipelines.rules import SEEDS

LOADED = code_look()
"""What the code looked like before this process took the first digest of it; if it looks different later, this process
works with what is no longer there."""

STAGES = {
    "read": "pipelines.read.stage",
    "clean": "pipelines.clean.stage",
    "normalise": "pipelines.normalise.articles",
}
"""Stage to its module; kinds of fact are ``facts/<kind>`` and live in ``pipelines.extract.<kind>``."""


def _file(module: str) -> Path | None:
    path = CHECKOUT.joinpath(*module.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


PLACES = {"load_rules": "rules/{}.toml", "load_toml": "{}", "load_csv": "reference/{}", "load_each": "reference/*/{}"}
"""The functions of pipelines.rules that open seeds files, and where each looks."""


IMPORT = re.compile(r"^[ ]*(?:from ([\w.]+) import (\([^)]*\)|[^\n(]+)|import ([^\n]+))", re.M)
"""An import as our formatter leaves it: what follows ``from``, and the names; or the modules."""

CALL = re.compile(rf"(?<!def )\b({'|'.join(PLACES)})\(\s*(f?)(?:[\"']([^\"']*)[\"'])?")
"""A call of a function in PLACES: which, whether with an f-string, and the literal, if there is one."""

LITERAL = re.compile(r"[\"']([^\"'\n]{1,80})[\"']")


def _names(listed: str) -> Iterator[str]:
    """The names in a list of imports, without what they are to be called."""
    for name in re.sub(r"#[^\n]*", "", listed).strip("()").split(","):
        if name.strip():
            yield name.split()[0]


@cache
def needs(path: Path) -> tuple[frozenset[str], frozenset[Path]]:
    """The names that a module imports, and the seeds files that it reads, told by its calls in PLACES.

    A call with a literal names its file. A call with an f-string that begins with a folder stands for all of the folder;
    any other call for whichever literals of the module name a file. All of it is read without parsing the module, which
    would take a quarter of the time in which a run starts; a test holds that a parser finds the same.
    """
    source = path.read_text("utf-8")
    imports: set[str] = set()
    for origin, listed, modules in IMPORT.findall(source):
        imports |= {origin, *(f"{origin}.{name}" for name in _names(listed))} if origin else set(_names(modules))
    files: set[Path] = set()
    for called, formatted, literal in CALL.findall(source):
        place, folder = PLACES[called], literal.partition("{")[0]
        if formatted and folder:
            files |= set((SEEDS / place.format(folder)).rglob("*"))
        elif literal and not formatted:
            files |= set(SEEDS.glob(place.format(literal)))
        else:
            files |= {SEEDS / place.format(value) for value in LITERAL.findall(source)}
    return frozenset(imports), frozenset(path for path in files if path.is_file())


NAME = re.compile(r"^Name: *(\S+)", re.M)
"""The line of a distribution's metadata that names it."""


@cache
def _owners() -> Mapping[str, set[str]]:
    """Which distributions each top-level module comes from: ``importlib.metadata.packages_distributions`` in a quarter
    of its time, since this takes part in the start of every run."""
    owners: dict[str, set[str]] = {}
    for distribution in distributions():
        # Its name is one of the first lines of what a parser of letters takes a while to read as a whole.
        named = NAME.search(distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or "")
        owner = named[1] if named else ""
        told = (distribution.read_text("top_level.txt") or "").split()
        for name in told or {
            line.split(",")[0].split("/")[0] for line in (distribution.read_text("RECORD") or "").splitlines()
        }:
            owners.setdefault(name.split(".")[0], set()).add(owner)
    return owners


@cache
def _release(owner: str) -> frozenset[str]:
    try:
        return frozenset((f"{owner}=={version(owner)}",))
    except PackageNotFoundError:
        return frozenset()  # a name that only looks like a distribution's


@cache
def ingredients(module: str) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """What a module's result depends on: libraries (name==release) and files, both sorted."""
    libraries: set[str] = set()
    files: set[Path] = set()
    queue, seen = [module], set[str]()
    owners = _owners()
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        if name.split(".")[0] != "pipelines":
            for owner in owners.get(name.split(".")[0], ()):
                libraries |= _release(owner)
            continue
        path = _file(name)
        if path is None:
            continue  # a name inside a module, not a module
        imports, seeds = needs(path)
        files |= {path, *seeds}
        queue += imports
    return tuple(sorted(libraries)), tuple(sorted(files))


@cache
def code_version(*modules: str) -> str:
    """The digest of everything that these modules depend on, 16 hex digits."""
    digest = hashlib.sha256()
    for module in modules:
        libraries, files = ingredients(module)
        digest.update("\n".join(libraries).encode())
        for path in files:
            digest.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


GIVEN_UP = "pipelines.clean.rejects"
"""What stands for a capture that could not be cleaned; no stage imports it, since the workers' keeper asks for it."""


def modules_of(stage: str) -> tuple[str, ...]:
    """The modules of a stage as ops.done names it: ``read``, ``clean`` or ``facts/<kind>``.

    Labelling and normalising are one pass over a capture: together they are ``clean``.
    """
    if stage == "clean":
        return STAGES["clean"], STAGES["normalise"], GIVEN_UP
    kind = stage.removeprefix("facts/")
    return (STAGES["read"],) if stage == "read" else (f"pipelines.extract.{kind}",)


def read_version() -> str:
    """Version of the read stage."""
    return code_version(*modules_of("read"))


def clean_version() -> str:
    """Version of the rows in clean.*."""
    return code_version(*modules_of("clean"))


def fact_version(kind: str) -> str:
    """Version of the rows of one kind of fact."""
    return code_version(*modules_of(f"facts/{kind}"))


@cache
def digests(stage: str) -> Mapping[str, str]:
    """Today's ingredients of a stage: a file's digest by its path in the checkout, a library's release by its name."""
    found: dict[str, str] = {}
    for module in modules_of(stage):
        libraries, files = ingredients(module)
        found |= dict(library.split("==", 1) for library in libraries)
        found |= {
            path.relative_to(CHECKOUT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in files
        }
    return dict(sorted(found.items()))


def note_ingredients(con: Any, stages: Iterable[str]) -> None:
    """Keep what today's versions of these stages are made of (ops.ingredients), for :func:`changes` to compare with."""
    for stage in stages:
        version = code_version(*modules_of(stage))
        there = con.execute(
            "SELECT 1 FROM ops.ingredients WHERE stage = ? AND code_version = ? LIMIT 1", [stage, version]
        )
        if there.fetchone() is None:
            made = digests(stage)
            con.execute(
                "INSERT INTO ops.ingredients SELECT ?, ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
                [stage, version, list(made), list(made.values())],
            )


def changes(con: Any, stage: str, before: str) -> list[str]:
    """The files and libraries in which a stage's version differs from today's, in the order of their names."""
    rows = con.execute("SELECT name, digest FROM ops.ingredients WHERE stage = ? AND code_version = ?", [stage, before])
    then, today = dict(rows.fetchall()), digests(stage)
    return sorted(name for name in then.keys() | today.keys() if then.get(name) != today.get(name)) if then else []

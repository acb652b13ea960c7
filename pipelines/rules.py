"""Rules and reference lists, read from ``seeds/``.

What belongs here: opening seeds files and turning them into values. What does not: applying them.
A rule states a general pattern, and shows what it means with examples that it must match and examples that it must
spare; a rule without both is an error, so that no rule enters the house unexplained.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class RuleError(ValueError):
    """A seeds file that cannot be used; the message names the file, the entry and what is missing."""


@dataclass(frozen=True)
class Rule:
    """One entry of ``seeds/rules/<family>.toml``.

    ``rule_id`` is ``<family>/<name>``. ``pattern`` is ``None`` where the decision is made in code (``decided_in`` names
    the module); its examples are then run by that module's test.
    A rule about lines (``pipelines/clean``) can be limited to lines of ``longest`` characters, and among long lines to those
    that speak ``to_readers``: it asks them for something, or owns up to them.
    """

    rule_id: str
    family: str
    kind: str | None
    description: str
    confidence: float
    pattern: str | None
    ignore_case: bool
    decided_in: str | None
    matches: tuple[str, ...]
    spares: tuple[str, ...]
    longest: int | None = None
    to_readers: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern (multi-line; Unicode)."""
        if self.pattern is None:
            raise RuleError(f"rule {self.rule_id} is decided in {self.decided_in} and has no pattern")
        return _compiled(self.pattern, self.ignore_case)


def _compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    """A pattern in brackets, as it will stand beside others; :mod:`re` keeps it from the check to the first use."""
    return re.compile(f"(?:{pattern}\n)", re.MULTILINE | re.VERBOSE | (re.IGNORECASE if ignore_case else 0))


def _rule(family: str, path: Path, name: str, entry: dict[str, Any]) -> Rule:
    where = f"seeds/rules/{path.name}, rule {name!r}"
    for key in ("description", "confidence", "matches", "spares"):
        if not entry.get(key):
            raise RuleError(f"{where}: '{key}' is missing or empty; every rule says what it does and shows examples")
    if not entry.get("pattern") and not entry.get("decided_in"):
        raise RuleError(f"{where}: give a 'pattern', or 'decided_in' with the module that decides")
    unknown = set(entry) - {
        "kind", "description", "confidence", "pattern", "ignore_case", "decided_in", "matches", "spares",
        "longest", "to_readers",
    }  # fmt: skip
    if unknown:
        raise RuleError(f"{where}: unknown keys {sorted(unknown)}")
    try:
        _compiled(entry.get("pattern") or "", bool(entry.get("ignore_case")))
    except re.error as error:
        way = "; write ignore_case = true below it instead of (?i)" if "global flags" in str(error) else ""
        raise RuleError(f"{where}: the pattern does not compile: {error}{way}") from error
    return Rule(
        rule_id=f"{family}/{name}",
        family=family,
        kind=entry.get("kind"),
        description=entry["description"],
        confidence=float(entry["confidence"]),
        pattern=entry.get("pattern"),
        ignore_case=bool(entry.get("ignore_case", False)),
        decided_in=entry.get("decided_in"),
        matches=tuple(entry["matches"]),
        spares=tuple(entry["spares"]),
        longest=entry.get("longest"),
        to_readers=bool(entry.get("to_readers", False)),
    )


@cache
def load_rules(family: str, seeds: Path = SEEDS) -> dict[str, Rule]:
    """The rules of ``seeds/rules/<family>.toml`` by name, in file order (order is precedence where rules compete)."""
    path = seeds / "rules" / f"{family}.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise RuleError(f"there is no seeds/rules/{path.name}, and code loads its rules") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: {error}") from error
    return {name: _rule(family, path, name, entry) for name, entry in entries.items()}


@cache
def families(seeds: Path = SEEDS) -> tuple[str, ...]:
    """The names of all rule files, sorted."""
    return tuple(sorted(path.stem for path in (seeds / "rules").glob("*.toml")))


@cache
def load_toml(name: str, seeds: Path = SEEDS) -> dict[str, Any]:
    """A TOML file under ``seeds/`` by its path there, for example ``"outlets/us.toml"``."""
    try:
        return tomllib.loads((seeds / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{seeds / name}: {error}") from error


@cache
def load_each(name: str, seeds: Path = SEEDS) -> dict[str, dict[str, Any]]:
    """The TOML files of this name under ``seeds/reference/<language>/``, by language."""
    made = {}
    for path in sorted((seeds / "reference").glob(f"*/{name}")):
        try:
            made[path.parent.name] = tomllib.loads(path.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise RuleError(f"{path}: {error}") from error
    return made


@cache
def load_csv(name: str, seeds: Path = SEEDS) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file under ``seeds/reference/``, for example ``"units.csv"``; empty cells are empty strings."""
    try:
        with (seeds / "reference" / name).open(encoding="utf-8", newline="") as lines:
            return tuple(csv.DictReader(lines))
    except OSError as error:
        raise RuleError(f"{seeds / 'reference' / name}: {error}") from error

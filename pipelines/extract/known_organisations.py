"""Organisations that are known by name: those with small words inside, and teams by their nicknames.

What belongs here: the lists of names in ``seeds/reference/en/organisations.toml``, and where a text has one of them. What does not: names
that are told by their head words (:mod:`pipelines.extract.organisations`).
"""

from __future__ import annotations

import re
from collections.abc import Set

from pipelines.extract.names import NAME, OPENERS
from pipelines.rules import load_toml

_LISTS = load_toml("reference/en/organisations.toml")


def _names(of: str) -> list[str]:
    """The names of several words in a list."""
    return [name.strip() for name in _LISTS[of].replace("\n", "").split("|")]


_WORDS = _LISTS["known"].split()
KNOWN = frozenset(_WORDS) | {".".join(word) + "." for word in _WORDS if word.isalpha() and word.isupper()}
"""Single words that are organisations, however they are called in full; acronyms with stops as well: F.B.I."""
NOT_ORGANISATIONS = frozenset(_names("not_organisations"))
_TEAMS = frozenset(_names("teams"))
_SURE_TEAMS = frozenset(_names("sure_teams"))
KNOWN_RUNS = {name: len(name.split()) for name in (*_names("known_runs"), *_TEAMS)}
"""Names of several words, each with their number"""
_TOWN_OF_TEAM = re.compile("(?:" + "|".join(sorted(_names("team_towns"), key=lambda town: (-len(town), town))) + ") ")


def _by_first_words() -> dict[str, list[str]]:
    """The names with small words inside by the run with which they begin, longest first."""
    found: dict[str, list[str]] = {}
    for name in _names("long_names"):
        run = NAME.match(name)
        if run:
            found.setdefault(run.group(), []).append(name)
    return {run: sorted(names, key=len, reverse=True) for run, names in found.items()}


_LONG = _by_first_words()


def begins_long_name(run: str) -> bool:
    """Whether a listed name with small words inside begins with a run, the opening of a sentence aside."""
    first, _, rest = run.partition(" ")
    return (rest if rest and first in OPENERS else run) in _LONG


def long_name(text: str, start: int, run: str) -> tuple[int, int] | None:
    """Where a listed name stands that begins with a run, or with the run behind the opening of a sentence."""
    first, _, rest = run.partition(" ")
    if rest and first in OPENERS:
        start, run = start + len(first) + 1, rest
    for name in _LONG.get(run, ()):
        end = start + len(name)
        if text[start:end].replace("’", "'") == name and not text[end : end + 1].isalnum():
            return start, end
    return None


def _nicknames() -> dict[str, list[str]]:
    """Teams by their nicknames: what stands behind the town in their names."""
    found: dict[str, list[str]] = {name: [] for name in _SURE_TEAMS}
    for team in sorted(_TEAMS):
        town = _TOWN_OF_TEAM.match(team)
        if town:
            found.setdefault(team[town.end() :], []).append(team)
    return found


NICKNAMES = _nicknames()


def team(text: str, start: int, run: str, runs: Set[str]) -> str | None:
    """The name of a team by its nickname, and of the House, behind "the"; ``runs`` are all runs of the article."""
    if text[max(0, start - 4) : start].lower() != "the ":
        return None
    if run == "House":
        return None if text.startswith(" of ", start + len(run)) else run
    full = NICKNAMES.get(run, [])
    named = [name for name in full if name in runs or f"The {name}" in runs]
    if named or run in _SURE_TEAMS:
        return named[0] if named else full[0] if len(full) == 1 else run
    return None

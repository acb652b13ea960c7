"""What a run of capitalised words says of places wherever it stands: looked up once for all its occurrences.

What belongs here: the names in a run with what speaks for and against each of them by the run alone, as one table that an article's
runs are looked up in. What does not: the names themselves (:mod:`pipelines.extract.placenames`), the text around a run
(:mod:`pipelines.extract.toponyms`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.extract.gazetteer import Place
from pipelines.extract.known_places import Listed, listed_names
from pipelines.extract.names import OPENERS, given_names
from pipelines.extract.placenames import FAMILY_FIRST, PARTY, WORDS, Segment, segments

_REST = {"house": 1.5, "person": 2.5, "other": 1.5, "place": 0.0, "body": -1.0}
_BASE = {"known": 3.0, "people": 2.5, "town": 0.0, "feature": 1.5, "street": 2.0, "short": 4.0}


class Weighed(NamedTuple):
    """A name inside of a run with all that can be weighed without the text around the run."""

    at: int
    length: int
    name: str
    sort: str
    places: tuple[Place, ...]
    own: float
    """What speaks for a place by the name alone"""
    small: str
    """A town of one word in small letters, with blanks around: an article that writes it so means no place"""
    acronym: bool
    """Such a town whose name is all capitals, and short"""
    first: bool
    """Nothing stands before it in the run"""
    open: bool
    """Nothing does, or a word that leads in names: what stands before it is to be asked"""
    lead: float
    """What other words before it in the run say"""
    last: bool
    """Nothing stands behind it in the run: what follows is to be asked"""
    rest: float
    """What words behind it in the run say"""


class Reading(NamedTuple):
    """What a run may hold, by itself."""

    names: tuple[Weighed, ...]
    long: tuple[tuple[int, str, Listed], ...]
    short: Listed | None
    party: bool
    road: int
    """Where the name of a road begins that a number behind the run would make; -1 for none"""
    plain: bool
    """Nothing but ``names``"""


def weighed(segment: Segment) -> Weighed:
    """A name with what the run says about it."""
    at, length, name, sort, places, before, behind = segment
    own, small = _BASE[sort], ""
    if sort == "town":
        own, small = _town(name, places[0].population)
    lead = 0.0
    if before == "title":
        lead = -4.0 if sort == "town" else -1.0
    elif before not in ("", "before", "place"):
        lead = -3.0
    half = sort in ("known", "people") and behind != "body"
    rest = -_REST[behind] * (0.5 if half else 1.0) if behind else 0.0
    return Weighed(
        at, length, name, sort, places, own, small, bool(small) and name.isupper() and len(name) < 6, before == "",
        before in ("", "before"), lead, behind == "", rest,
    )  # fmt: skip


def _town(name: str, largest: int) -> tuple[float, str]:
    """What speaks for a town by its name and the people of the largest that bears it; a single word in small letters, with blanks around."""
    score = _BASE["town"]
    score += 0.8 if largest > 1_000_000 else 0.4 if largest > 100_000 else 0.0 if largest > 15_000 else -0.3
    if " " in name:
        score += 0.0 if name.split()[0] in given_names() or name.startswith(("St.", "St ", "Saint ")) else 0.8
        return score, ""
    if name in given_names() or name in FAMILY_FIRST:
        score -= 1.0
    return score, f" {name.lower()} "


def _read(run: str) -> Reading | None:
    words = run.split()
    last = words[-1]
    road = -1
    if last in WORDS["numbered_roads"]:
        road = len(words[0]) + 1 if words[0].rstrip(".") in OPENERS and len(words) > 1 else 0
    long: list[tuple[int, str, Listed]] = []
    for count in range(1, min(3, len(words)) + 1):
        tail = " ".join(words[-count:])
        long += [(len(run) - len(tail), name, entry) for name, entry in _long_names().get(tail, ())]
    short = listed_names().get(last + ".") if last not in WORDS["words_too"] else None
    party = PARTY.match(run) is not None
    plain = not (long or short or party or road >= 0)
    names = tuple(map(weighed, segments(run)))
    return Reading(names, tuple(long), short, party, road, plain) if names or not plain else None


class _Readings(dict[str, Reading | None]):
    """Readings by the words of the run; nothing for most runs."""

    def __missing__(self, run: str) -> Reading | None:
        if len(self) > 1 << 16:
            self.clear()
        made = self[run] = _read(run)
        return made


READINGS = _Readings()


@cache
def _long_names() -> dict[str, list[tuple[str, Listed]]]:
    """The listed names that no run of capitalised words holds as a whole, longest first, by their first words."""
    found: dict[str, list[tuple[str, Listed]]] = {}
    for name, entry in listed_names().items():
        if re.search(r" (?:of|and|the) |['’]s ", name):
            found.setdefault(re.split(r" (?:of|and|the) |['’]", name)[0], []).append((name, entry))
    return {first: sorted(names, key=lambda pair: -len(pair[0])) for first, names in found.items()}

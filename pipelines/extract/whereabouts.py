"""Which place of a name is meant: towns, counties and states are weighed by the company that they keep in the article.

What belongs here: choosing among the gazetteer's places. What does not: finding names (:mod:`pipelines.extract.toponyms`).
An article is about few parts of the world. Each name votes for the regions in which it has a place, the more strongly the
fewer it has; a place in a region with many votes is likely, a large place is likely, and one in the outlet's country, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.extract.gazetteer import Place
from pipelines.extract.toponyms import Named

STATE_AHEAD = 2.5
"""What a country or state is ahead of a town of its name."""


_LARGEST = 2
"""Of a name's places these many come into question whatever the article is about"""
_KNOWN_ANYWHERE = 100_000
"""People of a town that is named beside a state in which it does not lie: "from Boston, Texas and Ohio"."""
_SOME = 0.02
"""Votes that are more than a rounding error."""


class Choice(NamedTuple):
    """The place that a name means, and what decided."""

    place: Place
    rule: str


_Region = tuple[str | None, int]
_Part = str | _Region | int | None
"""A part of the world: a country, a region by country and key, or a district"""


class _Candidate(NamedTuple):
    """A place that a name may mean, with all that is asked about it for each article."""

    place: Place
    size: float
    """What speaks for it whatever the article is about"""
    share: float
    """Of the votes of its name"""
    country: str | None
    region: _Region | None
    district: int


class _Ballot(NamedTuple):
    """How the places of one name vote: the shares of the parts of the world in which they lie."""

    total: float
    regional: float
    """Of places that lie in a region"""
    shares: tuple[tuple[_Part, float], ...]
    candidates: tuple[_Candidate, ...]


def _ballot(places: tuple[Place, ...]) -> _Ballot:
    total = regional = 0.0
    shares: dict[_Part, float] = {}
    candidates: list[_Candidate] = []
    for place in places:
        share = place.size**2
        region = (place.country, place.region) if place.region else None
        total += share
        regional += share if region else 0.0
        parts: tuple[_Part, ...] = (place.country, region, place.district)
        for number, part in enumerate(parts):
            if part or not number:
                shares[part] = shares.get(part, 0.0) + share
        size = place.size * (1.0 if place.kind != "district" else 0.7)
        candidates.append(_Candidate(place, size, share, place.country, region, place.district))
    return _Ballot(total, regional, tuple(shares.items()), tuple(candidates))


_BALLOTS: dict[int, tuple[tuple[Place, ...], _Ballot]] = {}
"""The ballots of looked-up names by the identity of their places, which are kept with them: to hash those costs more than to count"""


def _known_ballot(places: tuple[Place, ...]) -> _Ballot:
    """The ballot of what was looked up for a name, the same object each time."""
    known = _BALLOTS.get(id(places))
    if known is None:
        if len(_BALLOTS) > 1 << 14:
            _BALLOTS.clear()
        known = _BALLOTS[id(places)] = places, _ballot(places)
    return known[1]


class Whereabouts:
    """The votes of an article's names; ``home`` is the country of its outlet, where known."""

    def __init__(self, names: Iterable[tuple[str, Named]], home: str | None) -> None:
        self.home = home
        self._votes: dict[_Part, float] = {}
        self._within: dict[str, Place] = {}
        self._own: dict[str, float] = {}
        """What each name gives for one point of a place's size: its own votes do not count for it"""
        self._total = 0.0
        """The votes for all regions"""
        seen: dict[str, Named] = {}
        times: dict[str, int] = {}
        for key, found in names:
            known = seen.get(key)
            if known is None:
                times[key] = 1
                seen[key] = found
            else:
                times[key] += 1
                if found.evidence > known.evidence:
                    seen[key] = found
            if found.within is not None:
                self._within.setdefault(key, found.within)
        for key, found in seen.items():
            self._vote(key, found, 1 + math.log(times[key]))
        self._total = max(1.0, self._total)
        self._chosen: dict[tuple[str, str, str | None], Choice | None] = {}

    def _vote(self, key: str, found: Named, weight: float) -> None:
        within = self._within.get(key)
        places = found.places
        if within is not None:
            inner = [place for place in places if _contains(within, place)]
            places = tuple(inner) or (within,)
            weight *= 2
        if not places or found.evidence < 0.5:
            return
        votes = self._votes
        if found.sort == "people" or (len(places) == 1 and places[0].kind == "country"):
            country = places[0].country
            votes[country] = votes.get(country, 0.0) + weight
            return
        ballot = _known_ballot(places) if places is found.places else _ballot(places)
        each = self._own[key] = weight / ballot.total
        self._total += each * ballot.regional
        for part, share in ballot.shares:
            votes[part] = votes.get(part, 0.0) + each * share

    def choose(self, key: str, found: Named) -> Choice | None:
        """The place that a name means in this article: one sense per name, unless it has a state of its own behind it."""
        within = found.within or self._within.get(key)
        memo = key, found.sort, within.name if within is not None else None
        if memo not in self._chosen:
            self._chosen[memo] = self._choose(key, found, within)
        return self._chosen[memo]

    def support(self, place: Place, key: str) -> float:
        """The votes that the article's other names give to the region of a place."""
        own = self._own.get(key, 0.0) * place.size**2
        return self._votes.get((place.country, place.region), 0.0) - own if place.region else 0.0

    def _choose(self, key: str, found: Named, within: Place | None) -> Choice | None:
        places = found.places
        if not places:
            return None
        if within is not None:
            inner = [place for place in places if _contains(within, place)]
            if inner:
                best = max(inner, key=lambda place: place.population)
                return Choice(best, "place_contained")
            if within.kind == "region" and not any(place.population >= _KNOWN_ANYWHERE for place in places):
                # "Elmore, Texas" is no hamlet of Ohio, though the gazetteer knows none but that. Of countries and
                # counties it is not as sure: towns in a row may bear their names ("Crockett, Palestine and Tyler").
                unlisted = places[0]._replace(
                    place_id=None, kind="settlement", latitude=None, longitude=None, population=0
                )
                inside = unlisted._replace(
                    country=within.country,
                    region=within.region,
                    region_name=within.region_name,
                    district=within.district,
                )
                return Choice(inside, "place_contained")
        if len(places) == 1:
            rule = {"people": "place_people", "town": "place_single", "short": "place_short"}.get(
                found.sort, "place_known"
            )
            return Choice(places[0], rule)
        each = self._own.get(key, 0.0)
        votes, home = self._votes, self.home
        best, highest = places[0], -math.inf
        for number, candidate in enumerate(_known_ballot(places).candidates):
            if number > _LARGEST and candidate.country != home:
                # Small: does any other name of the article speak for its region?
                others = votes.get(candidate.region, 0.0) - each * candidate.share if candidate.region else 0.0
                if others <= _SOME:
                    continue
            score = self._score(candidate, found, each)
            if score > highest:
                best, highest = candidate.place, score
        known = found.sort == "known" and best is places[0]
        return Choice(best, "place_known" if known else "place_in_context")

    def _score(self, candidate: _Candidate, found: Named, each: float) -> float:
        place, score, share, code, part, number = candidate
        votes = self._votes
        own = each * share
        region = votes.get(part, 0.0) if part else 0.0
        district = votes.get(number, 0.0) if number else 0.0
        country = votes.get(code, 0.0)
        others = region - own
        # An article about many regions, such as one on primaries, says little about any of them.
        heard = 5.0 * math.log1p(others) * others / self._total if others > 0.0 else 0.0
        score += heard + 1.5 * math.log1p(district - own) if district > own else heard
        if country > own:
            score += 0.8 * math.log1p(country - own)
        if self.home and code == self.home:
            score += 2.0
        if found.sort == "known":
            first = found.places[0]
            if place.kind == "settlement" and place is first:
                score += 3.0  # the town that news means by the name of a state too: Washington, New York
            if place.kind in _STATES and first.kind in _STATES:
                score += STATE_AHEAD
        return score


_STATES = frozenset(("country", "region"))


def _contains(outer: Place, inner: Place) -> bool:
    """Whether a place lies in another one, by country, region or district."""
    if outer.kind == "country" or outer.kind == "area":
        return outer.country == inner.country
    if outer.kind == "district":
        return outer.district == inner.district and inner.kind == "settlement"
    return outer.country == inner.country and outer.region == inner.region and inner.kind in ("settlement", "district")

"""Which place of a name is meant: towns, counties and states are weighed by the company that they keep in the article.

What belongs here: choosing among the gazetteer's places. What does not: finding names (:mod:`pipelines.extract.toponyms`).
An article is about few parts of the world. Each name votes for the regions in which it has a place, the more strongly the
fewer it has; a place in a region with many votes is likely, a large place is likely, and one in the outlet's country, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.gazetteer import Place, size_of
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


class Whereabouts:
    """The votes of an article's names; ``home`` is the country of its outlet, where known."""

    def __init__(self, names: Iterable[tuple[str, Named]], home: str | None) -> None:
        self.home = home
        self._regions: dict[tuple[str | None, int], float] = {}
        self._districts: dict[int, float] = {}
        self._countries: dict[str | None, float] = {}
        self._within: dict[str, Place] = {}
        self._own: dict[str, float] = {}
        """What each name gives for one point of a place's size: its own votes do not count for it"""
        seen: dict[str, Named] = {}
        times: dict[str, int] = {}
        for key, found in names:
            times[key] = times.get(key, 0) + 1
            if found.within is not None:
                self._within.setdefault(key, found.within)
            if key not in seen or found.evidence > seen[key].evidence:
                seen[key] = found
        for key, found in seen.items():
            self._vote(key, found, 1 + math.log(times[key]))
        self._total = max(1.0, sum(self._regions.values()))
        self._chosen: dict[str, Choice | None] = {}

    def _vote(self, key: str, found: Named, weight: float) -> None:
        within = self._within.get(key)
        places = found.places
        if within is not None:
            inner = [place for place in places if _contains(within, place)]
            places = tuple(inner) or (within,)
            weight *= 2
        if not places or found.evidence < 0.5:
            return
        if found.sort == "people" or (places[0].kind == "country" and len(places) == 1):
            country = places[0].country
            self._countries[country] = self._countries.get(country, 0.0) + weight
            return
        countries, regions, districts = self._countries, self._regions, self._districts
        shares = [_square(place.population) for place in places]
        each = self._own[key] = weight / sum(shares)
        for place, share in zip(places, shares, strict=True):
            part = each * share
            country, region, district = place[5:8]
            countries[country] = countries.get(country, 0.0) + part
            if region:
                regions[country, region] = regions.get((country, region), 0.0) + part
            if district:
                districts[district] = districts.get(district, 0.0) + part

    def choose(self, key: str, found: Named) -> Choice | None:
        """The place that a name means in this article: one sense per name, unless it has a state of its own behind it."""
        within = found.within or self._within.get(key)
        memo = f"{key}|{found.sort}|{within.name if within is not None else None}"
        if memo not in self._chosen:
            self._chosen[memo] = self._choose(key, found, within)
        return self._chosen[memo]

    def support(self, place: Place, key: str) -> float:
        """The votes that the article's other names give to the region of a place."""
        own = self._own.get(key, 0.0) * place.size**2
        return self._regions.get((place.country, place.region), 0.0) - own if place.region else 0.0

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
        best, highest = places[0], self._score(places[0], found, each)
        for number, place in enumerate(places[1:], 1):
            if number > _LARGEST and place.country != self.home and not self._spoken_of(place, each):
                continue  # small, and nothing speaks for it
            score = self._score(place, found, each)
            if score > highest:
                best, highest = place, score
        known = found.sort == "known" and best is places[0]
        return Choice(best, "place_known" if known else "place_in_context")

    def _spoken_of(self, place: Place, each: float) -> bool:
        """Whether the article's other names speak for the region of a place."""
        return self._regions.get((place.country, place.region), 0.0) - each * _square(place.population) > _SOME

    def _score(self, place: Place, found: Named, each: float) -> float:
        own = each * _square(place.population)
        region = self._regions.get((place.country, place.region), 0.0) if place.region else 0.0
        district = self._districts.get(place.district, 0.0) if place.district else 0.0
        country = self._countries.get(place.country, 0.0)
        score = place.size * (1.0 if place.kind != "district" else 0.7)
        others = region - own
        # An article about many regions, such as one on primaries, says little about any of them.
        votes = 5.0 * math.log1p(others) * others / self._total if others > 0.0 else 0.0
        score += votes + 1.5 * math.log1p(district - own) if district > own else votes
        if country > own:
            score += 0.8 * math.log1p(country - own)
        if self.home and place.country == self.home:
            score += 2.0
        if found.sort == "known" and place.kind == "settlement" and place is found.places[0]:
            score += 3.0  # the town that news means by the name of a state too: Washington, New York
        if (
            found.sort == "known"
            and place.kind in ("country", "region")
            and found.places[0].kind in ("country", "region")
        ):
            score += STATE_AHEAD
        return score


@lru_cache(maxsize=1 << 15)
def _square(population: int) -> float:
    """How much a place of so many people weighs, squared."""
    return size_of(population) ** 2


def _contains(outer: Place, inner: Place) -> bool:
    """Whether a place lies in another one, by country, region or district."""
    if outer.kind == "country" or outer.kind == "area":
        return outer.country == inner.country
    if outer.kind == "district":
        return outer.district == inner.district and inner.kind == "settlement"
    return outer.country == inner.country and outer.region == inner.region and inner.kind in ("settlement", "district")

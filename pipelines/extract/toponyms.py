"""Where a text names places: the names in its capitalised runs, and what the words around them speak for or against.

What belongs here: a name with its surroundings. What does not: the run by itself (:mod:`pipelines.extract.placeruns`), which place
of a name is meant (:mod:`pipelines.extract.whereabouts`), and the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipelines.extract.gazetteer import Place
from pipelines.extract.known_places import Listed, listed_names
from pipelines.extract.names import OPENERS
from pipelines.extract.placenames import WORDS, lookup, segments
from pipelines.extract.placeruns import READINGS, Reading, Weighed, weighed

_STREETS, _BEFORE, _HEADS = WORDS["streets"], WORDS["before"], WORDS["heads"]
_LOCATIVES, _WEAK_LOCATIVES, _OF_HOUSES = WORDS["locatives"], WORDS["weak_locatives"], WORDS["of_houses"]
_RESIDENTS, _PERSON_BEHIND, _NOT_OF_A_COUNTRY = WORDS["residents"], WORDS["person_behind"], WORDS["not_of_a_country"]


class Named(NamedTuple):
    """A name in the text that may be a place's.

    ``sort`` is known (a country, region or area that is always one), people (an adjective or people of a place), town (whatever
    the gazetteer has under the name), feature, or street. ``places`` are those that may be meant. ``evidence`` counts what
    speaks for a place here, ``within`` is the container that stands behind it ("Paris, Texas").
    """

    start: int
    end: int
    sort: str
    places: tuple[Place, ...]
    evidence: float
    within: Place | None


@cache
def _short_pattern() -> re.Pattern[str]:
    """The abbreviations of states and provinces; codes of two letters too."""
    shorts = sorted(
        (name for name, entry in listed_names().items() if entry.use == "short"), key=lambda n: (-len(n), n)
    )
    codes = sorted(name for name, entry in listed_names().items() if entry.use == "code")
    return re.compile(
        r",[ \u00a0]((?:" + "|".join(map(re.escape, shorts)) + r")(?![\w])|(?:" + "|".join(codes) + r")(?![\w.]))"
    )


FEATURE_LETTERS = frozenset(word[:3] for word in WORDS["small_features"])
"""With these three begin words such as "river" that stand in small letters behind a name"""
_SMALL_FEATURE = re.compile(r"[ ](?:" + "|".join(sorted(WORDS["small_features"])) + r")\b")
_CONTAINER = re.compile(r"(?:,[ \u00a0]|[ \u00a0]\()((?:[A-Z]\.){2,3}|[A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){0,2})")
_NUMBER_BEHIND = re.compile(
    r"(?:[ ]No\.)?[ ](\d{1,4}[A-Z]?)\b(?![ ]?(?:percent|million|billion|people|years|miles|%)|[.,]\d)"
)
_COUNTIES = re.compile(
    r"(?:,[ ][A-Z][\w-]{1,30}(?:[ ][A-Z]\w{1,30})?){0,8}(?:,?[ ](?:and|or)[ ][A-Z][\w-]{1,30}(?:[ ][A-Z]\w{1,30})?)?[ ](?:counties|parishes)\b"
)
_AGED = re.compile(r"\d,? of $")
_AGE_BEHIND = re.compile(r",[ ]\d{1,2},")
_DATELINE = re.compile(r"(?:,[ ][A-Z][\w. ]{1,20})?[ ]?(?:\([A-Z]|[—–-]{1,3}[ ])")


def _container(text: str, end: int) -> tuple[Place | None, tuple[int, int] | None]:
    """The state, province or country that stands behind a place and contains it; its span where it is an abbreviation."""
    if text[end : end + 1] != "," and text[end : end + 2] != " (":
        return None, None
    short = _short_pattern().match(text, end) if text[end] == "," else None
    if short:
        return listed_names()[short.group(1)].place, short.span(1)
    match = _CONTAINER.match(text, end)
    if match:
        words = match.group(1).split()
        for count in range(len(words), 0, -1):
            looked = lookup(" ".join(words[:count]))
            if looked and looked[0] == "known":
                return looked[1][0], None
            if looked and looked[0] != "people" and looked[1][0].kind in ("region", "country", "district"):
                return looked[1][0], None
    return None, None


def _is_small_feature(text: str, end: int) -> bool:
    """Whether a word such as "river" stands in small letters behind a run that ends at ``end``."""
    return text[end + 1 : end + 4] in FEATURE_LETTERS and _SMALL_FEATURE.match(text, end) is not None


class Surroundings:
    """The text around an article's names, asked for what it says of places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._small: dict[str, bool] = {}
        """Of words that the gazetteer has: whether the article writes them small as well"""
        self._counties = "counties" in text or "parishes" in text

    def named(self, begin: int, start: int, run: str) -> list[Named]:
        """What a run at ``start`` of a block that begins at ``begin`` says of places."""
        text = self.text
        end_of_run = start + len(run)
        if _is_small_feature(text, end_of_run):
            first = run.split(" ", 1)[0]
            at = start + len(first) + 1 if first.rstrip(".") in OPENERS and first != run else start
            if run not in OPENERS and text.count(" ", at, end_of_run) < 3 and text[at:end_of_run] not in listed_names():
                return [Named(at, end_of_run, "feature", (), 2.0, None)]
        reading = READINGS[run]
        if reading is None:
            return []
        found: list[Named] = []
        done = -1
        if not reading.plain:
            if reading.road >= 0:
                behind = _NUMBER_BEHIND.match(text, end_of_run)
                if behind:
                    return [Named(start + reading.road, behind.end(1), "street", (), 3.0, None)]
            found += _shortened(text, start, run, reading)
            long = _long(text, start, reading.long)
            if long:
                found.append(long)
                done = long.end
        for number, name in enumerate(reading.names):
            at, end = start + name.at, start + name.at + name.length
            if at < done:
                continue
            follows = text[end : end + 1]
            if follows == "." and name.sort == "street" and text[end + 1 : end + 2] in " ,":
                end += 1 if name.name.split()[-1] + "." in _STREETS else 0
            score = 0.0
            within: Place | None = None
            if follows == "," or end == end_of_run:
                if self._counties and _COUNTIES.match(text, end):
                    county = lookup(f"{name.name} County")
                    if county:
                        name = weighed(segments(run)[number]._replace(sort="town", places=county[1]))
                        score = 4.0
                elif text[end + 2 : end + 3].isupper() and follows and follows in ", " and name.sort != "street":
                    within, span = _container(text, end)
                    if span and within:
                        found.append(Named(*span, "short", (within,), 4.0, None))
                    if within and name.sort == "known" and within.kind == "region" and name.name != "New York":
                        within = None
            score += self._weight(begin, at, end, name)
            found.append(Named(at, end, name.sort, name.places, score + 4 if within is not None else score, within))
        return found

    def _weight(self, begin: int, at: int, end: int, weighed_: Weighed) -> float:
        """What speaks for a place (above one), and against it."""
        _, _, name, sort, _, score, small, acronym, first, open_, lead, last, rest = weighed_
        text = self.text
        if small:
            known = self._small.get(small)
            if known is None:
                # Without the blanks first: these stand everywhere, and slow the search down.
                known = self._small[small] = small[1:-1] in text and small in text
            if known:
                score -= 1.5
            if acronym and not _DATELINE.match(text, end):
                score -= 2
        if open_:
            before = text[at - 24 if at - 24 > begin else begin : at].rsplit(None, 2)
            word = before[-1].strip("“\"‘'(") if before else ""
            if first or word in OPENERS or word in _BEFORE:
                low = word.lower()
                if low in _LOCATIVES:
                    score += 1.6
                elif low in _WEAK_LOCATIVES:
                    score += 0.7
                    if low == "of" and len(before) > 1:
                        if sort == "town" and _AGED.search(text, max(begin, at - 10), at):
                            score += 1
                        if before[-2] in _OF_HOUSES:
                            score -= 4
                        elif before[-2].lower() in _HEADS:
                            score += 2
            if (
                sort == "town"
                and (at == begin or (name.isupper() and text[at - 2] in ".\n"))
                and _DATELINE.match(text, end)
            ):
                score += 2
        else:
            score += lead
        if not last:
            return score + rest
        if text[end : end + 1] == " ":
            word = text[end + 1 : end + 16].split(" ", 1)[0].strip(".,;:")
            if sort == "people":
                score -= 3 if word in _NOT_OF_A_COUNTRY else 0
            elif word in _RESIDENTS:
                score += 1.2
            elif sort == "town" and word in _PERSON_BEHIND:
                score -= 1.5
        elif sort == "town" and _AGE_BEHIND.match(text, end, end + 16):
            score -= 3
        return score


def _long(text: str, start: int, names: tuple[tuple[int, str, Listed], ...]) -> Named | None:
    """A listed name with small words inside that begins with the run, or with its last words: "Gulf of Mexico"."""
    for offset, name, entry in names:
        at, end = start + offset, start + offset + len(name)
        if text[at:end].replace("’", "'") == name and not text[end : end + 1].isalnum():
            return Named(at, end, "known", (entry.place,), 3.0, None)
    return None


_SHORT_FOLLOWS = re.compile(r"\.[ \u00a0][\w(]|\.[,;:)]")


def _shortened(text: str, start: int, run: str, reading: Reading) -> Iterator[Named]:
    """A state by its abbreviation where no comma is before it: "Fla. economist", "D-W.Va."."""
    end = start + len(run)
    if reading.party:
        short = _short_pattern().match(", " + text[start + 2 : start + 12])
        if short:
            place = listed_names()[short.group(1)].place
            yield Named(start + 2, start + len(short.group(1)) + 2, "short", (place,), 4.0, None)
    elif reading.short and text[end : end + 1] == ".":
        at = end - len(run.rsplit(" ", 1)[-1])
        if text[at - 2 : at] not in (", ", "W.") and text[at - 3 : at] != "W. " and _SHORT_FOLLOWS.match(text, end):
            yield Named(at, end + 1, "short", (reading.short.place,), 3.0, None)

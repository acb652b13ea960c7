"""Where a text names places: the names in its capitalised runs, and what the words around them speak for or against.

What belongs here: a name with its surroundings. What does not: the run by itself (:mod:`pipelines.extract.placenames`), which place
of a name is meant (:mod:`pipelines.extract.whereabouts`), and the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.extract.gazetteer import Place
from pipelines.extract.known_places import Listed, listed_names
from pipelines.extract.names import OPENERS, given_names
from pipelines.extract.placenames import FAMILY_FIRST, PARTY, WORDS, Segment, lookup, segments

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


_SMALL_FEATURE_LETTERS = frozenset(word[0] for word in WORDS["small_features"])
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


class _Reading(NamedTuple):
    """What a run may hold, by itself: looked up once for all its occurrences."""

    segments: tuple[Segment, ...]
    long: tuple[tuple[int, str, Listed], ...]
    short: Listed | None
    party: bool
    road: int
    """Where the name of a road begins that a number behind the run would make; -1 for none"""


@lru_cache(maxsize=1 << 15)
def _reading(run: str) -> _Reading | None:
    """What a run may hold; nothing for most runs."""
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
    made = _Reading(segments(run), tuple(long), short, PARTY.match(run) is not None, road)
    return made if made.segments or long or short or made.party or road >= 0 else None


def may_name(text: str, start: int, run: str) -> bool:
    """Whether a run can name a place at all: most cannot, and are not read any further."""
    if _reading(run) is not None:
        return True
    return _is_small_feature(text, start + len(run))


def _is_small_feature(text: str, end: int) -> bool:
    """Whether a word such as "river" stands in small letters behind a run that ends at ``end``."""
    return text[end + 1 : end + 2] in _SMALL_FEATURE_LETTERS and _SMALL_FEATURE.match(text, end) is not None


def named(text: str, begin: int, start: int, run: str, counties: bool = True) -> Iterator[Named]:
    """What a run at ``start`` of a block that begins at ``begin`` says of places; ``counties`` where the text has that word."""
    end_of_run = start + len(run)
    if _is_small_feature(text, end_of_run):
        first = run.split(" ", 1)[0]
        at = start + len(first) + 1 if first.rstrip(".") in OPENERS and first != run else start
        if run not in OPENERS and text.count(" ", at, end_of_run) < 3 and text[at:end_of_run] not in listed_names():
            yield Named(at, end_of_run, "feature", (), 2.0, None)
            return
    reading = _reading(run)
    if reading is None:
        return
    if reading.road >= 0:
        behind = _NUMBER_BEHIND.match(text, end_of_run)
        if behind:
            yield Named(start + reading.road, behind.end(1), "street", (), 3.0, None)
            return
    if reading.party or reading.short:
        yield from _shortened(text, start, run, reading)
    long = _long(text, start, reading.long) if reading.long else None
    if long:
        yield long
    for segment in reading.segments:
        at, end = start + segment.at, start + segment.at + segment.length
        if long and at < long.end:
            continue
        places, sort, within = segment.places, segment.sort, None
        if text[end : end + 1] == "." and sort == "street" and text[end + 1 : end + 2] in " ,":
            end += 1 if segment.name.split()[-1] + "." in _STREETS else 0
        score = 0.0
        if end == end_of_run or text[end : end + 1] == ",":
            if counties and _COUNTIES.match(text, end):
                found = lookup(f"{segment.name} County")
                if found:
                    places, sort, score = found[1], "town", 4.0
            else:
                within, span = _container(text, end) if sort != "street" else (None, None)
                if span and within:
                    yield Named(*span, "short", (within,), 4.0, None)
                if within and sort == "known" and within.kind == "region" and segment.name != "New York":
                    within = None
        score += _weight(text, begin, at, end, segment, sort, places)
        if within is not None:
            score += 4
        yield Named(at, end, sort, places, score, within)


@cache
def _long_names() -> dict[str, list[tuple[str, Listed]]]:
    """The listed names that no run of capitalised words holds as a whole, longest first, by their first words."""
    found: dict[str, list[tuple[str, Listed]]] = {}
    for name, entry in listed_names().items():
        if re.search(r" (?:of|and|the) |['’]s ", name):
            found.setdefault(re.split(r" (?:of|and|the) |['’]", name)[0], []).append((name, entry))
    return {first: sorted(names, key=lambda pair: -len(pair[0])) for first, names in found.items()}


def _long(text: str, start: int, names: tuple[tuple[int, str, Listed], ...]) -> Named | None:
    """A listed name with small words inside that begins with the run, or with its last words: "Gulf of Mexico"."""
    for offset, name, entry in names:
        at, end = start + offset, start + offset + len(name)
        if text[at:end].replace("’", "'") == name and not text[end : end + 1].isalnum():
            return Named(at, end, "known", (entry.place,), 3.0, None)
    return None


_SHORT_FOLLOWS = re.compile(r"\.[ \u00a0][\w(]|\.[,;:)]")


def _shortened(text: str, start: int, run: str, reading: _Reading) -> Iterator[Named]:
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


@lru_cache(maxsize=1 << 14)
def _weight_by_itself(name: str, largest: int) -> tuple[float, str]:
    """What speaks for a town by its name and the people of the largest that bears it; a single word in small letters, with blanks around."""
    score = _BASE["town"]
    score += 0.8 if largest > 1_000_000 else 0.4 if largest > 100_000 else 0.0 if largest > 15_000 else -0.3
    if " " in name:
        score += 0.0 if name.split()[0] in given_names() or name.startswith(("St.", "St ", "Saint ")) else 0.8
        return score, ""
    if name in given_names() or name in FAMILY_FIRST:
        score -= 1.0
    return score, f" {name.lower()} "


@lru_cache(maxsize=1)
def _written_small(text: str) -> dict[str, bool]:
    """What is known already of the words that the article at hand writes small as well."""
    return {}


def _weight(
    text: str,
    begin: int,
    at: int,
    end: int,
    segment: Segment,
    sort: str,
    places: tuple[Place, ...],
) -> float:
    """What speaks for a place (above one), and against it."""
    name = segment.name
    score = _BASE[sort]
    if sort == "town":
        score, small = _weight_by_itself(name, places[0].population)
        if small:
            known = _written_small(text)
            if small not in known:
                known[small] = small in text
            if known[small]:
                score -= 1.5
        if small and name.isupper() and len(name) < 6 and not _DATELINE.match(text, end):
            score -= 2  # an acronym
    lead = segment.lead
    if lead == "" or lead == "before":
        before = text[at - 24 if at - 24 > begin else begin : at].split()
        last = before[-1].strip("“\"‘'(") if before else ""
        if lead == "" or last in OPENERS or last in _BEFORE:
            low = last.lower()
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
    elif lead == "title":
        score -= 4 if sort == "town" else 1
    elif lead != "place":
        score -= 3
    rest = segment.rest
    if rest == "body":
        score += 1
    elif rest:
        score -= _REST[rest] * (0.5 if sort in ("known", "people") else 1)
    elif rest == "":
        behind = text[end : end + 16]
        word = behind[1:].split(" ", 1)[0].strip(".,;:") if behind[:1] == " " else ""
        if sort == "people":
            score -= 3 if word in _NOT_OF_A_COUNTRY else 0
        elif word in _RESIDENTS:
            score += 1.2
        elif sort == "town" and (word in _PERSON_BEHIND or _AGE_BEHIND.match(behind)):
            score -= 3 if behind[:1] == "," else 1.5
    return score


_REST = {"house": 1.5, "person": 2.5, "other": 1.5, "place": 0.0}
_BASE = {"known": 3.0, "people": 2.5, "town": 0.0, "feature": 1.5, "street": 2.0, "short": 4.0}

"""Organisations in a text: by their head words, by their acronyms, by name; agencies and outlets by the registry.

What belongs here: which words of a capitalised run name an organisation. What does not: persons and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.extract.known_organisations import (
    KNOWN,
    KNOWN_RUNS,
    NICKNAMES,
    NOT_ORGANISATIONS,
    begins_long_name,
    long_name,
    team,
)
from pipelines.extract.names import COMPOUND, OPENERS, given_names, title_genders
from pipelines.extract.people import Cast
from pipelines.normalise.registry import Agency, agencies, agency_by_name, outlet_by_name, outlets
from pipelines.rules import load_toml

_LISTS = load_toml("reference/en/organisations.toml")
_HEADS = frozenset(_LISTS["heads"].split())
_OF_HEADS = frozenset(_LISTS["of_heads"].split())
_NOT_ALONE = frozenset(_LISTS["not_alone"].split())
_AFTER_PEOPLE, _OFFICES = frozenset(_LISTS["named_after_people"].split()), frozenset(_LISTS["offices"].split())
_OF_OFFICES = frozenset(_LISTS["of_offices"].split())
_SOFT = frozenset(_LISTS["soft_titles"].split())
_NO_PART = frozenset(_LISTS["no_part"].split())
_NOT_ACRONYMS = frozenset(_LISTS["not_acronyms"].split())
_MEDIA = frozenset(load_toml("reference/en/media_words.toml")["names"].split())
_LONGEST, _LONGEST_RUN = 8, 60
"""Words of the longest name, and of the longest run in which names are looked for"""


class Organisation(NamedTuple):
    """An organisation in the text: its kind (organisation, agency, outlet), its name and id if a registry has it, the rule."""

    start: int
    end: int
    kind: str
    name: str
    entity_id: str | None
    country: str | None
    rule: str


class _Part(NamedTuple):
    at: int
    length: int
    kind: str
    entity_id: str | None
    country: str | None
    rule: str
    open: bool
    """Goes on behind "of" if that follows"""


@cache
def _first_words() -> frozenset[str]:
    """The words with which names in the registry begin, as they are written: most runs begin with none of them."""
    names = [name for agency in agencies().values() for name in (agency.agency_id, agency.name, *agency.aliases)]
    names += [name for outlet in outlets().values() for name in (outlet.name, *outlet.aliases)]
    return frozenset({"The"} | {name.removeprefix("The ").split()[0] for name in names})


@lru_cache(maxsize=1 << 14)
def _registered(name: str) -> tuple[str, str, str] | None:
    """Kind, id and country of a name that the registry of agencies or outlets has."""
    if name.split(" ", 1)[0] not in _first_words():
        return None
    agency: Agency | None = agency_by_name(name)
    if agency is not None and (not agency.code_only or " " in name):
        return "agency", f"agency:{agency.agency_id}", agency.country
    outlet = outlet_by_name(name)
    if outlet is None or (" " not in name.removeprefix("The ") and name not in _MEDIA):
        return None
    return "outlet", f"outlet:{outlet.outlet_id}", outlet.country


@lru_cache(maxsize=1 << 15)
def _parts(run: str) -> tuple[_Part, ...]:
    """The organisations of a run by itself."""
    words = run.split()
    starts: list[int] = []
    at = 0
    for word in words:
        at = run.index(word, at)
        starts.append(at)
        at += len(word)
    found: list[_Part] = []
    first = 0 if len(words) < _LONGEST_RUN else len(words)
    while first < len(words):
        taken = _from(words, first)
        if taken is None:
            first += 1
            continue
        count, kind, entity, country, rule, goes_on = taken
        end = starts[first + count - 1] + len(words[first + count - 1])
        found.append(_Part(starts[first], end - starts[first], kind, entity, country, rule, goes_on))
        first += count
    return tuple(found)


def _from(words: list[str], first: int) -> tuple[int, str, str | None, str | None, str, bool] | None:
    """The organisation that begins with word ``first``: words, kind, id, country, rule, and whether it may go on behind "of"."""
    word = words[first]
    by_itself = None
    longest = min(_LONGEST, len(words) - first)
    for count in range(min(4, longest), 0, -1):
        name = " ".join(words[first : first + count])
        known = _registered(name)
        if known:
            return count, *known, "registered", False
        if name in NOT_ORGANISATIONS:
            return count, "organisation", None, None, "alone", False
        if KNOWN_RUNS.get(name) == count or (count == 1 and word in KNOWN and not _is_family_name(words, first)):
            if count < longest and words[first + count] in _HEADS:
                continue
            if count == 1 and not _HEADS.isdisjoint(words[first + 2 : first + 4]):
                by_itself = count, "organisation", None, None, "organisation_known", False
                break  # "Google Security Response Team"
            return count, "organisation", None, None, "organisation_known", False
    bare = word.rstrip(".")
    if bare in OPENERS or (bare in title_genders() and word not in _SOFT):
        return by_itself
    by_name = word in given_names() and first + 2 < len(words) and words[first + 2] not in _HEADS
    head = 0
    for count in range(1, longest + 1):
        here = words[first + count - 1]
        if COMPOUND.search(here):
            break  # "Oslo-based Lowland Steel Corp.": the name begins behind it
        if here in _HEADS or here.rstrip(",") in _HEADS:
            if here == "Sheriff" and count < longest:
                continue  # who is named behind it, if it is not a department
            if here not in _OF_OFFICES or count == longest or words[first + count] not in _OFFICES:
                head = count
        elif (
            (here.rstrip(".") in title_genders() and here not in _SOFT)
            or here in _NO_PART
            or (head and not _goes_on(words, first + count))
        ):
            break
    if by_name and words[first + head - 1] not in _AFTER_PEOPLE:
        return by_itself
    if head > 1 or (head == 1 and word in _OF_HEADS):
        last = words[first + head - 1]
        alone = head == 2 and words[first] in _NOT_ALONE and last not in ("Court", "Guard", "Assembly", "Police")
        return (
            head,
            "organisation",
            None,
            None,
            "alone" if head == 1 or alone else "organisation_head_word",
            last in _OF_HEADS,
        )
    return by_itself


_OF_SHERIFF = re.compile("[’']s (?:Department|Office)")


def _is_family_name(words: list[str], number: int) -> bool:
    """Whether a given name or a title stands before a word in its run: "Mr. Ford" is no firm."""
    before = words[number - 1].rstrip(".") if number else ""
    return before in given_names() or (before in title_genders() and before not in OPENERS and len(before) > 1)


def _goes_on(words: list[str], at: int) -> bool:
    """Whether a name goes on to a head word behind a word that is none: "Lowland Hospital Medical Center"."""
    behind = words[at : at + 2]
    return bool(behind) and behind[0] in _HEADS and behind[0] not in _OF_OFFICES


@lru_cache(maxsize=1 << 15)
def _may_name(run: str) -> bool:
    """Whether a run can name an organisation at all: most cannot, and are not read any further."""
    bare = run.removeprefix("The ")
    return bool(_parts(run)) or bare in NICKNAMES or bare == "House" or begins_long_name(run)


def organisations(text: str, runs: Sequence[tuple[int, int, str]], cast: Cast) -> Iterator[Organisation]:
    """The organisations of an article, in order; a part of a run that a person's name takes up is left out."""
    acronyms = cast.acronyms
    by_name = set(acronyms.values())
    full: set[str] = set()
    gone = -1
    for index, (_, start, run) in enumerate(runs):
        if start < gone:
            continue
        if acronyms and run in acronyms and acronyms[run].rpartition(" ")[2] not in _NOT_ACRONYMS:
            yield Organisation(
                start, start + len(run), "organisation", acronyms[run], None, None, "organisation_acronym"
            )
            continue
        if not _may_name(run):
            continue
        long = long_name(text, start, run)
        if long:
            gone = long[1]
            yield Organisation(*long, "organisation", text[slice(*long)], None, None, "organisation_known")
            continue
        bare = run.removeprefix("The ")
        at = start + len(run) - len(bare)
        nickname = None
        if bare in NICKNAMES or bare == "House":
            full = full or {run for _, _, run in runs}
            nickname = team(text, at, bare, full)
        if nickname:
            yield Organisation(at, start + len(run), "organisation", nickname, None, None, "organisation_known")
            continue
        for part in _parts(run):
            at, end, rule = start + part.at, start + part.at + part.length, part.rule
            if (
                end == start + len(run)
                and part.open
                and text.startswith((" of ", " for "), end)
                and index + 1 < len(runs)
            ):
                reached, number = end, index
                while reached:
                    end, number = reached, number + 1
                    more = number < len(runs) and (number == index + 1 or _is_open(text, at, end))
                    reached = _behind_of(text, end, runs, number) if more else 0
                if end > start + len(run):
                    rule, gone = "organisation_head_word", end
            if rule == "alone":
                continue
            if text.endswith("Sheriff", at, end):
                department = _OF_SHERIFF.match(text, end)
                if department is None:
                    continue  # the holder of the office
                end = department.end()
            if end == start + len(run) and text.startswith(" & ", end) and index + 1 < len(runs):
                following = runs[index + 1]
                if following[1] == end + 3 and part.rule == "organisation_head_word":
                    end = gone = following[1] + len(following[2])
            if at == start and index and text.startswith(" & ", at - 3) and sum(map(len, runs[index - 1][2:])) < 40:
                before = runs[index - 1]
                opener = before[2].split(" ", 1)[0]
                if before[1] + len(before[2]) == at - 3 and rule == "organisation_head_word":
                    at = before[1] + (len(opener) + 1 if opener in OPENERS and opener != before[2] else 0)
            name = text[at:end]
            if name in by_name:
                rule = "organisation_acronym"
            yield Organisation(at, end, part.kind, name, part.entity_id, part.country, rule)


def _is_open(text: str, at: int, end: int) -> bool:
    """Whether a name that went on once goes on again: "University of Lowland School of Law", "… at Westport"."""
    last = text[at:end].rpartition(" ")[2]
    if text.startswith(" at ", end):
        return text.startswith("University of ", at)
    return text.startswith((" of ", " for "), end) and (last in _OF_HEADS or last in ("Secretary", "District"))


def _behind_of(text: str, end: int, runs: Sequence[tuple[int, int, str]], index: int) -> int:
    """Where a name goes on to behind "of" or "for" and perhaps "the"; 0 where no capitalised words follow."""
    for joint in (" of the ", " of ", " for the ", " for ", " at "):
        if text.startswith(joint, end):
            start = end + len(joint)
            _, at, run = runs[index]
            if at != start:
                return 0
            stop = at + len(run)
            if (
                index + 1 < len(runs)
                and text[stop : stop + 5] == " and "
                and runs[index + 1][1] == stop + 5
                and joint != " of the "
            ):
                following = runs[index + 1]
                if " " not in run and " " not in following[2]:
                    return following[1] + len(following[2])
            return stop
    return 0

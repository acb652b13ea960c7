"""Agencies by the ways in which pages name them: hosts, codes in datelines, names inside a line, names alone.

What belongs here: look-ups. What does not: the list itself (``registry.py``), and what a name in some place means
(``agencies.py``, ``credit_lines.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.normalise.registry import Agency, agencies, agency_by_name, name_key


def agency_alone(name: str) -> Agency | None:
    """The agency of a whole credit; a code that is also a word counts in its own writing only.

    >>> agency_alone("PAP").agency_id, agency_alone("Pap"), agency_alone("the associated press").agency_id
    ('PAP', None, 'AP')
    """
    agency = agency_by_name(name)
    if agency is None or " " in name.strip() or name_key(name) != name_key(agency.agency_id):
        return agency
    bare = name.strip(" .,;:()[]-–—")
    short = agency.agency_id.isupper() and len(agency.agency_id) < 4
    return agency if bare in (agency.agency_id, agency.agency_id.upper()) or not (short or agency.code_only) else None


@cache
def _agencies_by_domain() -> dict[str, str]:
    return {domain: agency.agency_id for agency in agencies().values() for domain in agency.domains}


def agency_by_host(host: str) -> Agency | None:
    """The agency on whose own site, or a host below it, a page stands.

    >>> agency_by_host("www.reuters.com").agency_id, agency_by_host("reuters.example")
    ('Reuters', None)
    """
    domains, labels = _agencies_by_domain(), host.lower().split(".")
    for start in range(len(labels) - 1):
        if agency_id := domains.get(".".join(labels[start:])):
            return agencies()[agency_id]
    return None


@cache
def _agencies_by_code() -> dict[str, tuple[Agency, ...]]:
    made: dict[str, list[Agency]] = {}
    for agency in agencies().values():
        for code in agency.codes:
            made.setdefault(code, []).append(agency)
    return {code: tuple(found) for code, found in made.items()}


def agency_by_code(code: str, before: str) -> Agency | None:
    """The agency that a short name in brackets stands for, by the place ``before`` it where several share it.

    >>> agency_by_code("CNS", "VATICAN CITY ").agency_id, agency_by_code("CNS", "HARBOUR TOWN ")
    ('Catholic News Service', None)
    """
    sharing = _agencies_by_code().get(code, ())
    place = before.casefold()
    near = [agency for agency in sharing if any(name.casefold() in place for name in agency.places)]
    return next(iter(near or [agency for agency in sharing if not agency.places]), None)


_WORD = re.compile(r"[^\W_]+")


@cache
def _first_words() -> frozenset[str]:
    names = [name for agency in agencies().values() for name in (agency.agency_id, agency.name, *agency.aliases)]
    raw = [word[0].casefold() for name in names if (word := _WORD.search(name.removeprefix("The ")))]
    return frozenset([*raw, *(name_key(name).split(" ")[0] for name in names)])


def may_name(text: str) -> bool:
    """Whether a short text holds a word with which the name of an agency begins: a cheap look before reading it.

    >>> may_name("Ada Moss, afp"), may_name("Ada Moss")
    (True, False)
    """
    return not _first_words().isdisjoint(_WORD.findall(text.casefold()))


@cache
def _names_by_word() -> dict[str, tuple[tuple[str, str], ...]]:
    """The writings by which an agency can be named inside a line, longest first, by their first word; and whose they are."""
    made: dict[str, dict[str, str]] = {}
    for agency in agencies().values():
        short = () if agency.code_only else (agency.agency_id,)
        for name in (*short, agency.name.removeprefix("The "), *agency.aliases):
            for written in {name, name.upper()} if " " in name else {name}:
                word = _WORD.search(written)
                if word:
                    made.setdefault(word[0], {})[written] = agency.agency_id
    return {word: tuple(sorted(names.items(), key=lambda name: (-len(name[0]), name))) for word, names in made.items()}


def may_be_inside(text: str) -> bool:
    """Whether :func:`agencies_named` can find anything: a cheap look before rules that cost more."""
    return not _names_by_word().keys().isdisjoint(_WORD.findall(text))


def agencies_named(text: str) -> Iterator[tuple[Agency, int, int]]:
    """The agencies that a line names, each with the start and end of its name; everyday words are left out.

    >>> [(agency.agency_id, start, end) for agency, start, end in agencies_named("Bo Finn, AP, and AFP News")]
    [('AP', 9, 11), ('AFP', 17, 25)]
    """
    names, end = _names_by_word(), 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < end or text[max(0, start - 1) : start] in ("-", "_"):
            continue
        for written, agency_id in names.get(word[0], ()):
            at = start - written.index(word[0])
            if at >= end and text.startswith(written, at) and not _goes_on(text, at + len(written)):
                end = at + len(written)
                yield agencies()[agency_id], at, end
                break


def _goes_on(text: str, end: int) -> bool:
    """Whether a word goes on at ``end``: "AP-Yonhap" names neither."""
    return text[end : end + 1].isalnum() or (text[end : end + 1] in ("_", "-") and text[end + 1 : end + 2].isalnum())

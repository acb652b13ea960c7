"""Who publishes news: the registry of outlets and agencies, as tables and as look-ups by name and by host.

What belongs here: reading ``seeds/outlets/<country>.toml`` and ``seeds/reference/agencies.toml``. What does not: deciding
which of them an article names (``outlets.py``, ``agencies.py``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import dataframely as dy
import polars as pl

from pipelines.contracts import Table, frame
from pipelines.rules import SEEDS, RuleError, load_toml


class Outlets(Table):
    """An outlet of the registry: a newspaper, broadcaster or site that publishes articles."""

    __table__ = "ref.outlets"

    outlet_id = dy.String(primary_key=True, regex="^[a-z0-9]+(-[a-z0-9]+)*$", description="Short name in small letters")
    name = dy.String(min_length=1, description="The name that it uses for itself")
    aliases = dy.List(dy.String(), description="Other names it goes by")
    domains = dy.List(dy.String(), description="Hosts of its pages, subdomains included")
    country = dy.String(regex="^[A-Z]{2}$", description="Seat, ISO 3166-1 alpha-2")
    language = dy.String(description="Main language, BCP 47")
    house_phrases = dy.List(dy.String(), description="Words by which only this outlet speaks of itself")


class Agencies(Table):
    """A news agency, or a broadcaster whose reports other outlets print with credit."""

    __table__ = "ref.agencies"

    agency_id = dy.String(primary_key=True, description="The short name that people use")
    name = dy.String(min_length=1, description="Its full name")
    aliases = dy.List(dy.String(), description="Other names in credits")
    country = dy.String(regex="^[A-Z]{2}$", description="Seat, ISO 3166-1 alpha-2")
    code_only = dy.Bool(
        description="The short name means much else, and counts in a dateline or as a whole credit only"
    )


@dataclass(frozen=True)
class Outlet:
    """An entry of the registry of outlets."""

    outlet_id: str
    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    language: str
    house_phrases: tuple[str, ...]
    everyday: bool
    """Its name is an everyday word, which alone on a line tells nothing."""


@dataclass(frozen=True)
class Agency:
    """An entry of the list of agencies."""

    agency_id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    code_only: bool
    publisher: bool
    """It publishes for its own audience first, and its copyright or its own site is no credit."""
    domains: tuple[str, ...]
    """Hosts of its own pages."""
    codes: tuple[str, ...]
    """Short names that count in brackets behind a place only; several agencies may share one."""
    places: tuple[str, ...]
    """Words one of which stands before a code that this agency shares."""
    phrases: tuple[str, ...]
    """Words with which only this agency opens a report of its own."""


def _fields(where: str, entry: dict[str, Any], needed: tuple[str, ...], known: tuple[str, ...]) -> dict[str, Any]:
    """The entry's fields, checked; an entry that cannot be used names itself and what is wrong."""
    if unknown := sorted(set(entry) - set(known)):
        raise RuleError(f"{where}: unknown keys {unknown}; known are {', '.join(known)}")
    for key in needed:
        if not entry.get(key):
            raise RuleError(f"{where}: '{key}' is missing")
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


@cache
def outlets() -> dict[str, Outlet]:
    """All outlets by ``outlet_id``, sorted. The file's name is the country."""
    made: dict[str, Outlet] = {}
    for path in sorted((SEEDS / "outlets").glob("*.toml")):
        for outlet_id, entry in load_toml(f"outlets/{path.name}").items():
            where = f"seeds/outlets/{path.name}, outlet {outlet_id!r}"
            known = ("name", "aliases", "domains", "language", "house_phrases", "everyday")
            fields = _fields(where, entry, ("name", "domains", "language"), known)
            if outlet_id in made:
                raise RuleError(f"{where}: there is an outlet of this id already")
            defaults: dict[str, Any] = {"aliases": (), "house_phrases": (), "everyday": False}
            made[outlet_id] = Outlet(outlet_id=outlet_id, country=path.stem.upper(), **(defaults | fields))
    return dict(sorted(made.items()))


@cache
def agencies() -> dict[str, Agency]:
    """All agencies by ``agency_id``, sorted."""
    made: dict[str, Agency] = {}
    for agency_id, entry in load_toml("reference/agencies.toml").items():
        known = ("name", "aliases", "country", "code_only", "publisher", "domains", "codes", "places", "phrases")
        fields = _fields(f"seeds/reference/agencies.toml, agency {agency_id!r}", entry, ("name", "country"), known)
        defaults: dict[str, Any] = {
            "aliases": (), "code_only": False, "publisher": False, "domains": (), "codes": (), "places": (), "phrases": (),
        }  # fmt: skip
        made[agency_id] = Agency(agency_id=agency_id, **(defaults | fields))
    return dict(sorted(made.items()))


def outlets_table() -> pl.DataFrame:
    """The rows of ``ref.outlets``."""
    rows = outlets().values()
    columns = Outlets.column_names()
    return frame(Outlets, [[_plain(getattr(row, column)) for column in columns] for row in rows])


def agencies_table() -> pl.DataFrame:
    """The rows of ``ref.agencies``."""
    rows = agencies().values()
    columns = Agencies.column_names()
    return frame(Agencies, [[_plain(getattr(row, column)) for column in columns] for row in rows])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


PAPER_WORD = re.compile(
    r"\b(?:news|times|post|herald|gazette|journal|daily|tribune|chronicle|observer|mail|star|courier|telegraph|mirror|standard|review|globe|"
    r"examiner|enquirer|inquirer|register|press|wire|weekly|digest|today|dispatch|sentinel|bulletin|echo|argus|advertiser|independent|"
    r"magazine|radio|tv|online|zeitung|nachrichten|anzeiger|presse|monde|diario|periódico|gazzetta|corriere|jornal|dagblad|krant)$",
    re.IGNORECASE,
)
"""The last word of a name that a paper, a station or a site bears, and a person does not."""

_NOT_WORD = re.compile(r"[^\w+]+")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name as it is compared: without case, accents, punctuation, and a leading "the".

    >>> name_key("The Sydney  Morning Herald") == name_key("sydney morning herald")
    True
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    key = _NOT_WORD.sub(" ", folded).strip()
    return key.removeprefix("the ")


@cache
def _outlet_names() -> dict[str, str | None]:
    """Outlet by the key of each of its names; ``None`` where two outlets share a name."""
    found: dict[str, str | None] = {}
    for outlet in outlets().values():
        for name in dict.fromkeys(name_key(name) for name in (outlet.name, *outlet.aliases)):
            found[name] = None if name in found else outlet.outlet_id
    return found


def outlet_by_name(name: str) -> Outlet | None:
    """The outlet of this name, whichever way it is written; ``None`` if none or several have it."""
    outlet_id = _outlet_names().get(name_key(name))
    return outlets()[outlet_id] if outlet_id else None


@cache
def _outlet_domains() -> dict[str, str]:
    return {domain: outlet.outlet_id for outlet in outlets().values() for domain in outlet.domains}


_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "go", "gov", "gob", "gv", "info", "ltd", "ne", "net", "or", "org"))


def site_of(host: str) -> str:
    """The part of a host that somebody registered, near enough without a list of all public suffixes.

    >>> site_of("www.news.example.co.uk"), site_of("m.example.com")
    ('example.co.uk', 'example.com')
    """
    labels = host.lower().rstrip(".").split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def host_of(url: str) -> str | None:
    """The host of an address, ``None`` where it has none that could be a site's.

    >>> host_of("https://www.example.com:8080/a"), host_of("notes.txt")
    ('www.example.com', None)
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host.strip(".") or ("//" not in url and "/" not in url):
        return None
    return host.rstrip(".")


def outlet_by_host(host: str) -> Outlet | None:
    """The outlet whose domain is this host or the nearest domain above it."""
    domains, labels = _outlet_domains(), host.lower().split(".")
    for start in range(len(labels) - 1):
        outlet_id = domains.get(".".join(labels[start:]))
        if outlet_id:
            return outlets()[outlet_id]
    return None


@cache
def _agency_names() -> dict[str, str]:
    return {
        name_key(name): agency.agency_id
        for agency in agencies().values()
        for name in (agency.agency_id, agency.name, *agency.aliases)
    }


def agency_by_name(name: str) -> Agency | None:
    """The agency of this name or short name, whichever way it is written.

    >>> agency_by_name("THE ASSOCIATED PRESS").agency_id, agency_by_name("Coast Mail")
    ('AP', None)
    """
    agency_id = _agency_names().get(name_key(name))
    return agencies()[agency_id] if agency_id else None

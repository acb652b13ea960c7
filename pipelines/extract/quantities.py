"""Measured values: how much of what.

What belongs here: the table's contract, and how a number, its unit, its bounds and its object become a row.
What does not: numbers (:mod:`numbers`), units (:mod:`units`), the words beside them (:mod:`around`), and the
reasons to leave a number out (:mod:`not_quantities`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Document
from pipelines.extract.around import Before, before, change_after, change_before, counted, is_plural, words_of
from pipelines.extract.not_quantities import (
    address,
    counts_something,
    date_or_time,
    label_before,
    list_number,
    opens_sentence,
    part_of_a_name,
    plain_year,
    pronoun_one,
    sticks_to_a_name,
    year_like,
)
from pipelines.extract.numbers import Number, numbers
from pipelines.extract.units import MEASURES, Token, Unit, rate_after, sign_before, tokens, unit_after
from pipelines.rules import load_rules


class Quantities(Fact):
    """A measured value with its unit and what is measured."""

    __table__ = "facts.quantities"

    value_low = dy.Float64(nullable=True, description="The value, or the lower end; NULL in 'up to 10'")
    value_high = dy.Float64(nullable=True, description="The value, or the upper end; NULL in 'at least 10'")
    approximate = dy.Bool(description="Stated as about, some, nearly, tens of …")
    unit = dy.String(
        nullable=True, description="UCUM code where one exists (km, a, %, [USD] for currencies), else NULL"
    )
    unit_name = dy.String(nullable=True, description="The unit's name (ref.units), rates as 'US dollar per share'")
    unit_text = dy.String(nullable=True, description="The unit as written")
    measure = dy.Enum(MEASURES, description="What kind of quantity")
    object = dy.String(nullable=True, description="What is measured: 'ballistic missiles' in 'two ballistic missiles'")
    change = dy.Enum(["up", "down"], nullable=True, description="Stated as a rise or a fall by this much")


class Quantity(NamedTuple):
    """A quantity in the clean text of a document."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: Unit | None
    unit_text: str | None
    measure: str
    object: str | None
    change: str | None
    rule: str


WINDOW = 120
"""How many characters behind a number are read for its unit and object."""

_COLUMNS = [
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "value_low", "value_high", "approximate", "unit", "unit_name", "unit_text", "measure", "object", "change",
]  # fmt: skip


def quantities(documents: Iterable[Document]) -> pl.DataFrame:
    """The quantities that the documents' factual blocks state, one row each (``facts.quantities``)."""
    rules = load_rules("quantities")
    sure = {name: (rule.rule_id, rule.confidence) for name, rule in rules.items()}
    rows = []
    for document in documents:
        text = document.clean
        short = document.capture_id[:16]
        for block in document.factual():
            for found in read(text, block.start, block.end):
                start, end = document.span(found.start, found.end)
                rule_id, confidence = sure[found.rule]
                rows.append(
                    (
                        f"quantity:{short}:{start}-{end}", document.capture_id, document.publication_date, block.block_no,
                        block.kind, document.text.repaired(start, end), start, end, rule_id, confidence, found.low,
                        found.high, found.approximate, found.unit.ucum if found.unit else None,
                        found.unit.name if found.unit else None, found.unit_text, found.measure, found.object, found.change,
                    )
                )  # fmt: skip
    return frame(Quantities, rows, _COLUMNS)


def read(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]`` in order, without overlaps.

    >>> text = "Two rockets flew some 650 kilometers (404 miles)."
    >>> [(q.low, q.measure, q.unit.ucum if q.unit else q.object) for q in read(text, 0, len(text))]
    [(2.0, 'count', 'rockets'), (650.0, 'distance', 'km'), (404.0, 'distance', '[mi_i]')]
    """
    block = _Block(text, start, end)
    while block.next < len(block.numbers):
        found = block.read()
        if found is not None:
            block.claimed = found.end
            yield found


class _Block:
    """The numbers of a block, and how far they have been read."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.numbers = numbers(text, start, end)
        self.next = 0
        self.claimed = start
        self.dated = -1
        """End of the last number that was a date: what is tied to it is one too."""

    def read(self) -> Quantity | None:
        """The quantity of the next number, or ``None``; moves on behind all numbers that it used."""
        number = self.numbers[self.next]
        self.next += 1
        if number.start < self.claimed:
            return None
        text = self.text
        after = tokens(text, number.end, min(self.end, number.end + WINDOW))
        if number.kind == "ordinal":
            return self._ordinal(number, after)
        if number.kind == "times":
            return self._times(number, after)
        if number.kind == "fraction":
            return self._fraction(number, after)
        return self._cardinal(number, after)

    # -- the unit and the range -------------------------------------------------------------------------------------

    def _unit(self, number: Number, after: list[Token]) -> tuple[int, Unit | None, int, bool, Number]:
        """Start with the sign, unit, index of the token behind it, hyphen; the number again, scaled by its sign."""
        text = self.text
        sign = sign_before(text, number.start, max(self.start, self.claimed)) if number.digits else None
        if sign is not None and sign[0].name == "South African rand" and number.low < 100 and number.factor == 1:
            sign = None
        if sign is not None:
            unit, start = sign
            number = _scaled(number, unit.scale)
            used = 0
            again = unit_after(after, 0, number.end)
            if again is not None and again.unit.measure == "money" and not again.hyphen:
                # "$10 dollars" says it twice; "$20 $30" does not
                if after[0].text[0].isalpha():
                    used = again.used
                    unit = again.unit if again.unit.ucum else unit
            rate = rate_after(after, used, unit)
            return start, rate.unit, rate.used, False, number
        found = unit_after(after, 0, number.end)
        if found is None or not self._fits(number, after, found.used, found.unit, found.hyphen):
            return number.start, None, 0, False, number
        unit, used = found.unit, found.used
        number = _scaled(number, unit.scale)
        if unit.measure == "money" and number.factor == 1 and used < len(after):
            factor = _MAGNITUDES.get(after[used].text.lower())
            if factor:  # "75 USD million"
                number, used = _scaled(number, factor), used + 1
        if unit.name == "pound-mass" and number.factor >= 1e6:
            unit = _pounds()
        return number.start, unit, used, found.hyphen, number

    def _fits(self, number: Number, after: list[Token], used: int, unit: Unit, hyphen: bool) -> bool:
        """Whether the word that could be a unit is one here."""
        word = after[used - 1].text
        low = word.lower()
        if after[0].text[0].isalpha() and len(low) <= 2 and used < len(after):
            # a short sign must stand alone: "24703 L-202" has no litres
            following = after[used]
            if following.start == after[used - 1].end and following.text in "-_@":
                return False
        if low == "second" and not hyphen and number.low != 1:
            return False
        if low in ("won", "dong", "kip", "sen", "real") and number.factor == 1 and number.low < 1000:
            return False
        if low in ("time", "point") and not hyphen and number.low != 1:
            return False
        if word in ("$", "€", "£", "¥") and used < len(after) and after[used].start == after[used - 1].end:
            return not after[used].text[0].isdigit()
        if year_like(number) and not hyphen and unit.measure != "percent":
            return is_plural(low) or low in ("km", "kg", "mph", "yen", "baht", "yuan", "hertz")
        return True

    def _range(self, number: Number, unit: Unit | None, start: int, unit_end: int, left: Before):  # type: ignore[no-untyped-def]
        """The second number of a range and what it means, if there is one: (number, scale of the first)."""
        if self.next >= len(self.numbers):
            return None
        other = self.numbers[self.next]
        gap_start = max(number.end, unit_end)
        if other.kind not in ("cardinal",) or not 0 < other.start - gap_start <= 12 or other.digits != number.digits and (
            number.joined
        ):
            return None
        sign = sign_before(self.text, other.start, gap_start) if other.digits else None
        between = self.text[gap_start : sign[1] if sign else other.start].strip(" \xa0").lower()
        if between not in _CONNECTORS:
            return None
        factor = 1.0
        low, high = number.low, other.low
        if other.factor > 1 and number.factor == 1 and low < high / other.factor:
            factor = other.factor
        low *= factor
        if low >= high:
            return None
        if between == "and" and not (left.words and left.words[-1] == "between"):
            return None
        if between == "to" and left.words and left.words[-1] == "from" and not (
            len(left.words) > 1 and left.words[-2] in words_of("range_before_from")
        ):
            return None
        if between == "or" and (high > 2 * low + 1 or unit is not None):
            return None
        if between in ("&", "/"):
            return None
        return other, factor, sign, between

    def _cardinal(self, number: Number, after: list[Token]) -> Quantity | None:
        text = self.text
        start, unit, used, hyphen, number = self._unit(number, after)
        left = before(text, start, self.start)
        unit_start, unit_end = _unit_span(after, used, number, hyphen)
        low, high = number.low, number.high
        end = max(number.end, unit_end)
        unit_text = _unit_text(text, start, number, unit_start, unit_end)
        ranged = self._range(number, unit, start, unit_end, left)
        scored = False
        if ranged is not None:
            other, factor, sign, between = ranged
            rest = tokens(text, other.end, min(self.end, other.end + WINDOW))
            keep = self.claimed
            self.claimed = max(number.end, unit_end)
            _, other_unit, other_used, other_hyphen, other = self._unit(other, rest)
            self.claimed = keep
            same = unit is None or other_unit is None or unit.measure == other_unit.measure
            thing = counted(text, rest, other_used) if other_unit is None and unit is None else None
            spaced = between in _DASHES and not number.joined and text[other.start - 1] == " "
            if year_like(number) and other_unit is None and unit is None:
                self.next += 1
                return None  # 1950-53
            if same and (unit or other_unit or thing or other.factor > 1 or between not in _DASHES) and not (
                spaced and not (other_unit or thing)
            ):
                self.next += 1
                low, high = low * factor, other.low
                after, used, hyphen, unit = rest, other_used, other_hyphen, other_unit or unit
                unit_start, unit_end = _unit_span(after, used, other, hyphen)
                end = max(other.end, unit_end)
                unit_text = _unit_text(text, start, other, unit_start, unit_end) if other_unit else unit_text
                number = other._replace(start=number.start, low=low, high=high)
            elif number.joined:
                scored = True
        if scored or number.joined and end == number.end:
            return self._score(number, left)
        if unit is None:
            return self._bare(number, after, left, end, low, high)
        # a measured value
        if number.digits and number.plain and date_or_time(text, number, after, left.words) and not used:
            return None
        if start == number.start and text[start - 1 : start] in ("-", "‑", "#", "/", "=", "_", "@") and not _minus(text, start, self.start):
            return None
        if _minus(text, start, self.start) and unit.measure in ("temperature", "percent", "money", "number"):
            low, high, start = -high, -low, start - 1
        if not number.digits and number.low == 1 and pronoun_one([], left.words, number) and left.words and left.words[-1] in ("no",):
            return None
        measure, rule = unit.measure, _RULES.get(unit.measure, "measured")
        thing = None
        change = None
        if measure == "duration" and (aged := _age(after, used, left)) >= 0:
            measure, rule, used = "age", "age", aged
            end = max(end, after[used - 1].end) if used else end
        if measure in _CHANGING:
            change = change_before(left.words, strict=False) or change_after(after, used)
            if measure == "money" and left.words and left.words[-1] in words_of("no_change_of_money"):
                change = None
        elif left.words and left.words[-1] == "by":
            change = change_before(left.words, strict=True)
        if change is None or measure not in _CHANGING:
            thing = self._measured_thing(after, used, hyphen, unit)
        if measure == "money" and used < len(after) and not _is_rate(unit):
            cents = self._cents(after, used, unit, number)
            if cents is not None:
                value, end = cents
                low = high = low + value
        return self._quantity(start, end, low, high, number, left, unit, unit_text, measure, thing, change, rule, after, used)

    def _cents(self, after: list[Token], used: int, unit: Unit, number: Number) -> tuple[float, int] | None:
        """The part behind the point of a sum in words: ``3 dollars 50 cents``, ``15 dollars and 50``."""
        if self.next >= len(self.numbers) or number.decimals or number.factor != 1:
            return None
        other = self.numbers[self.next]
        k = used
        joint = False
        if after[k].text.lower() == "and":
            joint, k = True, k + 1
        if k >= len(after) or other.start != after[k].start or not 1 <= other.low <= 99 or other.low != int(other.low):
            return None
        rest = tokens(self.text, other.end, min(self.end, other.end + 40))
        found = unit_after(rest, 0, other.end)
        minor = found is not None and found.unit.name in ("cent", "penny")
        ends = not rest or rest[0].text in ".,;!?" or "\n" in self.text[other.end : rest[0].start]
        if other.digits and other.joined or not (minor or (ends and (other.low >= 10)) and after[used - 1].text.isalpha()):
            return None
        self.next += 1
        return other.low / 100, rest[found.used - 1].end if minor and found else other.end

    def _measured_thing(self, after: list[Token], used: int, hyphen: bool, unit: Unit) -> str | None:
        """What a measure is of: 'of war', 'rocket' in '40-metre rocket', 'contract' in '$2 million contract'."""
        if used >= len(after):
            return None
        word = after[used].text.lower()
        if word in ("of", "in", "worth"):
            k = used + (2 if word == "worth" and used + 1 < len(after) and after[used + 1].text == "of" else 1)
            if word == "in" and unit.measure != "money":
                return None
            if k < len(after) and (after[k].text.lower() not in words_of("stop") or after[k].text.lower() in words_of("drop_before_object")):
                phrase = counted(self.text, after, k, singular=True, limit=5)
                return self.text[phrase[0] : phrase[1]] if phrase else None
            return None
        if hyphen or unit.measure == "money":
            phrase = counted(self.text, after, used, singular=True, limit=5)
            return self.text[phrase[0] : phrase[1]] if phrase and after[used].text not in "-‑" else None
        return None

    # -- numbers without a unit -------------------------------------------------------------------------------------

    def _bare(
        self, number: Number, after: list[Token], left: Before, end: int, low: float, high: float
    ) -> Quantity | None:
        text, start = self.text, number.start
        words = left.words
        if date_or_time(text, number, after, words) or self._tied_to_date(number):
            self.dated = end
            return None
        age = self._bare_age(number, after, left)
        if age is not None:
            return age
        one = low == high == 1 and not number.digits
        if one and pronoun_one(after, words, number):
            return None
        at_ratio = self._in_ratio(number, after, left)
        if at_ratio is not None:
            return at_ratio
        thing = counted(text, after, 0, singular=one)
        hyphen = bool(after) and after[0].text in "-‑" and after[0].start == number.end
        if hyphen and thing is None and len(after) > 1 and after[1].start == after[0].end and after[1].text.islower():
            word = after[1]
            if word.text not in ("year", "fold", "way", "something", "ever") and len(word.text) > 2 and word.text not in words_of("stop"):
                thing = word.start, word.end, 2
        if hyphen and thing is not None and len(after) > 1:
            # "450-seat chamber": the word behind the hyphen is what is counted
            thing = after[1].start, after[1].end, 2
        if number.digits:
            if sticks_to_a_name(text, number, after, self.start) or list_number(text, number, after, self.start):
                return None
            if number.plain:
                object_end = thing[1] if thing else -1
                if plain_year(number, after, words, object_end) or address(after):
                    self.dated = end
                    return None
                is_counted = thing is not None and counts_something(text, after, thing[1])
                if part_of_a_name(text, number, after, words, self.start, is_counted):
                    return None
                if thing is None and number.low >= 10000:
                    return None
        else:
            capital = text[start].isupper()
            if capital and not opens_sentence(text, start, self.start) and not (thing and text[thing[0]].isupper() and is_plural(text[thing[0] : thing[1]])):
                return None
            if words and words[-1] in words_of("idiom_before_number") or label_before(words):
                return None
            if thing is None and not (number.factor > 1 or left.bound or left.approximate or number.kind == "vague"):
                return None
            if one and thing is None:
                return None
        name = text[thing[0] : thing[1]] if thing else None
        if thing is not None:
            end = max(end, thing[1]) if self._next_start() >= thing[1] else end
        change = change_before(words, strict=True)
        measure = "count" if thing else "number"
        rule = ("count_one" if one else "count") if thing else "number"
        if number.kind == "vague":
            rule = "vague"
        used = thing[2] if thing else 0
        return self._quantity(start, end, low, high, number, left, None, None, measure, name, change, rule, after, used)

    def _next_start(self) -> int:
        return self.numbers[self.next].start if self.next < len(self.numbers) else self.end + 1

    def _tied_to_date(self, number: Number) -> bool:
        """Whether the number goes on a date: ``Sept. 4 and 5``, ``Sept. 13, 2023``."""
        if self.dated < 0 or number.start - self.dated > 7:
            return False
        between = self.text[self.dated : number.start].strip(" ,").lower()
        return between in ("", "-", "–", "and", "to", "or", "&", "/") and (number.low <= 31 or year_like(number))

    def _bare_age(self, number: Number, after: list[Token], left: Before) -> Quantity | None:
        """``Putin, 70,``; ``aged 5``; ``65 and older``."""
        text, start, end = self.text, number.start, number.end
        if not (number.low == number.high or left.words[-1:] == ("ages",)) or number.low > 120 or number.decimals:
            return None
        year = _year()
        if left.words and left.words[-1] in words_of("age_words") or left.words[-2:] == ("age", "of"):
            return self._quantity(start, end, number.low, number.high, number, left, year, None, "age", None, None, "age", after, 0)
        if len(after) > 2 and after[0].text.lower() in ("and", "or") and after[1].text.lower() in _OLDER:
            bound = Before(left.approximate, "at_least" if after[1].text.lower() in ("older", "over", "above", "up") else "at_most", left.words)
            return self._quantity(start, after[1].end, number.low, number.high, number, bound, year, None, "age", None, None, "age", after, 2)
        if number.digits and number.plain and 1 <= number.low <= 115 and text[start - 2 : start] == ", ":
            k = start - 3
            begin = k
            while begin >= max(self.start, start - 24) and (text[begin].isalpha() or text[begin] in "-'’."):
                begin -= 1
            name = text[begin + 1 : k + 1]
            right = text[end : end + 1]
            if (
                len(name) > 1
                and name[0].isupper()
                and not name.isupper()
                and name.lower().rstrip(".") not in words_of("month") | words_of("weekday")
                and (right in ",;)" or right == "." or text[end : end + 5] == " and " or right == "")
                and not (right == "," and text[end + 1 : end + 3].strip()[:1].isdigit())
            ):
                return self._quantity(start, end, number.low, number.high, number, left, year, None, "age", None, None, "age_appositive", after, 0)
        return None

    def _in_ratio(self, number: Number, after: list[Token], left: Before) -> Quantity | None:
        """``one in five voters``, ``nine out of ten``: the share, and of what."""
        if self.next >= len(self.numbers) or not after:
            return None
        other = self.numbers[self.next]
        between = self.text[number.end : other.start].strip().lower()
        if between not in ("in", "out of", "in every", "out of every") or other.kind != "cardinal":
            return None
        if not 0 < number.low < other.low or other.low not in _ROUND or number.low != int(number.low):
            return None
        rest = tokens(self.text, other.end, min(self.end, other.end + WINDOW))
        if unit_after(rest, 0, other.end) is not None:
            return None
        self.next += 1
        thing = counted(self.text, rest, 0)
        value = number.low / other.low
        name = self.text[thing[0] : thing[1]] if thing else None
        return self._quantity(number.start, other.end, value, value, number, left, None, None, "ratio", name, None, "ratio", rest, 0)

    def _score(self, number: Number, left: Before) -> Quantity | None:
        """``3-1``: two plain numbers tied by a dash; the lower one is value_low, the text keeps their order."""
        if self.next >= len(self.numbers):
            return None
        other = self.numbers[self.next]
        self.next += 1
        if not (number.plain and other.plain and number.low < 1000 and other.low < 1000):
            return None
        text = self.text
        rest = tokens(text, other.end, min(self.end, other.end + 30))
        sure = (left.words and left.words[-1] in words_of("score_words")) or (rest and rest[0].text.lower() in words_of("score_words"))
        if sticks_to_a_name(text, number._replace(end=other.end), rest, self.start) or not sure and number.low < other.low:
            return None
        if rest and rest[0].text == "-":
            return None
        low, high = sorted((number.low, other.low))
        both = number._replace(low=low, high=high)
        return self._quantity(number.start, other.end, low, high, both, Before(False, "", ()), None, None, "score", None, None, "score", rest, 0)

    # -- ordinals, fractions, twice ---------------------------------------------------------------------------------

    def _ordinal(self, number: Number, after: list[Token]) -> Quantity | None:
        text, start = self.text, number.start
        left = before(text, start, self.start)
        if not after or date_or_time(text, number, after, left.words) or sticks_to_a_name(text, number, after, self.start):
            return None
        word = after[0].text
        low = word.lower()
        if address(after) or low in words_of("ordinal_skip") or is_plural(low) and not number.digits:
            return None
        if self._next_start() <= after[0].end or (low in words_of("stop") and low not in ("such",)) or not low[0].isalpha():
            return None
        if not number.digits and text[start].isupper() and not opens_sentence(text, start, self.start):
            return None
        if word[0].isupper() and not word.isupper() and not text[start].isupper() and number.digits:
            if after[1:2] and after[1].text[:1].isupper():
                return None  # 9th Circuit Court
        last = left.words[-1] if left.words else ""
        if last not in words_of("ordinal_before") and not last.endswith(("'s", "’s", "s'", "s’")) and not (number.digits):
            return None
        thing = counted(text, after, 0, singular=True, limit=4)
        if thing is None:
            return None
        exact = Before(False, "", left.words)
        return self._quantity(start, number.end, number.low, number.low, number, exact, None, None, "ordinal", text[thing[0] : thing[1]], None, "ordinal", after, 0)

    def _times(self, number: Number, after: list[Token]) -> Quantity | None:
        left = before(self.text, number.start, self.start)
        if after and after[0].text.lower() in ("as", "the", "-", "that", "his", "her", "its", "their"):
            return None
        return self._quantity(number.start, number.end, number.low, number.high, number, left, _count(), None, "count", None, None, "twice", after, 0)

    def _fraction(self, number: Number, after: list[Token]) -> Quantity | None:
        """``half of the voters``, ``two-thirds``, ``half an hour``, ``a third of``."""
        text, start = self.text, number.start
        left = before(text, start, self.start)
        words = left.words
        first = after[0].text.lower() if after else ""
        hyphen = first in "-‑" and bool(first)
        form = text[start : number.end].lower()
        if opens_sentence(text, start, self.start) is False and text[start].isupper():
            return None
        if form in ("half", "quarter", "a quarter"):
            k = 1 if first in ("a", "an") else 0
            found = unit_after(after, k, number.end)
            if found is not None and found.unit.measure != "count" and (k or found.hyphen or form == "half"):
                if not (words and words[-1] in words_of("half_before")):
                    unit_start, unit_end = after[found.used - 1].start, after[found.used - 1].end
                    return self._quantity(start, unit_end, number.low, number.high, number, left, found.unit, text[unit_start:unit_end], found.unit.measure, None, None, _RULES.get(found.unit.measure, "measured"), after, found.used)
                return None
            if form == "quarter" or hyphen or words and words[-1] in words_of("half_before"):
                return None
            if first == "turn" and words[-1:] == ("a",) or k and len(after) > 1 and after[1].text.lower() == "turn":
                pass
            elif first not in ("of", "the", "its", "his", "her", "their", "our", "all", "as") and not (left.approximate or left.bound or words[-1:] == ("by",)):
                return None
        elif number.kind == "fraction" and words and words[-1] in ("last", "past", "first") and "quarter" in form:
            return None
        unit = unit_after(after, 0, number.end)
        if unit is not None and unit.unit.measure not in ("count",):
            end = after[unit.used - 1].end
            return self._quantity(start, end, number.low, number.high, number, left, unit.unit, text[after[unit.used - 1].start : end], unit.unit.measure, None, None, _RULES.get(unit.unit.measure, "measured"), after, unit.used)
        k = 1 if first == "of" else 0
        thing = counted(text, after, k, singular=True, limit=4) if first in ("of", "the", "all") or hyphen or k else None
        name = text[thing[0] : thing[1]] if thing else None
        change = change_before(words, strict=True)
        return self._quantity(start, number.end, number.low, number.high, number, left, None, None, "ratio", name, change, "ratio", after, k)

    # -- the row ----------------------------------------------------------------------------------------------------

    def _quantity(
        self, start: int, end: int, low: float, high: float, number: Number, left: Before, unit: Unit | None,
        unit_text: str | None, measure: str, thing: str | None, change: str | None, rule: str, after: list[Token], used: int,
    ) -> Quantity | None:  # fmt: skip
        """The quantity, with the bound that the words around it state."""
        if low in (float("inf"), float("-inf")):
            return None
        bound, approximate = left.bound, left.approximate or number.kind == "vague" or number.low != number.high and number.kind == "vague"
        words = left.words
        if bound and measure == "duration" and self._over(start):
            if not (words and words[-1] in words_of("for_durations_over")):
                bound = ""
        if bound and not number.digits and measure == "count" and self._under(start):
            bound = ""
        if not bound and number.digits and self.text[number.end : number.end + 1] == "+":
            bound = "at_least"
        if not bound and used + 1 < len(after) and after[used].text.lower() == "or":
            following = after[used + 1].text.lower()
            if following in ("more", "greater", "longer", "higher"):
                bound = "at_least"
            elif following in ("less", "fewer", "lower", "under"):
                bound = "at_most"
            elif following == "so":
                approximate = True
        value_low: float | None = low
        value_high: float | None = high
        if low == high or number.kind == "vague" or bound:
            if bound == "at_least":
                value_high = None
            elif bound == "at_most":
                value_low = None
        return Quantity(start, end, value_low, value_high, approximate, unit, unit_text, measure, _tidy(thing), change, rule)

    def _over(self, start: int) -> bool:
        return self.text[max(self.start, start - 5) : start].lower().strip() in ("over", "under", "above", "below")

    def _under(self, start: int) -> bool:
        return self.text[max(self.start, start - 6) : start].lower().split()[-1:] in (["under"], ["above"], ["below"], ["over"])


_CONNECTORS = frozenset(("-", "‐", "‑", "–", "—", "to", "or", "and", "through"))
_DASHES = frozenset("-‐‑–—")
_OLDER = frozenset(("older", "over", "above", "up", "younger", "under"))
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 100, 1000, 10000, 100000, 1000000))
_CHANGING = frozenset(("percent", "percentage_point", "money", "temperature", "count"))
_RULES = {"money": "money", "percent": "percent", "percentage_point": "percent", "duration": "duration", "count": "count_unit"}
_MAGNITUDES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6}


def _scaled(number: Number, factor: float) -> Number:
    if factor == 1:
        return number
    return number._replace(low=number.low * factor, high=number.high * factor, factor=number.factor * factor, plain=False)


def _unit_span(after: list[Token], used: int, number: Number, hyphen: bool) -> tuple[int, int]:
    if not used:
        return number.end, number.end
    return after[1 if hyphen else 0].start, after[used - 1].end


def _unit_text(text: str, start: int, number: Number, unit_start: int, unit_end: int) -> str | None:
    """The unit as written: the words behind the number, else the sign before it."""
    if unit_end > unit_start:
        return text[unit_start:unit_end]
    return text[start : number.start].strip() or None


def _minus(text: str, start: int, limit: int) -> bool:
    if start <= limit or text[start - 1] not in "-−":
        return False
    return start - 1 == limit or text[start - 2] in " (\n\t\xa0"


def _is_rate(unit: Unit) -> bool:
    return " per " in unit.name


def _age(after: list[Token], used: int, left: Before) -> int:
    """The index behind ``old`` where a duration is an age (``years old``, ``-month-old``, ``weeks of age``), else -1."""
    k = used
    if k < len(after) and after[k].text in "-‑–":
        k += 1
    if k < len(after) and after[k].text.lower() in ("old", "olds"):
        return k + 1
    if k + 1 < len(after) and after[k].text == "of" and after[k + 1].text.lower() == "age":
        return k + 2
    if left.words and left.words[-1] in words_of("age_words") or left.bound and left.words and left.words[-1] == "younger":
        return used
    return -1


def _tidy(thing: str | None) -> str | None:
    return " ".join(thing.split()) if thing else None


def _named(name: str) -> Unit:
    from pipelines.extract.units import named

    return named(name)


def _year() -> Unit:
    return _named("year")


def _count() -> Unit:
    return _named("count")


def _pounds() -> Unit:
    return _named("pound sterling")

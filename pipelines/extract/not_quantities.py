"""Numbers that are no quantities: dates, years, clock times, parts of names, list numbers, pronouns.

What belongs here: reasons to leave a number out. What does not: reading those that stay.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from pipelines.extract.around import words_of
from pipelines.extract.numerals import Number
from pipelines.extract.things import is_plural
from pipelines.extract.tokens import Token
from pipelines.extract.units import begins_unit

_SENTENCE_END = frozenset(".!?:;…\n•|*")
_GLUE = frozenset("#@_=/\\&^~+")
_WORD_BEFORE = re.compile(r"[^\W\d_](?:[\w.'’&]*[\w.'’])?(?=[ \xa0]*$)")
CLOCK = frozenset(
    ("am", "pm", "a.m.", "p.m.", "o'clock", "o’clock", "gmt", "utc", "est", "edt", "bst", "cet", "a.m", "p.m")
)
"""Words behind an hour."""


def opens_sentence(text: str, start: int, limit: int) -> bool:
    """Whether ``start`` is where a sentence begins: a capital there tells nothing."""
    k = start - 1
    while k >= limit and text[k] in " \xa0\t\"'“”‘’([—–-":
        k -= 1
    return k < limit or text[k] in _SENTENCE_END


def year_like(number: Number) -> bool:
    """Four plain digits in the range of years that news speak of."""
    return number.plain and number.end - number.start == 4 and 1400 <= number.low <= 2199


_BEFORE_A_YEAR = frozenset(
    ("in", "since", "until", "late", "early", "during", "january", "march", "june", "july", "october")
)
_CLOSING = frozenset(",.;:)]?!")


def at_a_glance(text: str, number: Number, limit: int) -> bool:
    """Whether a number is a year or a pronoun without a closer look; these are a quarter of all numbers in news.

    >>> at_a_glance("since 2014 it", Number(6, 10, 2014, 2014, "cardinal", True, True), 0)
    True
    """
    start, end = number.start, number.end
    if number.plain and end - start == 4 and number.low <= 2399:
        if start - 1 <= limit or text[start - 1] != " ":
            return False
        if text.startswith(" h", end):
            return bool(_MILITARY.match(text, start, end + 7) and _AT.search(text[max(limit, start - 7) : start]))
        if not 1900 <= number.low <= 2099:
            return False
        last = text[max(limit, start - 9) : start - 1].rpartition(" ")[2]
        behind = text[end : end + 1]
        if last.lower() in _BEFORE_A_YEAR or (behind in _CLOSING and last.isalpha() and last.islower()):
            return True
        word = text[end + 1 : end + 16].partition(" ")[0] if behind == " " and last.isalpha() else ""
        return word.isalpha() and word not in _NOT_BEHIND_A_YEAR and not begins_unit(word)
    if number.kind == "ordinal":
        word, space, _ = text[end + 1 : end + 14].partition(" ")
        return not number.digits and bool(space) and word in _sure_names()
    if number.low == 1 and not number.digits:
        word, space, _ = text[end + 1 : end + 10].partition(" ")
        return text[end : end + 1] == " " and bool(space) and word in _sure_pronouns()
    return False


_NOT_BEHIND_A_YEAR = frozenset(("or", "to", "and", "more", "of", "through", "until", "till"))


@cache
def _sure_names() -> frozenset[str]:
    """Words behind an ordinal that make it part of a name: first lady, second place; *of* may go on with a month."""
    return words_of("ordinal_skip") - {"of"}


@cache
def _sure_pronouns() -> frozenset[str]:
    """Words behind *one* that make it a pronoun and go on with no quantity ('one or two', 'one in five')."""
    words = words_of("pronoun_after_one") - {"or", "to", "in", "and", "day", "time", "point", "out", "a", "an"}
    return frozenset(word for word in words if not begins_unit(word))


_MILITARY = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9][ ](?:hours|hrs)")
_AT = re.compile(r"(?:^|\W)(?:at|by|from|since|until)[ ]$")


def without_rows(text: str, seen: list[Number]) -> list[Number]:
    """The numbers that do not stand in rows of figures: three and more of digits with nothing but space between them.

    >>> from pipelines.extract.numbers import numbers
    >>> text = "1.5 2.5 3.5 4.5 and 12 boats"
    >>> [number.low for number in without_rows(text, numbers(text, 0, len(text)))]
    [12.0]
    """
    near = [
        one.digits and two.digits and two.start - one.end < 12 and text[one.end : two.start].isspace()
        for one, two in pairwise(seen)
    ]
    if True not in near:
        return seen
    near = [False, False, *near, False, False]
    return [
        number
        for k, number in enumerate(seen)
        if not ((near[k + 1] and (near[k] or near[k + 2])) or (near[k + 2] and near[k + 3]))
    ]


_ESCAPE = re.compile(r"\[[0-9]{1,3}(?:;[0-9]{1,3}){0,4}m")


def at_a_terminal(text: str, number: Number) -> bool:
    """Whether a number is left of a code that colours a terminal's text: ``[31m``, ``[1;32m``."""
    start = number.start
    if text[start - 1 : start] not in ("[", ";"):
        return False
    opened = text.rfind("[", max(0, start - 16), start)
    found = _ESCAPE.match(text, opened) if opened >= 0 else None
    return found is not None and found.end() > number.end


def sticks_to_a_name(text: str, number: Number, after: list[Token], limit: int) -> bool:
    """Whether the signs at the edges make the number a part of something else: ``Soyuz-2``, ``#4``, ``5G``, ``id="7"``."""
    start = number.start
    if start > limit:
        left = text[start - 1]
        further = text[start - 2] if start - 1 > limit else " "
        if left in _GLUE and not (left == "/" and further == " ") and not (left == "+" and further == " "):
            return True
        if left in "-‐‑–" and further.isalnum():
            return True
        if left in "'’" and number.plain and number.end - start == 2 and not further.isalnum() and further not in "'’":
            return not (number.end < len(text) and text[number.end : number.end + 1] in "-%")  # '08
        if left in "'\"" and further == "=":
            return True
        if left in ".:,'’" and further.isalnum():
            return True
    if after and after[0].start == number.end and number.kind != "ordinal":
        right = after[0].text
        if right[0].isalpha() or right in "_@#=\\*^":
            return True
        if right in ("-", "‑") and len(after) > 1 and after[1].start == after[0].end:
            word = after[1].text
            return not word[0].isalpha() or len(word) < 3 or not word[0].islower()
        if right == "/" and len(after) > 1 and after[1].start == after[0].end and not after[1].text[0].isalpha():
            return True
        if right in ":'’" and len(after) > 1 and after[1].start == after[0].end:
            return after[1].text[0].isdigit() or (right != ":" and after[1].text == "s")  # 4:30, the 20's
    return False


def date_or_time(text: str, number: Number, after: list[Token], words: tuple[str, ...]) -> bool:
    """Whether a number of digits (or an ordinal) is the day, the year or the hour of a date or a clock time."""
    months = words_of("month")
    last = words[-1].rstrip(".") if words else ""
    if number.low == int(number.low) and (number.plain or number.kind == "ordinal"):
        month = last in months and (
            last != "may" or "May" in text[max(0, number.start - 5) : number.start] or words[-2:-1] == ("on",)
        )
        if month and (number.low <= 31 or year_like(number)):
            return True
        if after and number.low <= 31:
            k = 1 if after[0].text in ("of", "-") and len(after) > 1 else 0
            word = after[k].text
            capital = word[0].isupper() or last == "on"
            if word.lower() in months and capital and (word.lower() != "may" or k == 0 or number.kind == "ordinal"):
                return True
            if word in ("a", "p") and len(after) > 2 and after[1].text == "." and after[2].text == "m":
                return True  # 10 a. m.
    if number.digits and number.kind == "cardinal" and after and number.factor == 1 and number.low < 25:
        word = after[0].text.lower()
        if word in CLOCK:
            return True
    return bool(not number.digits and after and after[0].text.lower() in ("o'clock", "o’clock", "a.m.", "p.m."))


def part_of_a_name(text: str, number: Number, after: list[Token], limit: int, counted_thing: bool) -> bool:
    """Whether the words beside a plain number make it a label: ``Route 66``, ``Resolution 1718``, ``10 High Street``."""
    match = _WORD_BEFORE.search(text, max(limit, number.start - 24), number.start)
    word = match.group() if match else ""
    low = word.lower().rstrip(".")
    capital = word != word.lower()  # also iPhone
    designators = words_of("designator")
    if low in designators and (capital or not counted_thing):
        return True
    if low[-1:] == "s" and low[:-1] in designators and not counted_thing:
        return True  # routes 12 and 14
    title = after and after[0].text[:1].isupper() and not opens_sentence(text, match.start() if match else 0, limit)
    if capital and match is not None and (not counted_thing or (title and low not in words_of("stop"))):
        opening = opens_sentence(text, match.start(), limit)
        if low in words_of("month") or low in words_of("weekday") or (low in words_of("stop") and opening):
            return False
        if title and low in words_of("year_before"):
            return False
        return not opening or len(word) > 4
    return bool(after and after[0].text[:1].isupper() and not counted_thing)


def address(after: list[Token]) -> bool:
    """Whether a street follows: ``10 High Street``, ``45th Avenue``."""
    for k, token in enumerate(after[:4]):
        if not token.text[:1].isupper():
            return False
        if k and token.text.lower() in words_of("street"):
            return True
        if k == 0 and token.text.lower() in words_of("street") and len(token.text) > 2:
            return True
    return False


_OBJECT = frozenset(
    ("a", "an", "the", "his", "her", "its", "their", "my", "our", "for", "on", "to", "in", "that", "with")
)
_HARM_ENDS = frozenset((",", ".", ";", "and"))


def pronoun_one(after: list[Token], words: tuple[str, ...], last: str, number: Number) -> bool:
    """Whether ``one`` stands for somebody or something instead of counting.

    >>> from pipelines.extract.tokens import tokens
    >>> pronoun_one(tokens("one of them", 3, 11), (), "", Number(0, 3, 1, 1, "cardinal", False))
    True
    >>> pronoun_one(tokens("one soldier", 3, 11), (), "", Number(0, 3, 1, 1, "cardinal", False))
    False
    """
    if not after:
        return True
    first = after[0].text.lower()
    if first in _HARM_ENDS and last in words_of("harm_before_one"):
        return False  # "kills one, hurts six"
    if first in ("-", "‑", "–"):
        return (
            len(after) < 2
            or after[1].start != after[0].end
            or after[1].text.lower() in ("on", "sided", "off", "size", "liner", "liners")
        )
    if first.endswith(("'s", "’s")):
        first = first[:-2]
    if not first[:1].isalpha() or first in words_of("pronoun_after_one") or first in words_of("stop"):
        return True
    if first.endswith("ing") and len(after) > 1 and after[1].text.lower() in _OBJECT:
        return True  # "including one asking for rain", "one seeking a fee"
    return last in words_of("pronoun_before_one")


def label_before(last: str) -> bool:
    """Whether the word before a number word is one that numbers label: ``phase two``, ``number one``."""
    return last.rstrip(".") in words_of("designator")


_LISTED = re.compile(r"\([0-9]{1,3}(?:(?:, ?| and )[0-9]{1,3}){1,8}\)")


def list_number(text: str, number: Number, after: list[Token], limit: int) -> bool:
    """Whether the number is the label of a list's entry: at the start of a line and closed, or alone in brackets."""
    if not number.plain or number.low > 999 or not after:
        return False
    opened = text.rfind("(", max(limit, number.start - 24), number.start)
    if opened >= 0 and (listed := _LISTED.match(text, opened)) and listed.end() > number.end:
        return True  # minutes of goals: "Marr (12, 63)"
    right = after[0]
    if right.start - number.end > (right.text == ")") or right.text not in (".", ")", ":"):
        return False
    k = number.start - 1
    if right.text == ")" and (k >= limit and text[k] == "("):
        return True
    while k >= limit and text[k] in " \t(":
        k -= 1
    if k < limit or text[k] == "\n":
        return right.end < len(text) and text[right.end].isspace()
    return right.text == ")" and text.rfind("(", max(limit, number.start - 40), number.start) < 0


def plain_year(number: Number, after: list[Token], words: tuple[str, ...], last: str, object_end: int) -> bool:
    """Whether a year-like number is a year: always, unless it is a round number with a plural behind it."""
    if not year_like(number):
        return False
    if object_end < 0 or number.low % 100 != 0 or number.low in (1900, 2000):
        return last not in ("exactly", "~")
    return last in words_of("year_before") or last.rstrip(".,") in words_of("month")


def counts_something(text: str, after: list[Token], end: int) -> bool:
    """Whether the noun phrase that ends at ``end`` is lower-case or plural: something that is counted."""
    for token in reversed(after):
        if token.end == end:
            return is_plural(token.text) or token.text[0].islower()
    return False

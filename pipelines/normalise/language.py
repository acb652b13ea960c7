"""The language of a text, from the small words that every text has.

What belongs here: one guess per text, or none. What does not: telling close relatives apart that these words do not tell
apart. The lists hold words that are frequent in their language and rare in the others; own work, not counted from a corpus.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.rules import load_toml

_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")  # in half the time
_MARKS = "“”‘’–—…"  # all that is not ASCII in most English texts
_ENOUGH_WORDS = 12
_SHARE = 0.16  # of the words are small words of the language
_SAMPLE = 500  # characters; more make no answer better
_LEAD = 1.3  # times as many as of the next language

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_SHARED_SCRIPTS = (("und-Cyrl", re.compile("[\u0400-\u052f]")), ("und-Arab", re.compile("[\u0600-\u06ff]")))
"""Scripts of several languages, by the tag of a text in one of them."""
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0590-\u05ff\u0900-\u097f\u0e00-\u0e7f\u3040-\ud7af]")


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages of each small word."""
    words: dict[str, tuple[str, ...]] = {}
    for language, small in load_toml("reference/small_words.toml").items():
        for word in small["words"]:
            words[word] = (*words.get(word, ()), language)
    return words


@cache
def languages_told() -> tuple[str, ...]:
    """The tags of all languages that :func:`language` can tell, sorted; und for those of which it tells the script."""
    return tuple(sorted({"und", *load_toml("reference/small_words.toml"), *(tag for tag, _ in _SCRIPTS)}))


def language(text: str) -> str | None:
    """The BCP 47 tag of the text's language, ``None`` where the text is too short or too mixed to tell.

    Where only the letters tell, and they are those of several languages, the tag is of the script: ``und-Cyrl``.

    >>> language("The mayor said on Friday that the port would be open for all ships that had waited at sea.")
    'en'
    >>> language("Der Bürgermeister sagte am Freitag, dass der Hafen für alle Schiffe wieder offen ist und auch bleibt.")
    'de'
    >>> language("5:3") is None
    True
    """
    sample = text[:_SAMPLE]
    if _OTHER_SCRIPT.search(sample):
        for tag, script in _SCRIPTS:
            if len(script.findall(sample)) > len(sample) * 0.1:
                return tag
    return _by_words(sample) or _by_letters(sample)


def _by_letters(sample: str) -> str | None:
    """A script that is not Latin, where more than half of the letters are of it."""
    if sample.isascii():
        return None
    letters = sum(map(str.isalpha, sample))
    return next((tag for tag, script in _SHARED_SCRIPTS if len(script.findall(sample)) * 2 > letters), None)


def _by_words(sample: str) -> str | None:
    """The language whose small words the sample has, if one is well ahead."""
    low = sample.lower()
    for mark in _MARKS:
        low = low.replace(mark, " ")
    words = (_ASCII_WORD if low.isascii() else _WORD).findall(low)
    if len(words) < _ENOUGH_WORDS:
        return None
    counts: dict[str, int] = {}
    known = _languages_of()
    for tags in filter(None, map(known.get, words)):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < max(3, len(words) * _SHARE):
        return None
    if len(ranked) > 1 and ranked[0][1] < ranked[1][1] * _LEAD:
        return None
    return ranked[0][0]

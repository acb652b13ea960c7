"""What each word of a sentence can be by itself, as one letter: the closed classes, the lexicon of actions, endings.

What belongs here: the letter of a word, whatever stands around it. What does not: words that their neighbours decide, and the
alphabet (:mod:`pipelines.extract.actions_letters`).
"""

from __future__ import annotations

from pipelines.extract.actions_lexicon import deeds, verb_forms, words
from pipelines.extract.wordclasses import (
    ADVERBS,
    DETERMINERS,
    NOMINAL,
    PAST,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from pipelines.extract.words import Token

CLASSES = {
    name: words("classes", name)
    for name in (
        "objects", "be", "have", "modals", "quantities", "units", "named_times", "before_times", "verbs", "not_verbs",
        "not_gerunds", "plurals", "contractions", "not_adverbs", "prepositions", "adverbs", "quantity_nouns", "infinitives",
        "before_prepositional_to", "adjectives", "not_adjectives", "nouns_too", "plurals_too",
    )
}  # fmt: skip
QUANTITIES, NOT_VERBS, _NOT_GERUNDS = CLASSES["quantities"], CLASSES["not_verbs"], CLASSES["not_gerunds"]
PLURALS = CLASSES["plurals"]


def _closed() -> dict[str, str]:
    """The letter of each word of a closed class; later lists win."""
    found: dict[str, str] = dict.fromkeys(("someone", "somebody", "everyone", "others", "nobody", "none"), "n")
    for letter, listed in (
        ("i", PREPOSITIONS | CLASSES["prepositions"]), ("a", ADVERBS | CLASSES["adverbs"]), ("w", CLASSES["units"]), ("d", DETERMINERS),
        ("q", QUANTITIES), ("s", SUBORDINATORS), ("p", PERSONAL | CLASSES["contractions"]), ("r", RELATIVES), ("o", CLASSES["objects"]),
        ("b", CLASSES["be"]), ("h", CLASSES["have"]), ("m", CLASSES["modals"]), ("v", CLASSES["verbs"] | PAST),
    ):  # fmt: skip
        found |= dict.fromkeys(listed, letter)
    found |= {
        "of": "f",
        "by": "y",
        "to": "t",
        "and": "c",
        "or": "c",
        "nor": "c",
        "but": "k",
        "&": "c",
        "that": "T",
    }
    found |= {
        "not": "!",
        "never": "!",
        "n't": "!",
        "who": "r",
        "why": "s",
        "how": "s",
        "what": "s",
        "her": "d",
        "than": "i",
        "like": "i",
        "is": "b",
        "was": "b",
        "has": "h",
    }
    found |= {
        "himself": "a",
        "herself": "a",
        "itself": "a",
        "themselves": "a",
        "one": "n",
        "as": "s",
        "last": "n",
        "once": "a",
        "yet": "a",
        "neither": "E",
        "longer": "L",
    }
    del found["back"]  # a verb as often as an adverb
    return found


CLOSED = _closed()
_MARKS = {
    ",": ",",
    '"': '"',
    "“": '"',
    "”": '"',
    "'": '"',
    "’": '"',
    "‘": '"',
    "`": '"',
    "$": "q",
    "£": "q",
    "€": "q",
    "&": "c",
}


def letter(token: Token) -> str:
    """The letter of a word by itself; see :mod:`pipelines.extract.actions_letters`."""
    text, low = token.text, token.low
    if token.mark:
        return _MARKS.get(text, ";")
    if not token.letter:
        if low.endswith("ers"):
            return "N"  # a team's name: 76ers
        return "w" if len(text) == 4 and text.isdigit() and text[:2] in ("19", "20") else "q"
    if token.capital and low in CLASSES["named_times"]:
        return "w"
    if low == "her":
        return "H"
    if low == "shot":
        return "S"
    if low in CLASSES["plurals_too"] and not token.capital:
        return "z"
    closed = CLOSED.get(low)
    if closed is not None and not (closed in "wm" and token.capital and low in ("may", "will", "second", "march")):
        if token.capital and closed == "v":
            return "N"  # "Black Lives Matter"
        return "N" if token.capital and text.isupper() and len(text) > 1 and low in ("us", "it", "who") else closed
    if low.endswith(("'s", "s'")):
        return "w" if (low[:-2] in CLOSED and CLOSED[low[:-2]] == "w") or low[:-2] in CLASSES["named_times"] else "P"
    if low.endswith("n't"):
        return "m"
    if token.capital:
        return "N"
    if low.endswith("ed") and len(low) > 3 and low not in NOT_VERBS:
        return "v"
    known = verb_forms().get(low)
    if known is not None and not known.shapes.isdisjoint(("past", "participle")):
        return "v"
    if known is not None and "ing" not in known.shapes:
        return "u" if "base" in known.shapes else "z"
    if low in deeds() and not low.endswith("ing"):
        return "n"
    form = token.form
    if form is not None and (form.shape in ("past", "participle") or (form.shape == "s" and form.verb not in NOMINAL)):
        return "v"
    if low.endswith("ing") and len(low) > 4 and low not in _NOT_GERUNDS and (known is not None or "-" not in low):
        return "G" if low in deeds() else "g"
    if token.adverb and low not in CLASSES["not_adverbs"]:
        return "a"
    return "u" if form is not None and form.shape == "base" else "n"

"""A sentence spelled as one letter a word: what each word can be, by itself and by what stands around it.

What belongs here: the small alphabet, and words that are nouns or verbs by their neighbours. What does not: the letter of a word by
itself (:mod:`pipelines.extract.actions_wordclasses`), phrases and clauses (:mod:`pipelines.extract.actions_clauses`).

Letters: d determiner, P possessive, q number or quantifier, n word of a noun phrase, N the same with a capital letter,
p pronoun that is a subject, o one that is an object, v verb of the past, of the present, or bare behind its helper, g verb in -ing,
b be, h have, m modal or do, ! negation, a adverb, t to, f of, y by, i preposition, s subordinator, T that, r who or which,
c and/or, k but, w time, comma, ; another break, " quotation mark. Until the neighbours are asked: u bare form, z third person,
G gerund that is a noun too, H her, S shot, E neither, L longer.
"""

from __future__ import annotations

import re
from itertools import chain

from pipelines.extract.actions_lexicon import deeds, verb_forms, words
from pipelines.extract.actions_wordclasses import CLASSES, CLOSED, NOT_VERBS, PLURALS, QUANTITIES
from pipelines.extract.actions_words import Words
from pipelines.extract.names import nations

_INFINITIVES, _BEFORE_TO = CLASSES["infinitives"], CLASSES["before_prepositional_to"]
_ADJECTIVES, _NOT_ADJECTIVES = CLASSES["adjectives"], CLASSES["not_adjectives"]
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ous|ful|less|ary|able|ible|est|ish)\Z")
"""How many adjectives end; nouns that end so are on a list."""

_TIME = re.compile(r"[dqn]*w+")
"""Words of time with what leads them in; a noun among those must be one of a list."""
_ATTRIBUTE = re.compile(
    r"i(?<=[dP]i)(?=[nN])|v(?:(?<=[dPq]v)(?=[nNq])|(?<=[fiy]v)(?=[nN])|(?<=vv)(?=n)|(?<=[dPq]av)(?=[nN]))|g(?:(?<=[dP]g)|(?<=qg)(?=[nN])|(?<=[dPq]ag)(?=[nN]))"
)
"""A participle in front of its noun: "the detained men"; "his killing"."""
_COMPOUND = re.compile(r"n[gv](?=n)")
"""A word in -ing or a participle between what may be an adjective and its noun."""
_DATED = re.compile(r"[dP]a?v?(w+)(?=[nNg])")
"""A date in front of its noun: "the 2012 election" """
_TIME_LEADS = frozenset(chain(QUANTITIES, words("classes", "before_times")))
_NATIONAL = nations()[2]
_PARTICLES = frozenset(("up", "down", "off", "out", "back", "away", "aside"))
_PROMISES = frozenset(
    ("vow", "plan", "pledge", "threaten", "agree", "refuse", "promise", "ask", "decide", "offer", "urge", "call")
)
"""Bare forms with an infinitive behind them."""
_NO_PLURALS = frozenset(("news", "politics", "economics", "sports", "athletics", "physics", "series", "ethics"))
_MANY = frozenset(("they", "we", "you", "i"))
"""Pronouns with the bare form of a verb: "they back", not "took it back" """
_OPEN = re.compile(
    r"u|z|t|G|H|S|n(?:(?<=[mc]n)|(?<=[nNpuz]n)(?=d))|a(?<=ma)[a!\"]*+n|!(?<=m!)[a!\"]*+n|\"(?<=m\")[a!\"]*+n"
)
"""Words that their neighbours decide. Letters first, look-behinds after them: the search then skips to candidates."""
_FINITE = re.compile("[vbhm]")
_THAT = re.compile(r"T(?=[,;i]|\Z)")
"""That alone: "she rejected that" """
_THAT_ONE = re.compile(r"T(?<=[ify]T)(?=[nNq])")
"""That in front of its noun: "on that road" """
_OWNED = re.compile(r"v(?<=[dP]v)(?![nN])")
"""What may be a verb of the present behind a determiner, where it is a noun: "her calls for" """
_THOUSANDS = re.compile("q,q")
"""A number with its comma: "235,000" """
_DECIDED = str.maketrans("uzGHS", "nngdv")


def spell(tokens: Words) -> str:
    """The letters of a sentence, one for each token.

    >>> text = "Police in Westport arrested two men, who were charged with robbing a bank"
    >>> spell(Words(text, 0, len(text)))
    'NiNvqn,rbvigdn'
    """
    row = tokens.row
    capitals = row.count("N")
    letters = list(row)
    if capitals > 3 and 2 * capitals > len(row) - 2 and _title_case(tokens, letters):
        row = "".join(letters)
    if "E" in row or "L" in row:
        row = _negations(tokens, letters)
    _resolve(tokens, letters, row)
    row = "".join(letters).translate(_DECIDED)
    if "q,q" in row:
        row = _THOUSANDS.sub("qqq", row)
    if "qiq" in row:
        row = "".join(
            "q" if letter == "i" and row[at - 1 : at + 2] == "qiq" and _joins(tokens, row, at) else letter
            for at, letter in enumerate(row)
        )  # "more than 200", "400 to 500"
    if "T" in row:
        row = _THAT.sub("o", row)
        row = _THAT_ONE.sub("d", row)
    if "dv" in row or "Pv" in row:
        row = _OWNED.sub(lambda match: "n" if _is_noun_too(tokens[match.start()].low) else "v", row)
    if "w" in row:
        row = _times(tokens, row)
    row = _ATTRIBUTE.sub("n", row)
    return _compounds(tokens, row) if _COMPOUND.search(row) else row


def _negations(tokens: Words, letters: list[str]) -> str:
    """The row with "neither" and "no longer" as negations where a verb follows: "was neither arrested", but "neither came"."""
    row = "".join(letters)
    for at, letter in enumerate(row):
        verbal = row[at + 1 : at + 2] in ("v", "z", "u", "g", "G", "b", "h")
        if letter == "E":
            letters[at] = "!" if at and verbal else "n"
        elif letter == "L":
            negates = at > 0 and tokens[at - 1].low == "no" and verbal
            letters[at - negates : at + 1] = "!" * (1 + negates) if negates else "n"
    return "".join(letters)


def _compounds(tokens: Words, row: str) -> str:
    """The row with words in -ing, and participles, between an adjective and its noun as words of the phrase: "a joint fundraising deal"."""
    letters = list(row)
    for match in _COMPOUND.finditer(row):
        before = tokens[match.end() - 2].low
        if _is_adjective(before):
            letters[match.end() - 1] = "n"
    return "".join(letters)


def _times(tokens: Words, row: str) -> str:
    """The row with dates in front of nouns as words of their phrase, and with what leads in a time."""
    letters = list(row)
    for match in _DATED.finditer(row):
        if tokens[match.start(1)].low not in CLASSES["units"]:
            letters[match.start(1) : match.end(1)] = "n" * (match.end(1) - match.start(1))
    row = _ATTRIBUTE.sub("n", "".join(letters))
    letters = list(row)
    for match in _TIME.finditer(row):
        start, end = match.span()
        first = end - 1
        while first > start and (letters[first - 1] == "w" or tokens[first - 1].low in _TIME_LEADS):
            first -= 1
        if first > start and letters[first - 1] == "d":
            first -= 1
        letters[first:end] = "w" * (end - first)
    return "".join(letters)


def _title_case(tokens: Words, letters: list[str]) -> bool:
    """In a line whose words all have capital letters these tell nothing: verbs are known by the lists alone."""
    if any(letter in "nuzg" and len(token.low) > 4 for letter, token in zip(letters, tokens, strict=True)):
        return False
    known = verb_forms()
    for at, letter in enumerate(letters):
        if at and letter == "N" and not tokens[at].text.isupper():
            low = tokens[at].low
            form = known.get(low)
            if form is None:
                if CLOSED.get(low) == "v":
                    letters[at] = "v"
                elif low.endswith(("ed", "ing")) and len(low) > 4:
                    letters[at] = "v" if low.endswith("ed") and low not in NOT_VERBS else "n"
            elif form.shapes.isdisjoint(("past", "participle")):
                letters[at] = (
                    ("G" if low in deeds() else "g") if "ing" in form.shapes else "u" if "base" in form.shapes else "z"
                )
            else:
                letters[at] = "v"
    return True


def _resolve(tokens: Words, letters: list[str], row: str) -> None:
    """Decide the words that their neighbours decide, left to right."""
    last = len(letters) - 1
    bare = -1
    for match in _OPEN.finditer(row):
        at = match.end() - 1
        letter = letters[at]
        right = letters[at + 1] if at < last else ";"
        if letter in "uz":
            before = at - 1
            while before >= 0 and letters[before] in "a!":
                before -= 1
            left = letters[before] if before >= 0 else ";"
            if left == "m" or (left == "t" and letter == "u"):
                verb = True
            elif left == "c":
                verb = (letter == "z" and right in "dPqoN") or (
                    bare >= 0 and "v" not in letters[bare + 1 : at] and right in "dPqoNT;,itcuzn"
                )
            else:
                verb = before >= 0 and _is_verb(tokens, at, before, letter, left, right, row)
                verb = verb and not (left == "p" and tokens[at].low == "back" and tokens[before].low not in _MANY)
            letters[at] = "v" if verb else "a" if tokens[at].low == "back" else "n"
            if verb and letter == "u":
                bare = at
        elif letter == "t":
            following = at + 1
            while following < last and letters[following] in "a!":
                following += 1
            if at and tokens[at - 1].low in _BEFORE_TO:
                letters[at] = "i"  # "thanks to grant money"
            elif following > last or letters[following] not in "bhvu":
                if following <= last and letters[following] == "n" and _is_infinitive(tokens, letters, following):
                    letters[following] = "v"
                    bare = following
                else:
                    letters[at] = "i"
        elif letter == "n":
            if at and letters[at - 1] == "c":
                if bare >= 0 and tokens[at].low in _INFINITIVES and "v" not in letters[bare + 1 : at]:
                    letters[at], bare = "v", at  # "to read it and avoid"
            elif (
                match.end() - match.start() > 1
                or (at and letters[at - 1] == "m")
                or _agrees(tokens[at - 1].low, tokens[at].low)
            ):
                letters[at] = "v"  # any verb behind its helper, or in front of its object: "men smash their car"
        elif letter == "H":
            letters[at] = "d" if right in "nNqPvguzG" else "o"
        elif letter == "G":
            left = letters[at - 1] if at else ";"
            if left == "a" and at > 1 and letters[at - 2] in "dP":
                left = "d"  # "the first meeting"
            noun = right == "f" or (left in "dPqnNiw" and right not in "dPqnNouz")
            noun = noun or (left in "gvT" and right in "bhmv;,") or (right in "nuz" and _opened(row, at))
            letters[at] = "n" if noun else "g"
        elif letter == "S":
            noun = at > 0 and (
                letters[at - 1] in "dqP" or (at > 1 and letters[at - 2] == "d" and _is_adjective(tokens[at - 1].low))
            )
            letters[at] = "n" if noun else "v"  # "a clear shot"


def _opened(row: str, at: int) -> bool:
    """Whether a determiner opens the words before ``at``: "the Oslo shooting victims"."""
    while at and row[at - 1] in "nNwq":
        at -= 1
    return at > 0 and row[at - 1] in "dP"


def _is_verb(tokens: Words, at: int, before: int, letter: str, left: str, right: str, row: str) -> bool:
    """Whether a third-person or bare form of the lexicon is the verb of its clause."""
    low = tokens[at].low
    following = tokens[at + 1].low if right != ";" else ""
    if letter == "z":
        if left in "prT":
            return left != "T" or right not in ("bhmif" if low in deeds() else "bhm")  # "said that attacks were"
        if left not in "nN,;)k" or tokens[before].text in _NATIONAL:
            return False
        noun = low in deeds()
        return (
            right in "dPqoN"
            or (right in "tT" and (left == "N" or low in CLASSES["plurals_too"]) and not noun)
            or (right in "nuzvg" and left in "N,;" and not noun)
            or (right == "i" and left == "N" and low in CLASSES["plurals_too"])
        )
    if left == "p":
        return True
    if left in "nN":
        if low in deeds() and right not in "dqPo" and following not in PLURALS:
            return False
        many = tokens[before].low in PLURALS or (
            tokens[before].low.endswith("s")
            and not tokens[before].low.endswith("ss")
            and tokens[before].low not in _NO_PLURALS
        )
        if many and right == "t" and low not in deeds() and tokens[at].low in _PROMISES:
            return True  # "Rabbis vow to leave"
        return many and (right in "dPqoN" or following in PLURALS or (right == "n" and not _FINITE.search(row)))
    return left == "r" and right in "dPqoN"


def _joins(tokens: Words, row: str, at: int) -> bool:
    """Whether a preposition between two numbers makes one of them: not in "beat Lee 46 to 40"."""
    return tokens[at].low == "than" or (tokens[at].low == "to" and (at < 2 or row[at - 2] not in "nNP"))


def _is_adjective(low: str) -> bool:
    return low in _ADJECTIVES or (_ADJECTIVE.search(low) is not None and low not in _NOT_ADJECTIVES)


def _is_noun_too(low: str) -> bool:
    """Whether a verb of the present can be a noun: "her calls", "the help"."""
    return low.endswith("s") or low in CLASSES["nouns_too"]


def _is_infinitive(tokens: Words, letters: list[str], at: int) -> bool:
    """Whether a word behind *to* is a verb although the lexicon does not have it: on a list, or with an object behind it."""
    if tokens[at].capital:
        return False
    right = letters[at + 1] if at + 1 < len(letters) else ";"
    return tokens[at].low in _INFINITIVES or right in "dPoH" or (right in "au" and tokens[at + 1].low in _PARTICLES)


def _agrees(subject: str, verb: str) -> bool:
    """Whether a noun and a word behind it can be a subject and its verb of the present, by their endings."""
    many = subject in PLURALS or (subject.endswith("s") and not subject.endswith("ss"))
    return many != (verb.endswith("s") and not verb.endswith("ss"))

"""Phrases of time: which rows of parts are read, and by which reader.

What belongs here: the grammar of ``seeds/reference/en/time_phrases.toml`` as one compiled pattern. What does not: words
(:mod:`times_words`) and readings.
"""

from __future__ import annotations

import re

from pipelines.extract.times_words import PARTS
from pipelines.rules import RuleError, load_toml

_NAME = re.compile(r"[a-z_]+")
_GAP = re.compile(r"\s+")


def _compiled() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The pattern, one group for each phrase, and the readers by the number of the group."""
    grammar = load_toml("reference/en/time_phrases.toml")
    macros: dict[str, str] = {}

    def expanded(match: re.Match[str]) -> str:
        name = match.group()
        if name in PARTS:
            return PARTS[name]
        if name not in macros:
            raise RuleError(f"time_phrases.toml: no word plays the part {name!r}, and no macro before it has the name")
        return macros[name]

    for name, row in grammar["macros"].items():
        macros[name] = "(?:" + _GAP.sub("", _NAME.sub(expanded, row)) + ")"
    rows = [_GAP.sub("", _NAME.sub(expanded, phrase["row"])) for phrase in grammar["phrase"]]
    return re.compile("|".join(f"({row})" for row in rows)), ("", *(phrase["reads"] for phrase in grammar["phrase"]))


PHRASE, READERS = _compiled()
"""The grammar over rows of parts; ``READERS[match.lastindex]`` is the reader's name."""

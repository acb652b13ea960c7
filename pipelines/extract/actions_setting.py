"""Where and when of an action: its place and its days, by what stands in its sentence; whether an attack is one of words.

What belongs here: choosing among the places and time expressions that other modules find. What does not: finding them, and names
(:mod:`pipelines.extract.actions_names`).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

from pipelines.document import Document
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_lexicon import words
from pipelines.extract.actions_names import Names
from pipelines.extract.attributed import settled_cast
from pipelines.extract.nounphrases import Piece
from pipelines.extract.people import Cast
from pipelines.extract.places import Located, places_of
from pipelines.extract.times_walk import Timex

_PERSONAL = words("classes", "person_pronouns")
_LOCATIVE = frozenset(("in", "at", "near", "outside", "inside", "off", "around", "across", "throughout", "over"))
_NOT_BETWEEN = frozenset(
    ("with", "to", "by", "from", "and", "against", "for", "on", "after", "that", "between", "into", "as", "or", "than")
)
_AT_PLACE = frozenset(
    (
        "visit",
        "visits",
        "tour",
        "trip",
        "trips",
        "invade",
        "bomb",
        "bombing",
        "bombings",
        "shell",
        "shelling",
        "invasion",
    )
)
_VIOLENT = (
    "kill", "wound", "injur", "bomb", "milit", "troops", "soldier", "rebel", "dead", "death", "forces", "missile",
    "rocket", "pirate", "police", "army", "terror", "blood", "victim", "knife", "stab", "hospital", "weapon", "armed",
    "strikes", "airstrike", "fighters", "arrest", "gang", "hostage", "embassy", "compound", "hack", "jihad",
    "islamist",
)  # fmt: skip
"""Letters that tell of violence wherever they stand; one by one they are found far sooner than by a pattern of all."""
_VIOLENT_WORDS = re.compile(r"\b(?:gun|shot|shoot|war\b|died\b)", re.IGNORECASE)
_ACCIDENT = re.compile(
    r"\b(?:earthquake|quake|crash|collision|flood|hurricane|tornado|cyclone|typhoon|tsunami|avalanche|landslide|derail|stampede)",
    re.IGNORECASE,
)
_CLAUSE = re.compile("s|r|;|v(?<!tv)|b(?<!tb)|h(?<!th)|m(?<!tm)")
"""What ends a clause to the right: a verb with a subject, or a conjunction of clauses."""
_AROUND = 400
"""Characters on either side of an attack in which violence shows."""
HISTORY = dt.timedelta(days=60)
"""What happened longer than this before the publication is history."""


class Setting:
    """The names, places and times of one document, asked for sentence by sentence."""

    def __init__(self, document: Document, times: list[Timex]) -> None:
        self.text = document.clean
        self.published = document.published_on
        self.cast: Cast = settled_cast(document)
        self.places = places_of(document)
        self.times = times
        self.names = Names(self.text, self.cast, self.places)
        self._place_starts = [place.start for place in self.places]
        self._time_starts = [time.start for time in self.times]

    def is_verbal(self, clauses: Clauses, at: int, parties: tuple[Piece | None, ...]) -> bool:
        """Whether an attack is one of words: for, over or as something, or between persons and far from all that tells of violence."""
        tokens = clauses.tokens
        for party in parties:
            if party is None or at >= party[0]:
                continue
            behind = party[1]
            while clauses.letters[behind : behind + 1] == "a":
                behind += 1
            if behind < len(tokens) and tokens[behind].low in ("for", "over", "as"):
                return True
        if not any(party is not None and self._is_person(clauses, party) for party in parties):
            return False
        start = tokens.start(at)
        low, high = max(0, start - _AROUND), start + _AROUND
        around = self.text[low:high].lower()
        if any(letters in around for letters in _VIOLENT):
            return False
        return _VIOLENT_WORDS.search(self.text, low, high) is None

    def _is_person(self, clauses: Clauses, piece: Piece) -> bool:
        if clauses.tokens[piece[0]].low in _PERSONAL:
            return True
        return bool(self.cast.between(clauses.tokens.start(piece[0]), clauses.tokens.end(piece[1] - 1)))

    def is_accident(self, start: int) -> bool:
        """Whether the text around tells of an accident or a disaster: who was killed was killed by it."""
        return _ACCIDENT.search(self.text, max(0, start - 150), start + 150) is not None

    def place(
        self, clauses: Clauses, at: int, recipient: Piece | None, lemma: str, low: int, high: int
    ) -> Located | None:
        """Where the deed at token ``at`` was done: the first place behind it with a preposition of place, else one that opens the sentence."""
        first = bisect_left(self._place_starts, low)
        last = bisect_left(self._place_starts, high)
        if first == last:
            return None
        verb = clauses.tokens.start(at)
        stop = self._stop(clauses, at)
        front: Located | None = None
        for place in self.places[first:last]:
            if place.sort == "people":
                continue
            if place.start > verb:
                if place.start >= stop:
                    break
                if self._is_locative(place.start, verb):
                    return place
            elif front is None and self._opens(low, place.start) and self._is_locative(place.start, low):
                number = bisect_left([clauses.tokens.start(n) for n in range(at)], place.start)
                if not any(letter in clauses.letters[number : clauses.group_start(at)] for letter in ";vbhm"):
                    front = place
        if front is not None:
            return front
        if recipient is not None and lemma in _AT_PLACE:
            start = clauses.tokens.start(recipient[0])
            end = clauses.tokens.end(recipient[1] - 1)
            return next((p for p in self.places[first:last] if start <= p.start < end and p.sort != "people"), None)
        return None

    def _opens(self, low: int, start: int) -> bool:
        return len(self.text[low:start].split()) < 6

    def _is_locative(self, start: int, low: int) -> bool:
        """Whether a preposition of place leads the words up to ``start``."""
        for word in reversed(self.text[max(low, start - 45) : start].split()):
            if word in _LOCATIVE or word.lower() in _LOCATIVE:
                return True
            if word in _NOT_BETWEEN or word[-1] in ",;:.)—" or not word[0].isalpha():
                return False
        return False

    def _stop(self, clauses: Clauses, at: int) -> int:
        """Where the clause of the verb at ``at`` ends to the right: at the next verb with a subject, or a conjunction of clauses."""
        letters = clauses.letters
        match = _CLAUSE.search(letters, at + 2)
        if match is None:
            return 1 << 60
        place = match.start()
        if letters[place] not in "sr;":
            comma = letters.rfind(",", at + 1, place)
            place = comma if comma >= 0 else clauses.group_start(place)
        return clauses.tokens.start(place)

    def time(self, clauses: Clauses, at: int, low: int, high: int) -> Timex | None:
        """When: the first date behind the verb in its clause, else the nearest one before it that follows no other verb."""
        first = bisect_left(self._time_starts, low)
        last = bisect_left(self._time_starts, high)
        if first == last:
            return None
        tokens, letters = clauses.tokens, clauses.letters
        verb = tokens.start(at)
        stop = self._stop(clauses, at)
        before: Timex | None = None
        for time in self.times[first:last]:
            if time.timex_type not in ("DATE", "TIME") or time.starts_on is None:
                continue
            if time.start > verb:
                if before is not None and self._other_verb(clauses, at, time.start):
                    return before  # "on Friday sentenced a man for stabbing two guards in March"
                return time if time.start < stop else before
            number = next((n for n in range(at, -1, -1) if tokens.start(n) <= time.start), 0)
            between = letters[number:at]
            clause = max(letters.rfind(",", 0, number), letters.rfind(";", 0, number)) + 1
            if any(letter in "vg" for letter in letters[clause : min(number, at)]):
                continue  # another verb's: "said Monday that police …"
            if not any(letter in between for letter in "Tr;"):
                before = time
        return before

    @staticmethod
    def _other_verb(clauses: Clauses, at: int, start: int) -> bool:
        """Whether a verb without a subject stands between the one at ``at`` and the character ``start``."""
        past = next((n for n in range(at + 1, len(clauses.tokens)) if clauses.tokens.start(n) >= start), at + 1)
        return any(letter in "vg" for letter in clauses.letters[at + 1 : past])

    def dated(self, modality: str, time: Timex | None) -> str:
        """The modality with what the date says: long before the publication is history, behind it the future."""
        if (
            modality != "asserted"
            or time is None
            or self.published is None
            or time.ends_on is None
            or time.starts_on is None
        ):
            return modality
        if time.ends_on < self.published - HISTORY:
            return "historical"
        if time.starts_on > self.published:
            return "future"
        return modality

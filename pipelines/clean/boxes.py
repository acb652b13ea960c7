"""What is shown inside the text but is not of it: posts of social networks, teasers of other articles.

What belongs here: unnamed lines that are known by the named line behind them. What does not: boxes that head or name
themselves (``seeds/rules/links.toml``, ``furniture.toml``).
"""

from __future__ import annotations

from pipelines.clean.grammar import say
from pipelines.clean.lines import Line
from pipelines.clean.zone import PROSE

_POST = 60  # words of the longest post
_TEASER = 60  # words of the longest teaser
_TITLE = 20  # words of the longest title over a teaser
_GALLERY = "pictures/credit_gallery"
_DATED = frozenset(("furniture/date_line", "furniture/time_ago", "links/related_arrow"))


def boxes(lines: list[Line]) -> None:
    """Name the words of posts, which their last line signs, and teasers: a title, one sentence, and a date or who made the gallery."""
    text = next((i for i, line in enumerate(lines) if not line.kind and line.ends and line.size >= PROSE), len(lines))
    for i in range(1, len(lines)):
        rule = lines[i].rule_id
        if rule == "links/post_end":
            if not lines[i - 1].kind and lines[i - 1].size <= _POST and lines[i].text[0] in "—–-":
                say(lines[i - 1], "post")
        elif (rule in _DATED or rule == _GALLERY) and i > text + 2:
            _teaser(lines, i)


def _teaser(lines: list[Line], i: int) -> None:
    sentence, title = lines[i - 1], lines[i - 2]
    if sentence.kind or not sentence.ends or not 6 <= sentence.size <= _TEASER or sentence.vote > 0:
        return
    if title.kind or title.ends or title.size > _TITLE:
        return
    say(sentence, "teaser_dated")
    say(title, "teaser_dated")

"""What a home's owner may set, and what is said where that cannot be understood."""

from __future__ import annotations

import pytest

from assets.home import Home, HomeError
from assets.settings import KEEP, settings


def test_nothing_set_is_the_usual(home: Home) -> None:
    found = settings(home)
    assert (found.inbox, found.keep, found.alerts) == (home.path / "inbox", KEEP, {})
    assert (found.look_every, found.nightly) == (15, "0 3 * * *")


def test_what_is_set_holds(home: Home) -> None:
    home.prepare()
    (home.path / "settings.toml").write_text('inbox = "/news/in"\nkeep = 3\n[alerts]\nhook = "log"\n', "utf-8")
    found = settings(home)
    assert (str(found.inbox), found.keep, found.alerts) == ("/news/in", 3, {"hook": "log"})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("inbox = ", "is not TOML"),
        (
            "inbocks = 'x'",
            "nothing is called 'inbocks' here; there are inbox, look_every, nightly, keep, workers, alerts",
        ),
        ("keep = 'many'", "keep is to be of type int, not 'many'"),
        ("look_every = 0", "look_every is a number of seconds, 1 or more, not 0"),
        ("nightly = '03:00'", r"nightly is a cron line such as '0 3 \* \* \*', not '03:00'"),
        ("inbox = '.'", "holds the home folder itself"),
        ("inbox = '..'", "holds the home folder itself"),
        ("workers = 0", "workers is a number of processes, 1 or more, not 0"),
        ("keep = -1", "keep is a number of copies, 0 or more, not -1"),
    ],
)
def test_a_mistake_names_the_file_and_the_key(home: Home, text: str, complaint: str) -> None:
    home.prepare()
    (home.path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(HomeError, match=complaint) as caught:
        settings(home)
    assert str(home.path / "settings.toml") in str(caught.value)

"""What is told when a run fails, to whom, and what happens when that fails too."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets import alerts as hooks
from assets.alerts import Alert, AlertError, configuration, deliver
from assets.failures import alerts, in_words, partitions_of
from assets.home import Home, HomeError
from assets.runs import RunFailedError, run_paths
from assets.store import writing

Drop = Callable[..., Path]

ALERT = Alert(
    job="ingest", partitions="harbour-1a2b3c4d", reason="no space left on the device", advice="Make room, then rerun.",
    published="The published store is as it was.", run_id="5f", failed_at="2026-11-20T03:00:00+00:00", home="/news",
)  # fmt: skip


def configure(home: Home, text: str) -> None:
    home.prepare()
    (home.path / "settings.toml").write_text("[alerts]\n" + text, "utf-8")


def noted(home: Home) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home.path / "alerts.log").read_text("utf-8").splitlines()]


class Listener(BaseHTTPRequestHandler):
    """A webhook that answers with the codes it is given, the last one for ever, and keeps what it was sent."""

    codes: list[int]
    heard: list[tuple[dict[str, Any], str | None]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((json.loads(body), self.headers["Authorization"]))
        self.send_response(self.codes.pop(0) if len(self.codes) > 1 else self.codes[0])
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, type[Listener]]]:
    monkeypatch.setattr(hooks, "WAIT_SECONDS", 0.0)
    listener = type("Heard", (Listener,), {"codes": [200], "heard": []})
    with HTTPServer(("127.0.0.1", 0), listener) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", listener
        server.shutdown()
        thread.join()


def test_without_settings_an_alert_is_a_line_in_the_log(home: Home) -> None:
    home.prepare()
    assert deliver(home, ALERT) == "noted in alerts.log"
    assert noted(home)[0]["reason"] == "no space left on the device"


@pytest.mark.parametrize(
    ("codes", "calls", "outcome"),
    [
        ([200], 1, None),
        ([503, 200], 2, None),
        ([503], 3, "the webhook cannot be reached: it answered 503 .3 tries."),
        ([404], 1, "the webhook refused the alert: it answered 404"),
    ],
    ids=["accepted", "busy at first", "busy for ever", "refused: not asked twice"],
)
def test_a_webhook(
    home: Home, webhook: tuple[str, type[Listener]], monkeypatch: pytest.MonkeyPatch,
    codes: list[int], calls: int, outcome: str | None,
) -> None:  # fmt: skip
    url, listener = webhook
    listener.codes = codes
    monkeypatch.setenv("OUR_TOKEN", "secret")
    configure(home, f'hook = "webhook"\nurl = "{url}"\ntoken_env = "OUR_TOKEN"')
    if outcome is None:
        deliver(home, ALERT)
    else:
        with pytest.raises(AlertError, match=outcome):
            deliver(home, ALERT)
    assert len(listener.heard) == calls
    body, token = listener.heard[-1]
    assert (body["job"], token) == ("ingest", "Bearer secret")
    assert body["text"].startswith("ingest (harbour-1a2b3c4d) failed: no space left on the device")
    assert [row["alert"] for row in noted(home)] == ["failed"] + ["not delivered"] * (outcome is not None)


class MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as a letter needs."""

    letters: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            if line.upper() == "DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
                self.letters.append("\n".join(lines))
            self.wfile.write(b"221 bye\r\n" if line.upper() == "QUIT" else b"250 fine\r\n")
            if line.upper() == "QUIT":
                return


def test_a_letter(home: Home) -> None:
    server = type("Post", (MailServer,), {"letters": []})
    with socketserver.TCPServer(("127.0.0.1", 0), server) as office:
        thread = threading.Thread(target=office.handle_request)
        thread.start()
        configure(
            home,
            f'hook = "mail"\nhost = "127.0.0.1"\nport = {office.server_address[1]}\nsecurity = "none"\n'
            'from = "newsledger@example.org"\nto = ["desk@example.org", "night@example.org"]',
        )
        deliver(home, ALERT)
        thread.join()
    (letter,) = server.letters
    for words in (
        "Subject: newsledger: ingest failed",
        "To: desk@example.org, night@example.org",
        "Reason: no space left on the device",
        "What to do: Make room, then rerun.",
    ):
        assert words in letter


def test_a_function_of_ones_own(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "our_alerts.py").write_text(
        "heard = []\ndef send(alert): heard.append(alert['job'])\ndef broken(alert): raise ValueError('no paper')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    configure(home, 'hook = "our_alerts:send"')
    deliver(home, ALERT)
    assert sys.modules["our_alerts"].heard == ["ingest"]
    configure(home, 'hook = "our_alerts:broken"')
    with pytest.raises(AlertError, match="the hook our_alerts:broken failed: ValueError: no paper"):
        deliver(home, ALERT)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('hook = "pigeon"', "alerts.hook is one of log, webhook, mail, or MODULE:FUNCTION; not 'pigeon'"),
        ("hook = 3", "alerts.hook is one of"),
        ('hook = "webhook"', "alerts.url is missing: the hook 'webhook' needs it"),
        ('hook = "webhook"\nurl = "ftp://x"', "alerts.url begins with http:// or https://; not 'ftp://x'"),
        ('hook = "log"\nurl = "http://x"', "alerts.url is nothing that the hook 'log' takes; there are hook"),
        ('hook = "mail"\nhost = "h"\nfrom = "a"\nto = 3', "alerts.to is to be of type str, not 3"),
        ('hook = "mail"\nhost = "h"\nfrom = "a"\nto = "b"\nsecurity = "some"', "alerts.security is one of starttls"),
        ('hook = "mail"\nhost = "h"\nfrom = "a"\nto = "b"\nuser_env = "U"', "user_env and password_env are given both"),
        ('hook = "mail"\nhost = "h"\nfrom = "a"\nto = "b"\npassword = "p"', "alerts.password is nothing that"),
    ],
)
def test_a_mistake_names_the_file_and_the_key(home: Home, text: str, complaint: str) -> None:
    configure(home, text)
    with pytest.raises(HomeError, match=complaint) as caught:
        configuration(home)
    assert str(home.path / "settings.toml") in str(caught.value)


def test_a_password_that_is_not_set_is_said(home: Home) -> None:
    configure(home, 'hook = "webhook"\nurl = "http://127.0.0.1:9/"\ntoken_env = "NOT_SET_ANYWHERE"')
    with pytest.raises(AlertError, match=r"NOT_SET_ANYWHERE, which settings[.]toml names, is not set"):
        deliver(home, ALERT)


def tick(instance: dg.DagsterInstance, cursor: str | None) -> tuple[list[Any], str | None]:
    """A tick of the sensor as the daemon makes it: what it says of each failed run, and the new cursor."""
    from assets.definitions import defs

    with dg.build_sensor_context(instance, cursor=cursor, repository_def=defs.get_repository_def()) as context:
        done = alerts.evaluate_tick(context)
        return list(done.dagster_run_reactions or ()), done.cursor


def test_a_failed_run_of_the_command_line_is_told_of_once(home: Home, drop: Drop, brought_in: Drop) -> None:
    """A check fails: the sentence, the dates, what to do, and that readers still have what they had."""
    brought_in({1: 11})
    with dg.DagsterInstance.get() as instance:
        _, cursor = tick(instance, None)
        with writing(home) as con:
            con.execute("INSERT INTO clean.blocks SELECT * FROM clean.blocks LIMIT 1")
        with pytest.raises(RunFailedError):
            run_paths(home, [drop({2: 12, 3: 13})])
        reactions, cursor = tick(instance, cursor)
        assert [reaction.error for reaction in reactions] == [None]
        (row,) = noted(home)
        assert row["reason"].startswith("check clean_blocks_keys_unique failed on clean/blocks: 1 rows.")
        assert "clean/blocks in the UI, under Checks, clean_blocks_keys_unique" in row["advice"]
        assert row["published"].startswith("The published store is as it was: of 20")
        assert (row["job"], row["partitions"]) == ("ingest", instance.get_runs(limit=1)[0].tags["dagster/partition"])
        assert tick(instance, cursor)[0] == []
        # The hook fails: the tick says so, the alert is noted all the same, and it is not told twice.
        configure(home, 'hook = "no_such_module:send"')
        with pytest.raises(RunFailedError):
            run_paths(home, [drop({4: 14})])
        (reaction,), cursor = tick(instance, cursor)
        assert "the hook no_such_module:send failed" in str(reaction.error)
        assert [row["alert"] for row in noted(home)] == ["failed", "failed", "not delivered"]
        assert tick(instance, cursor)[0] == []


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], ""),
        (["undated"], "undated"),
        (["2023-09-02", "2023-09-01"], "2023-09-02, 2023-09-01"),
        ([f"2023-09-{day:02}" for day in range(1, 31)], "30 partitions, 2023-09-01 to 2023-09-30"),
    ],
)
def test_partitions_in_words(keys: list[str], words: str) -> None:
    run = dg.DagsterRun("extract_and_publish", run_config={"ops": {"extract": {"config": {"keys": keys}}}})
    assert in_words(partitions_of(run)) == words

"""What happens when a run fails: one hook, named under ``[alerts]`` in the home's settings.toml.

```toml
[alerts]
hook = "log"             # the default: a line in <home>/alerts.log. Every alert leaves that line, whatever the hook

hook = "webhook"         # POST of the alert as JSON
url = "https://chat.example.org/hook"
token_env = "NEWSLEDGER_TOKEN"     # optional: the environment variable that holds a bearer token

hook = "mail"
host = "mail.example.org"
port = 587
security = "starttls"    # or "tls", or "none"
from = "newsledger@example.org"
to = ["desk@example.org"]
user_env = "MAIL_USER"             # optional, both or neither: the environment variables that hold the login
password_env = "MAIL_PASSWORD"

hook = "our_alerts:send" # a function of your own: it is given the alert as a dict of strings
```

What belongs here: the alert, the hooks, the settings they take. What does not: what a run failed of (failures.py).
"""

from __future__ import annotations

import importlib
import json
import os
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Any

from assets.home import Home, HomeError
from assets.settings import FILE, settings

TIMEOUT_SECONDS = 3.0
"""For each try. A tick of the sensor has 60 seconds, in which it may have five failed runs to tell of."""
TRIES = 3
WAIT_SECONDS = 0.3
"""Between two tries."""

STRING, NUMBER, STRINGS = (str,), (int,), (str, list)
KEYS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "log": {},
    "webhook": {"url": STRING, "token_env": STRING},
    "mail": {
        "host": STRING, "port": NUMBER, "security": STRING, "from": STRING, "to": STRINGS,
        "user_env": STRING, "password_env": STRING,
    },
}  # fmt: skip
"""What each hook takes, and of which type."""
NEEDED = {"webhook": ("url",), "mail": ("host", "from", "to")}
SECURITY = ("starttls", "tls", "none")


class AlertError(RuntimeError):
    """An alert that did not get through; the message says to whom, and why."""


@dataclass(frozen=True)
class Alert:
    """What a hook is given. Every field is a string: what a person is told, and what a program can file."""

    job: str
    partitions: str
    reason: str
    advice: str
    published: str
    run_id: str
    failed_at: str
    home: str

    def line(self) -> str:
        """The alert in a line."""
        about = f" ({self.partitions})" if self.partitions else ""
        return " ".join(f"{self.job}{about} failed: {self.reason} {self.advice} {self.published}".split())

    def text(self) -> str:
        """The alert as a letter."""
        rows = {"Job": self.job, "Partitions": self.partitions, "Reason": self.reason, "What to do": self.advice}
        rows |= {"Published": self.published, "Run": self.run_id, "Failed at": self.failed_at, "Home": self.home}
        return "\n".join(f"{name}: {words}" for name, words in rows.items() if words) + "\n"


Hook = Callable[[Alert], None]


def configuration(home: Home) -> Mapping[str, Any]:
    """The alerts' settings, understood. Raises HomeError, which names the file and the key."""
    found = dict(settings(home).alerts)
    hook = found.setdefault("hook", "log")
    where = f"{home.path / FILE}: alerts"
    if not isinstance(hook, str) or (hook not in KEYS and not all(hook.partition(":"))):
        raise HomeError(f"{where}.hook is one of {', '.join(KEYS)}, or MODULE:FUNCTION; not {hook!r}")
    takes: Mapping[str, tuple[type, ...]] = {"hook": STRING, **KEYS.get(hook, {})}
    for key, value in found.items():
        if key not in takes:
            raise HomeError(f"{where}.{key} is nothing that the hook {hook!r} takes; there are {', '.join(takes)}")
        if type(value) not in takes[key]:
            raise HomeError(f"{where}.{key} is to be of type {takes[key][0].__name__}, not {value!r}")
    for key in NEEDED.get(hook, ()):
        if not found.get(key):
            raise HomeError(f"{where}.{key} is missing: the hook {hook!r} needs it")
    if hook == "webhook" and not found["url"].startswith(("http://", "https://")):
        raise HomeError(f"{where}.url begins with http:// or https://; not {found['url']!r}")
    if found.get("security", "starttls") not in SECURITY:
        raise HomeError(f"{where}.security is one of {', '.join(SECURITY)}; not {found['security']!r}")
    if ("user_env" in found) != ("password_env" in found):
        raise HomeError(f"{where}.user_env and password_env are given both or neither")
    return found


def deliver(home: Home, alert: Alert) -> str:
    """Note the alert in alerts.log, then call the hook; returns how it went, in words.

    Raises AlertError or HomeError, after the alert is noted, if the hook fails or its settings cannot be understood.
    """
    _note(home, {"alert": "failed", **asdict(alert)})
    try:
        found = configuration(home)
        hook = found["hook"]
        if hook == "webhook":
            _webhook(found, alert)
        elif hook == "mail":
            _mail(home, found, alert)
        elif hook != "log":
            _own_function(hook, alert)
    except (AlertError, HomeError) as error:
        _note(home, {"alert": "not delivered", "run_id": alert.run_id, "reason": str(error)})
        raise
    return "noted in alerts.log" if hook == "log" else f"noted in alerts.log, and told by {hook}"


def _note(home: Home, row: Mapping[str, str]) -> None:
    with (home.path / "alerts.log").open("a", encoding="utf-8") as log:
        log.write(json.dumps(row, ensure_ascii=False) + "\n")


def _secret(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise AlertError(f"the environment variable {variable}, which {FILE} names, is not set")
    return value


def _tried(what: str, call: Callable[[], None]) -> None:
    """Call, and again a little later if the other side was not there; what it refuses is not asked twice."""
    for left in reversed(range(TRIES)):
        try:
            return call()
        except (urllib.error.HTTPError, smtplib.SMTPResponseException) as error:
            code = error.code if isinstance(error, urllib.error.HTTPError) else error.smtp_code
            later = code >= 500 if isinstance(error, urllib.error.HTTPError) else 400 <= code < 500
            reason = f"it answered {code}"
            if not later:
                raise AlertError(f"{what} refused the alert: {reason}") from error
        except (OSError, smtplib.SMTPException) as error:
            reason = str(getattr(error, "reason", None) or error) or type(error).__name__
        if left:
            time.sleep(WAIT_SECONDS)
    raise AlertError(f"{what} cannot be reached: {reason} ({TRIES} tries)")


def _webhook(found: Mapping[str, Any], alert: Alert) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "newsledger"}
    if "token_env" in found:
        headers["Authorization"] = f"Bearer {_secret(found['token_env'])}"
    # "text" is what chat services show; the rest is for programs.
    body = json.dumps({"text": alert.line(), **asdict(alert)}, ensure_ascii=False).encode()
    request = urllib.request.Request(found["url"], body, headers, method="POST")

    def post() -> None:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
            pass

    _tried("the webhook", post)


def _mail(home: Home, found: Mapping[str, Any], alert: Alert) -> None:
    letter = EmailMessage()
    letter["Subject"] = f"newsledger: {alert.job} failed"
    letter["From"] = found["from"]
    letter["To"] = ", ".join([found["to"]] if isinstance(found["to"], str) else found["to"])
    letter.set_content(alert.text())
    security = found.get("security", "starttls")
    port = found.get("port", 465 if security == "tls" else 587)
    login = (_secret(found["user_env"]), _secret(found["password_env"])) if "user_env" in found else None

    def send() -> None:
        context = ssl.create_default_context()
        made = (
            smtplib.SMTP_SSL(found["host"], port, timeout=TIMEOUT_SECONDS, context=context)
            if security == "tls"
            else smtplib.SMTP(found["host"], port, timeout=TIMEOUT_SECONDS)
        )
        with made as server:
            if security == "starttls":
                server.starttls(context=context)
            if login:
                server.login(*login)
            server.send_message(letter)

    _tried(f"the mail server {found['host']}", send)


def _own_function(name: str, alert: Alert) -> None:
    module, _, function = name.partition(":")
    try:
        getattr(importlib.import_module(module), function)(asdict(alert))
    except Exception as error:  # whatever it is, it is theirs: the alert is noted, the reason told
        raise AlertError(f"the hook {name} failed: {type(error).__name__}: {error}") from error

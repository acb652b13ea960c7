"""Dagster's webserver and daemon for a home: what ``newsledger ui`` becomes."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from pathlib import Path
from typing import NoReturn

from assets.home import CHECKOUT, Home

LOCATION = "newsledger"
"""What the code location is called in the UI. Runs and the state of sensors are filed under it: it does not change."""


def workspace(home: Home) -> Path:
    """Write ``<home>/dagster/workspace.yaml``, which tells Dagster where our definitions are; returns its path."""
    home.prepare()
    path = home.dagster / "workspace.yaml"
    module = {"module_name": "assets.definitions", "working_directory": str(CHECKOUT), "location_name": LOCATION}
    words = json.dumps({"load_from": [{"python_module": module}]}, indent=1)  # JSON is YAML
    if not path.exists() or path.read_text("utf-8") != words:
        path.write_text(words, "utf-8")
    return path


def _recover() -> None:
    """Fail runs of the instance whose process died while nobody was looking: no sensor may be on to do it."""
    import dagster as dg

    from assets.orphans import recover

    warnings.simplefilter("ignore")  # the orchestrator's own notices about its interfaces are not the user's concern
    with dg.DagsterInstance.get() as instance:
        recover(instance, print)


def serve(home: Home, port: int) -> NoReturn:
    """Become Dagster's webserver, on loopback, and its daemon. Does not return."""
    arguments = ["-m", "dagster", "dev", "-h", "127.0.0.1", "-p", str(port), "-w", str(workspace(home))]
    environment = {
        "NEWSLEDGER_HOME": str(home.path),
        "DAGSTER_HOME": str(home.dagster),
        # Every process that Dagster starts is to import this checkout, and find the programs beside this interpreter.
        "PYTHONPATH": os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH")))),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    os.environ |= environment
    # A shell without job control starts what is in the background deaf to Ctrl-C; Dagster would pass that on to SIGTERM.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    _recover()
    os.chdir(home.path)  # not in the checkout, whose dagster.yaml is the template and not this instance's
    os.execv(sys.executable, [sys.executable, "-W", "ignore", *arguments])

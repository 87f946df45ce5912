"""The rules and the dashboard ask for what is measured, and the page for the person on call knows every alert."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.test import Client

from tests.facts import begin
from tests.watch.watches import make_watch

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "monitoring"


def alerts() -> list[dict[str, str]]:
    """The rules."""
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def expressions() -> list[str]:
    """Every question that the rules and the dashboard ask."""
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    return [rule["expr"] for rule in alerts()] + [one["expr"] for panel in panels for one in panel["targets"]]


@pytest.mark.django_db
def test_what_is_asked_for_is_measured(client: Client) -> None:
    begin()
    make_watch("https://example.org/a", "fine")
    client.get("/accessions/SWE/")
    measured = set(re.findall(r"^(article10_\w+)", client.get("/metrics/").text, re.MULTILINE))

    asked = {name for text in expressions() for name in re.findall(r"article10_\w+", text)}

    assert len(asked) > 10
    assert asked - measured == set()


def test_every_alert_has_its_line_for_the_person_on_call() -> None:
    told = set(re.findall(r"^\| `(Article10\w+)` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))

    assert told == {rule["alert"] for rule in alerts()}


def test_every_alert_is_tried_on_its_fault() -> None:
    tests = yaml.safe_load((FOLDER / "alerts_test.yml").read_text())["tests"]
    tried = {one["alertname"] for test in tests for one in test["alert_rule_test"] if one["exp_alerts"]}

    assert tried == {rule["alert"] for rule in alerts()}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool (Debian: prometheus)")
def test_rules_fire_on_their_faults_and_not_on_others() -> None:
    run = subprocess.run(  # noqa: S603
        [shutil.which("promtool") or "", "test", "rules", "alerts_test.yml"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr

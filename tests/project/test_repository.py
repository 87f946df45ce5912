"""The repository: what is installed, what is promised in the documents, and that nothing of one machine is in it."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.project.sources import ROOT, imports, modules, texts

REQUIREMENTS = sorted((ROOT / "requirements").iterdir())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# Places on somebody's machine; the container's own folder and the system's are not among them.
PRIVATE_PATH = re.compile(r"/(?:home|root|Users|work|mnt|opt)/\w")


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_name_no_address(file: Path) -> None:
    assert "://" not in file.read_text()


@pytest.mark.parametrize("file", [path for path in REQUIREMENTS if path.suffix == ".txt"], ids=lambda path: path.name)
def test_requirements_have_a_hash_for_every_package(file: Path) -> None:
    packages = re.findall(r"^[a-z][^\n]*==[^\n]*\n\s*(\S*)", file.read_text(), re.MULTILINE)

    assert packages
    assert {next_line.split("=")[0] for next_line in packages} == {"--hash"}


def names(requirements: list[str]) -> set[str]:
    """The packages that a list of requirements asks for, as lock files spell them."""
    return {re.split(r"[\[<>=;\s]", one)[0].lower().replace("_", "-") for one in requirements}


@pytest.mark.parametrize(
    ("file", "groups"), [("base", []), ("prod", []), ("test", ["test", "e2e"]), ("dev", ["test", "e2e", "lint"])]
)
def test_requirements_lock_everything_that_is_asked_for(file: str, groups: list[str]) -> None:
    asked = names(PROJECT["project"]["dependencies"]).union(
        *(names(PROJECT["dependency-groups"][group]) for group in groups)
    )
    locked = set(
        re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", (ROOT / f"requirements/{file}.txt").read_text(), re.MULTILINE)
    )

    assert asked - locked == set()


def test_every_package_that_the_product_imports_is_asked_for_by_name() -> None:
    known = packages_distributions()
    imported = {one.split(".")[0] for tree in modules().values() for one in imports(tree)}
    used = {name.lower().replace("_", "-") for one in imported for name in known.get(one, [])}
    # Asked for as an extra of lxml, which pins the version that fits.
    used.discard("cssselect")

    assert "django" in used
    extras = PROJECT["project"]["optional-dependencies"]
    asked = names(PROJECT["project"]["dependencies"]) | names(extras["postgres"]) | names(extras["mail"])
    assert used - asked == set()


def test_every_dependency_has_a_reason_above_it() -> None:
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text().splitlines()]
    dependencies = [index for index, line in enumerate(lines) if re.match(r'"[a-z][\w\[\],-]*>=', line)]
    # A reason may stand above several lines that share it.
    unexplained = [lines[index] for index in dependencies if not lines[index - 1].startswith(('"', "#"))]

    assert dependencies
    assert unexplained == []


def test_no_lock_file_records_where_packages_came_from() -> None:
    assert not [name for name in ("uv.lock", "pylock.toml", "poetry.lock") if (ROOT / name).exists()]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = set()
    for path in texts():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if path != Path(__file__).resolve() and PRIVATE_PATH.search(text):
            found.add(str(path.relative_to(ROOT)))

    assert found == set()


def targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "DEVELOPERS.md", "TESTING.md"])
def test_every_command_in_the_documents_exists(document: str) -> None:
    text = (ROOT / document).read_text()
    asked = set(re.findall(r"\bmake ([a-z-]+)\b", "\n".join(re.findall(r"`[^`]+`|```.*?```", text, re.DOTALL))))
    managed = set(re.findall(r"manage\.py ([a-z_]+)", text))
    commands = {
        path.stem for room in ("tracker", "api") for path in (ROOT / room).glob("management/commands/[a-z]*.py")
    }

    assert asked
    assert asked - targets() == set()
    assert managed - commands - {"check", "migrate", "createsuperuser", "shell", "test"} == set()


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    documents = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    dead = {
        f"{document.name}: {link}"
        for document in documents
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
        if not (document.parent / link).exists()
    }

    assert dead == set()


def test_every_rule_for_contributors_names_the_command_that_checks_it() -> None:
    rows = re.findall(r"^\|([^|]+)\|([^|]+)\|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    rules = [row for row in rows[1:] if not set(row[0].strip()) <= {"-", ":"}]

    assert rules
    assert [rule for rule, command in rules if "`" not in command] == []


@pytest.mark.parametrize("script", [".ci/run", "Makefile"])
def test_no_gate_is_held_open(script: str) -> None:
    assert not re.search(r"\|\|\s*(true|:)\b|set \+e|continue-on-error", (ROOT / script).read_text())


@pytest.mark.parametrize("script", [".ci/run", ".ci/steps"])
def test_ci_script_is_valid(script: str) -> None:
    checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603, S607

    assert checked.stderr == ""


@pytest.mark.parametrize(("second", "status", "last"), [("true", 0, "All of it holds."), ("false", 1, "red: second")])
def test_ci_run_goes_on_after_a_red_step_and_is_red_at_its_end(second: str, status: int, last: str) -> None:
    steps = f"source .ci/steps; step first true; step second {second}; step third echo reached; report"

    run = subprocess.run(["bash", "-euc", steps], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603, S607

    assert run.returncode == status
    assert "reached" in run.stdout
    assert run.stdout.splitlines()[-1] == last


def test_ci_run_leaves_nothing_out() -> None:
    script = (ROOT / ".ci/run").read_text()

    assert "set -euo pipefail" in script
    assert script.splitlines()[-1] == "report"
    for part in ("make test\n", "make check\n", "ARTICLE10_BROWSER=required", "ARTICLE10_SERVICES=required", "=+400"):
        assert part in script


def test_compose_file_suits_old_and_new_tools_alike() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = compose["services"]

    assert "name" not in compose
    assert set(services) == {"proxy", "db", "redis", "migrate", "web", "worker", "beat"}
    assert [name for name in services if name != "migrate" and "healthcheck" not in services[name]] == []
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_packages_lie_where_the_worker_that_builds_them_and_the_web_that_serves_them_both_look() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    [folder] = re.findall(r"^ENV ARTICLE10_VAR=(\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert services["worker"]["volumes"] == services["web"]["volumes"] == [f"files:{folder}"]


def test_only_the_proxy_is_reached_from_outside_and_nobody_has_more_rights_than_it_needs() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())

    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["data"] == {"internal": True}
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["logging"]["options"]["max-size"], name
        assert "privileged" not in service, name
        # A version to the last digit: what is pulled tomorrow is what was tried.
        assert "build" in service or re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+", service["image"]), name


@pytest.mark.slow
def test_server_of_production_starts_with_its_own_file(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "ARTICLE10_VAR": str(tmp_path)}
    environment |= {"BASE_URL": "https://example.org", "DATABASE_URL": f"sqlite:///{tmp_path}/record.sqlite3"}

    # Loads the application, as it is loaded once for all processes.
    checked = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--check-config", "-c", "gunicorn.conf.py", "tracker.wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_compose_waits_longer_than_each_program_takes_to_end() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))

    assert int(services["web"]["stop_grace_period"].rstrip("s")) > server["graceful_timeout"]
    assert int(services["worker"]["stop_grace_period"].rstrip("s")) > settings.CELERY_TASK_TIME_LIMIT


def test_secrets_are_made_once_and_stay(tmp_path: Path) -> None:
    command = ["sh", str(ROOT / "deploy/make-secrets"), str(tmp_path / "secrets")]

    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    again = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603

    asked = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["secrets"]
    assert set(first) == set(asked)
    assert all(len(value) >= 60 for value in first.values())
    assert len(set(first.values())) == len(first)
    assert (again.stdout, first) == ("", {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()})


@pytest.mark.slow
def test_what_the_image_holds_is_enough_for_its_settings_and_static_files(tmp_path: Path) -> None:
    named = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for name in named:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"BASE_URL": "https://example.org", "DATABASE_URL": "sqlite:///:memory:"}

    for command in (["collectstatic", "--noinput", "--dry-run", "-v0"], ["check", "--deploy", "--fail-level=ERROR"]):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_env_example_names_every_variable_that_the_settings_read() -> None:
    settings = (ROOT / "tracker/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', settings))
    # Set by `make run`, or only for one who works on the code.
    # The last is refused, with what it is called now.
    internal = {"ARTICLE10_EMBEDDED", "ARTICLE10_VAR", "DEBUG", "CACHE_URL", "BEHIND_PROXY"}

    assert (
        read - internal - set(re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
        == set()
    )

"""The settings under other environments than that of the tests, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SHOW = "from django.conf import settings; print({})"


def run_with(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What Python prints when the settings are read in that environment and no other."""
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(  # noqa: S603  # our own code, in the interpreter that runs this
        [sys.executable, "-c", code],
        env={**clean, "DJANGO_SETTINGS_MODULE": "tracker.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def show(expression: str, **environment: str) -> str:
    """The value of an expression over the settings."""
    run = run_with(SHOW.format(expression), **environment)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_settings_without_a_key_say_what_to_do(tmp_path: Path) -> None:
    run = run_with(SHOW.format("settings.DEBUG"), ARTICLE10_VAR=str(tmp_path))

    assert run.returncode == 1
    assert "Set SECRET_KEY" in run.stderr.splitlines()[-1]


def test_site_without_tls_under_a_name_of_its_own_starts_and_is_told_what_it_lacks() -> None:
    code = "import django; django.setup(); from django.core.management import call_command; call_command('check')"

    run = run_with(code, SECRET_KEY="k", HTTPS="false", BASE_URL="http://tracker.example.org")  # noqa: S106

    assert run.returncode == 0, run.stderr
    assert "tracker.W003" in run.stderr
    assert "E031" not in run.stderr


def test_settings_with_a_key_in_the_directory_of_the_instance_take_it(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("from the file\n")

    assert show("settings.SECRET_KEY", ARTICLE10_VAR=str(tmp_path)) == "from the file"


def test_settings_with_nothing_else_set_are_those_of_production(tmp_path: Path) -> None:
    wanted = "settings.DEBUG, settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.ALLOWED_HOSTS"

    assert show(wanted, SECRET_KEY="k", ARTICLE10_VAR=str(tmp_path)) == "False True True ['localhost']"  # noqa: S106


@pytest.mark.parametrize(("name", "value"), [("HSTS_SECONDS", "a year"), ("DATABASE_URL", "postgres://host:port/name")])
def test_settings_with_a_malformed_value_do_not_start(name: str, value: str) -> None:
    run = run_with(SHOW.format("settings.DEBUG"), SECRET_KEY="k", **{name: value})  # noqa: S106

    assert run.returncode == 1


def test_settings_with_redis_use_one_database_for_the_queue_and_another_for_the_cache() -> None:
    wanted = "settings.CELERY_BROKER_URL, settings.CACHES['default']['LOCATION']"

    shown = show(wanted, SECRET_KEY="k", REDIS_URL="redis://redis:6379/")  # noqa: S106

    assert shown == "redis://redis:6379/0 redis://redis:6379/1"


def test_cache_when_redis_is_down_is_a_miss_and_no_error() -> None:
    code = (
        "import django; django.setup(); from django.core.cache import cache; "
        "cache.set('key', 'value'); print(cache.get('key', 'a miss'))"
    )

    run = run_with(code, SECRET_KEY="k", REDIS_URL="redis://127.0.0.1:1")  # noqa: S106

    assert run.stdout.strip() == "a miss"


def test_database_in_a_folder_with_spaces_is_found(tmp_path: Path) -> None:
    var = tmp_path / "a folder with spaces & signs"
    var.mkdir()

    shown = show("settings.DATABASES['default']['NAME']", SECRET_KEY="k", ARTICLE10_VAR=str(var))  # noqa: S106

    assert shown == str(var / "article10.sqlite3")

"""Every variable is read strictly: what is not understood stops the start and names the variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.project.test_settings import SHOW, run_with, show
from tracker.environment import Environment

MISTYPED = [
    ("HTTPS", "maybe"),
    ("HTTPS", "enabled"),
    ("DEBUG", "ture"),
    ("TWO_PAIRS_OF_EYES", "ja"),
    ("CHECK_LINKS", "y e s"),
    ("ARTICLE10_EMBEDDED", "nope"),
    ("WATCH_LEASE", "ten"),
    ("WATCH_LEASE", "0"),
    ("WATCH_GAP", "nan"),
    ("WATCH_OPENED", "everything"),
    ("WATCH_KEYS", "congress"),
    ("HSTS_SECONDS", "a year"),
    ("HSTS_SECONDS", "-1"),
    ("PROXY_HOPS", "true"),
    ("BEHIND_PROXY", "true"),
    ("API_REQUESTS_PER_MINUTE", "0"),
    ("DATABASE_PATIENCE", "long"),
    ("LOG_LEVEL", "loud"),
    ("EMAIL_URL", "nonsense"),
    ("MAIL_SERVICE", "nobody"),
    ("MAIL_SERVICE", "post.mark"),
    ("MAIL_SERVICE_SETTINGS", "a token"),
    ("EMAIL_URL", "smtp://host:port"),
    ("BASE_URL", "example.org"),
    ("BASE_URL", "https://example.org/path"),
    ("CSRF_TRUSTED_ORIGINS", "example.org"),
    ("WEBSUB_HUB", "hub.example.org"),
    ("REDIS_URL", "localhost:6379"),
    ("CACHE_URL", "memcached://localhost"),
    ("DATABASE_URL", "postgres://host:port/name"),
    ("DATABASE_URL", "postgres://article10:p@ss/word@db:5432/article10"),
    ("DATABASE_URL", "postgres://article10:a?b@db:5432/article10"),
    ("DATABASE_URL", "oracle://db/article10"),
    ("SECRET_KEY_FILE", "/nowhere/at/all"),
]


@pytest.mark.parametrize(("name", "value"), MISTYPED)
def test_mistyped_value_stops_the_start_and_names_its_variable(name: str, value: str, tmp_path: Path) -> None:
    needed = {"ARTICLE10_VAR": str(tmp_path)} | ({} if name == "SECRET_KEY_FILE" else {"SECRET_KEY": "k"})
    redis = {"REDIS_URL": "redis://localhost"} if name == "CACHE_URL" else {}

    run = run_with(SHOW.format("settings.DEBUG"), **{**needed, **redis, name: value})

    last = run.stderr.splitlines()[-1]
    assert run.returncode == 1
    assert "ImproperlyConfigured" in last
    assert name in last


def test_secret_in_a_mistyped_address_is_not_shown() -> None:
    run = run_with(SHOW.format("settings.DEBUG"), SECRET_KEY="k", DATABASE_URL="postgres://a:hidden/x@db/article10")  # noqa: S106

    assert run.returncode == 1
    assert "hidden" not in run.stderr.splitlines()[-1]


@pytest.mark.parametrize("password", ["p@ss/word", "a?b", "a%41b", "ü#:[]"])
def test_password_of_the_database_may_have_any_sign(password: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{password}\n")
    wanted = "settings.DATABASES['default']['PASSWORD'], settings.DATABASES['default']['HOST']"

    shown = show(
        wanted,
        SECRET_KEY="k",  # noqa: S106
        DATABASE_URL="postgres://article10@db:5432/article10",
        POSTGRES_PASSWORD_FILE=str(tmp_path / "password"),
    )

    assert shown == f"{password} db"


def test_password_of_redis_is_quoted_in_its_address(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss/word")

    shown = show(
        "settings.CELERY_BROKER_URL",
        SECRET_KEY="k",  # noqa: S106
        REDIS_URL="redis://redis:6379",
        REDIS_PASSWORD_FILE=str(tmp_path / "password"),
    )

    assert shown == "redis://:p%40ss%2Fword@redis:6379/0"


def test_secret_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("one")
    environment = Environment({"SECRET_KEY": "two", "SECRET_KEY_FILE": str(tmp_path / "key")})

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        environment.secret("SECRET_KEY")


def test_keys_of_before_are_still_believed() -> None:
    wanted = "settings.SECRET_KEY_FALLBACKS"

    assert show(wanted, SECRET_KEY="k", SECRET_KEY_FALLBACKS="j,i") == "['j', 'i']"  # noqa: S106


@pytest.mark.parametrize(
    ("text", "is_on"),
    [(word, True) for word in ("true", "1", "Yes", "on")] + [(word, False) for word in ("false", "0", "no", "OFF")],
)
def test_flag_is_one_of_eight_words(text: str, is_on: bool) -> None:
    assert Environment({"X": text}).flag("X", default=not is_on) is is_on

"""The settings, read top to bottom: environment, applications, data, languages, files, security, API, jobs, logging.

Every choice an operator has is a variable of the environment (`.env.example` lists them). What is not
set is safe for production; a malformed value stops the start, says which
it is and what was expected (`tracker.environment`).
"""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tracker.environment import Environment, release_of
from tracker.language.languages import LANGUAGES as SPOKEN

# Generic views, admins and managers can be subscripted at run time as they are for the type checker.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# ── Environment ──────────────────────────────────────────────────────────────────────────────────

if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(BASE_DIR / ".env")
env = Environment(os.environ)

# The embedded default: one process with web, worker and scheduler on SQLite, reached at localhost only.
EMBEDDED = env.flag("ARTICLE10_EMBEDDED", default=False)

# What an instance writes on disk: the embedded database, the key, the first editor's password.
VAR_DIR = Path(env.text("ARTICLE10_VAR", str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", default=False)


def read_secret_key() -> str:
    """The key from SECRET_KEY, or the one that `make run` has put into the directory of the instance."""
    key_file = VAR_DIR / "secret_key"
    key = env.secret("SECRET_KEY")
    if not key and key_file.is_file():
        key = key_file.read_text().strip()
    if not key:
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a long random text of this instance's own; `make run` makes one by itself."
        )
    return key


SECRET_KEY = read_secret_key()
# Keys of before: what was signed with them is still believed, so that a new key logs nobody out.
SECRET_KEY_FALLBACKS = [key for key in env.secret("SECRET_KEY_FALLBACKS").split(",") if key]

# Where readers find this instance; feeds, mails and calendars need absolute addresses.
BASE_URL = env.site("BASE_URL", "http://localhost:8000")

# Whom a source's webmaster, or a reader who found a mistake, can write to.
CONTACT = env.text("CONTACT")

ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", [urlsplit(BASE_URL).hostname or "localhost"])
if EMBEDDED:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# ── Applications ─────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "tracker.apps.TrackerConfig",
    "api",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "tracker.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "tracker.operations.probes.Probes",
    "tracker.http.requests.Requests",
    "tracker.http.guards.Guards",
    "tracker.http.edge.Edge",
    "tracker.http.markdown.Markdown",
    "django.middleware.security.SecurityMiddleware",
    "api.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.http.guards.Nulls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# What a kept answer is of besides the edition and the day: another release says it in other words and with other files.
RELEASE = env.text("ARTICLE10_RELEASE") or release_of(BASE_DIR)

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# A form field for an address takes `example.org` for https, which Django 6 does by itself.
FORMS_URLFIELD_ASSUME_HTTPS = True

# ── Data ─────────────────────────────────────────────────────────────────────────────────────────

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SQLITE_OPTIONS = {
    # A transaction that will write takes the lock at its start; taken later, SQLite refuses it at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
}


# How long anybody waits for the database: a web process not as long as a job, and a migration as long as it takes.
DATABASE_PATIENCE = env.number("DATABASE_PATIENCE", 15, most=3600)


def postgresql_options() -> dict[str, Any]:
    """Time limits on both sides: the server ends what takes too long, the client gives up on one that is silent."""
    milliseconds = int(DATABASE_PATIENCE * 1000)
    return {
        "patience": DATABASE_PATIENCE,
        "connect_timeout": 3,
        "application_name": "article10",
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        "options": f"-c statement_timeout={milliseconds} -c idle_in_transaction_session_timeout=120000",
    }


def read_database() -> dict[str, Any]:
    """The database of DATABASE_URL, or else the SQLite file of the embedded default."""
    database: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        # Not as an address, in which a folder's name could mean something else.
        "NAME": VAR_DIR / "article10.sqlite3",
    }
    if address := env.server("DATABASE_URL", ("postgres", "postgresql", "sqlite")):
        database = env.parsed("DATABASE_URL", address, "db_url_config")
    # Two people, or two test runs, on one machine must not share a test database.
    test_name = f"test_article10_{os.getpid()}"
    # A connection costs more than most answers. SQLite's sets itself up with six statements.
    database.setdefault("CONN_MAX_AGE", 60)
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
        # A file and not memory, because workers and browsers in tests are threads with connections of their own.
        test_name = str(Path(tempfile.gettempdir()) / f"{test_name}.sqlite3")
    else:
        database["ENGINE"] = "tracker.postgresql"
        database["PASSWORD"] = database.get("PASSWORD") or env.secret("POSTGRES_PASSWORD")
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = {**postgresql_options(), **database.get("OPTIONS", {})}
    database["TEST"] = {"NAME": test_name}
    return database


DATABASES = {"default": read_database()}

REDIS_URL = env.server("REDIS_URL", ("redis", "rediss"), env.secret("REDIS_PASSWORD")).rstrip("/")

_LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"

# Counts of requests stand apart from pages: a crawler's pages must not push out how often he has asked.
if REDIS_URL:
    # Not the broker's database, so that the cache can be emptied and the queue cannot be evicted.
    _REDIS_CACHE = {
        "BACKEND": "tracker.http.redis_cache.ForgivingRedisCache",
        "LOCATION": env.server("CACHE_URL", ("redis", "rediss"), env.secret("REDIS_PASSWORD")) or REDIS_URL + "/1",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    CACHES: dict[str, dict[str, Any]] = {
        "default": {**_REDIS_CACHE, "KEY_PREFIX": "pages"},
        "counters": {**_REDIS_CACHE, "KEY_PREFIX": "counters"},
        "process": {"BACKEND": _LOCAL_CACHE, "LOCATION": "process"},
    }
else:
    # In the memory of each process. A compressed page takes some ten kilobytes, a count a few hundred bytes.
    CACHES = {
        "default": {"BACKEND": _LOCAL_CACHE, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 5_000}},
        "counters": {"BACKEND": _LOCAL_CACHE, "LOCATION": "counters", "OPTIONS": {"MAX_ENTRIES": 50_000}},
        "process": {"BACKEND": _LOCAL_CACHE, "LOCATION": "process"},
    }

# ── Languages and time ───────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, language.name) for language in SPOKEN.values()]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The pages say days in words of their own; what Django writes is read at the desk.
FORMAT_MODULE_PATH = ["tracker.desk.formats"]

# ── Files ────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
# The embedded default serves the files where they lie; production collects, compresses and fingerprints them.
STATIC_ROOT = None if EMBEDDED else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = EMBEDDED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ── Security ─────────────────────────────────────────────────────────────────────────────────────

HTTPS = env.flag("HTTPS", default=not EMBEDDED)

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# The prefix has the browser refuse a cookie of that name that another host or an unencrypted page would set.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
# The limits by address stand in `tracker.http.guards`; this one is for the fields of a form, files not counted.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
X_FRAME_OPTIONS = "DENY"

# How many proxies stand in front, each of which adds the address that it saw to X-Forwarded-For: what stands before
# their entries is only what a client said. Nobody may reach this server except through them.
PROXY_HOPS = env.whole("PROXY_HOPS", 0, most=5)
if env.text("BEHIND_PROXY"):
    raise ImproperlyConfigured("BEHIND_PROXY is now PROXY_HOPS: write how many proxies stand in front, mostly 1.")
if PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# To be on the browsers' own lists is for the owner of the domain to ask.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if urlsplit(BASE_URL).scheme == "http":
    # Without TLS browsers offer no passkeys: said by `tracker.W003`, and no reason not to start.
    SILENCED_SYSTEM_CHECKS += ["otp_webauthn.E031"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A form with the token of another log-in is answered by a page of our own, and what was typed is kept.
CSRF_FAILURE_VIEW = "tracker.desk.refused.token_refused"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# ── Editors ──────────────────────────────────────────────────────────────────────────────────────

# A session ends after two hours without a request, and after twelve in any case (`tracker.desk.site`).
SESSION_COOKIE_AGE = 2 * 3600
SESSION_SAVE_EVERY_REQUEST = True
SESSION_LASTS_AT_MOST = timedelta(hours=12)

# Where somebody comes who has logged in and was going nowhere.
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# The name that an authenticator app shows.
OTP_TOTP_ISSUER = "Article 10"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# Passkeys belong to the host that readers know, are a second factor after the password, and nothing alone.
OTP_WEBAUTHN_RP_ID = urlsplit(BASE_URL).hostname or "localhost"
OTP_WEBAUTHN_RP_NAME = "Article 10"
OTP_WEBAUTHN_ALLOWED_ORIGINS = [BASE_URL]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False

# How long an operator who is alone waits before somebody’s roles, password or second factors are changed.
ACCOUNT_CHANGES_WAIT = timedelta(hours=env.whole("ACCOUNT_CHANGES_WAIT_HOURS", 24, most=24 * 365))

# How long a password that somebody else has typed opens the log-in; within that, the person chooses another.
FIRST_PASSWORD_LASTS = timedelta(days=3)

# Without a mail server, mail is written to files in the data folder, where it can be looked at.
EMAIL_CONFIG = env.parsed("EMAIL_URL", env.secret("EMAIL_URL") or "filemail://", "email_url_config")
vars().update(EMAIL_CONFIG)
if env.secret("EMAIL_PASSWORD"):
    EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"Article 10 <news@{urlsplit(BASE_URL).hostname or 'localhost'}>")

# Where mail that could not be delivered comes back to (one address for each mail is made of it, by a plus), and the
# folder (Maildir) in which it arrives; a server may hand it to `manage.py take_mail` instead.
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")
BOUNCE_MAILDIR = env.text("BOUNCE_MAILDIR")

# The key by which browsers know this site; made at the first use where it is missing. Several hosts share the file.
VAPID_KEY_FILE = env.text("VAPID_KEY_FILE", str(VAR_DIR / "vapid.pem"))

# The key by which this site signs its mail itself; none where the relay signs.
DKIM_KEY_FILE = env.text("DKIM_KEY_FILE")
DKIM_SELECTOR = env.text("DKIM_SELECTOR", "article10")
DKIM_DOMAIN = env.text("DKIM_DOMAIN")
if DKIM_KEY_FILE:
    EMAIL_BACKEND = "tracker.channels.sent.signed_mail.SignedBackend"

# Instead of a mail server: a service that django-anymail knows, by its name there, and what it wants to be told.
MAIL_SERVICE = env.module("MAIL_SERVICE", "anymail.backends")
# What a service cannot do with a mail is left undone, and whom it refuses it tells afterwards.
ANYMAIL = {
    "IGNORE_UNSUPPORTED_FEATURES": True,
    "IGNORE_RECIPIENT_STATUS": True,
    **env.mapping("MAIL_SERVICE_SETTINGS"),
}
if MAIL_SERVICE:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend"
    INSTALLED_APPS += ["anymail"]

# ── API ──────────────────────────────────────────────────────────────────────────────────────────

# How many pages that are not at hand one reader may have made in a minute.
PAGES_PER_MINUTE = env.whole("PAGES_PER_MINUTE", 120, least=1)

# How many requests that have to be worked out one reader may make in a minute; `/api/v1/docs/` publishes it.
API_REQUESTS_PER_MINUTE = env.whole("API_REQUESTS_PER_MINUTE", 300, least=1)

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "api.description.schema.Described",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["api.framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["api.framework.throttling.AddressThrottle"],
    "DEFAULT_THROTTLE_RATES": {"address": f"{API_REQUESTS_PER_MINUTE}/minute"},
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.framework.negotiation.Negotiation",
    "EXCEPTION_HANDLER": "api.problems.handle",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Article 10",
    # The promise of stability and the changelog, beside the description that they are about.
    "DESCRIPTION": (BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8"),
    "VERSION": "1.3",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["api.description.components.add_components"],
    # The same host as the description; and who is to be asked.
    "SERVERS": [{"url": "/", "description": "This site."}],
    "CONTACT": {"name": "The Article 10 contributors"},
    "TAGS": [
        {"name": "accessions", "description": "Who has applied, how far each has come, and whom it still waits for."},
        {"name": "ratifications", "description": "One ally’s acts on one accession protocol."},
        {"name": "states", "description": "States, their names and their membership."},
        {"name": "events", "description": "Dated acts and occurrences, with their sources."},
        {"name": "sources", "description": "Each citation, with the fact that it supports."},
        {"name": "commitments", "description": "What was asked or promised, and who says what of it."},
        {"name": "procedures", "description": "How a protocol becomes binding in each ally."},
        {"name": "changes", "description": "The public log: everything that became visible or different, in order."},
        {"name": "rectifications", "description": "Every mistake that was put right."},
        {"name": "statements", "description": "What was said, by whom, and which claims hang from it."},
        {"name": "rounds", "description": "The protocols of one day of signature, together."},
        {"name": "compare", "description": "Rounds side by side, in days."},
        {"name": "search", "description": "What is on record under words."},
        {"name": "check", "description": "Whether the record supports a statement."},
        {"name": "vocabularies", "description": "Every code, its order, and its labels in each language."},
        {"name": "snapshot", "description": "Everything public at one edition, in one file."},
        {"name": "package", "description": "The data package: tables, database, log."},
        {"name": "status", "description": "How fresh this site is."},
        {"name": "reports", "description": "What a source is said to show, sent by a program."},
        {"name": "description", "description": "This description, for programs and for people."},
        {"name": "root", "description": "What there is, and where."},
    ],
    "LICENSE": {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
}

# ── Review ───────────────────────────────────────────────────────────────────────────────────────

# Whether everything that becomes public needs a second person; what that means is in docs/desk.md.
TWO_PAIRS_OF_EYES = env.flag("TWO_PAIRS_OF_EYES", default=False)

# ── Watch ────────────────────────────────────────────────────────────────────────────────────────

# Networks besides the public internet that may be asked, for tests and demonstrations: 127.0.0.1/32.
WATCH_OPENED = env.networks("WATCH_OPENED")
# The least number of seconds between two questions to one host.
WATCH_GAP = env.number("WATCH_GAP", 5, most=3600)
# A watch that was taken in hand and not finished is free again after so many seconds.
WATCH_LEASE = env.whole("WATCH_LEASE", 600, least=1)
# Keys of sources that want one, by the name that the headers of a watch use and the host that may be sent it.
WATCH_KEYS = env.mapping("WATCH_KEYS")
if unbound := [name for name in WATCH_KEYS if "@" not in name]:
    raise ImproperlyConfigured(f"WATCH_KEYS has {', '.join(unbound)} for no host: write name@host=key.")
# Whether cited addresses are asked from time to time if they still answer.
CHECK_LINKS = env.flag("CHECK_LINKS", default=False)

# Networks besides the public internet that messages may go to, such as that of an intranet with a chat of its own:
# 10.20.0.0/16. Whoever may open the site can then have messages sent into it.
CHANNELS_OPENED = env.networks("CHANNELS_OPENED")

# The hub that is told of each new entry, if there is one (WebSub); the feeds of the whole log name it to readers.
WEBSUB_HUB = env.link("WEBSUB_HUB")

# ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────
# The schedule stands in `tracker/celery.py`.

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
# A job finds its work by query and may run twice, so a message is given back until the job is done.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Far below the visibility timeout: Redis hands a message that is not acknowledged by then to a second worker.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Nobody waits for a broker that is away: the work is in the database, the next wake-up finds it.
CELERY_TASK_PUBLISH_RETRY = False

if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL + "/0"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "global_keyprefix": "article10:",
    }
else:
    CELERY_BROKER_URL = "memory://localhost"
    # The default of one second would be one message a second.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.05}

# ── Seen ─────────────────────────────────────────────────────────────────────────────────────────

# Where errors go besides the log; nothing of who asked goes along (`tracker.operations.telemetry`).
SENTRY_DSN = env.secret("SENTRY_DSN")

# ── Logging ──────────────────────────────────────────────────────────────────────────────────────

# Lines for people, or one JSON object each for whoever collects them.
LOG_FORMAT = env.choice("LOG_FORMAT", "plain" if EMBEDDED else "json", ("plain", "json"))
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING" if EMBEDDED else "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "number": {"()": "tracker.http.logs.RequestNumber"},
        "one_line": {"()": "tracker.http.logs.OneLine"},
        "no_proofs": {"()": "tracker.http.logs.NoProofs"},
    },
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}{request_id}",
            "style": "{",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["number", "one_line", "no_proofs"],
        },
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # The server of `manage.py runserver`, which would write each address by a handler of its own.
        "django.server": {"handlers": ["console"], "propagate": False},
        # A page that does not exist is the reader's affair, and a worker told to end is no fault.
        "django.request": {"level": "ERROR"},
        "celery.worker.control": {"level": "ERROR"},
    },
}

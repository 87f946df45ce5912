"""The settings of the tests: the embedded default, and a key that protects nothing."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-that-protects-nothing-and-is-known-to-everybody")
os.environ.setdefault("ARTICLE10_EMBEDDED", "true")
# Two runs at a time must not read each other's cache; a test that wants Redis starts one of its own.
os.environ["REDIS_URL"] = ""

from tracker.settings import *

# Nor may a test find the packages that `make run` has built; one that builds some gives them a folder.
VAR_DIR = Path(tempfile.gettempdir()) / "tests-of-article10-have-no-folder"
# Hashing passwords well costs each test that logs in a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test may read page after page; the limit has a test of its own.
PAGES_PER_MINUTE = 10**9
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

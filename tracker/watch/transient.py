"""Which errors say nothing of the row that a job has in hand, and end its whole run: the next one goes on."""

from typing import Final

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

# The database is away, or our own time is up.
TRANSIENT_ERRORS: Final = (OperationalError, InterfaceError, SoftTimeLimitExceeded)

"""What log lines bear and leave out.

They bear the number of their request. They leave out the stack where the cause is no fault of ours, and of an address
what proves that a subscription is its reader's: who reads a log must not be able to end it, or to send it elsewhere.
"""

import logging
import re
from typing import Any, Final

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import InterfaceError, OperationalError

from tracker.http.requests import request_id

# A stack for each request, while the database is away or somebody asks under a wrong name, fills a disk for nothing.
_TOLD_IN_A_LINE: Final = (OperationalError, InterfaceError, DisallowedHost, RequestDataTooBig)

# The part of an address after the key of a subscription, in any language of the site.
_PROOF: Final = re.compile(r"(/subscribe/[^/\s]+/)[^/\s?#\"']+")


def without_proofs(text: str) -> str:
    """The text with a dash for each proof in it."""
    return _PROOF.sub(r"\1-", text)


class NoProofs(logging.Filter):
    """Keeps the proofs in addresses out of every line, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line goes on."""
        message = record.getMessage()
        if (told := without_proofs(message)) != message:
            record.msg, record.args = told, ()
        return True


class RequestNumber(logging.Filter):
    """Gives each line the number of the request, or of the job, that it was written in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line goes on."""
        record.request_id = request_id.get()
        return True


class OneLine(logging.Filter):
    """Makes a line of what is no fault of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line goes on, some without their stack."""
        error: Any = record.exc_info[1] if record.exc_info and isinstance(record.exc_info, tuple) else None
        if isinstance(error, _TOLD_IN_A_LINE):
            record.exc_info, record.exc_text = None, None
            told = str(error).partition("\n")[0]
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}: {told}", ()
        return True

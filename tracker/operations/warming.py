"""Having the newest edition at hand before the first request, in the process from which the others are made."""

import gc
import logging

from django.db import Error, connections

from tracker.readmodel import open_newest

logger = logging.getLogger(__name__)


def warm() -> None:
    """Fold the log once, for all processes to share; without a database each does so when there is one."""
    try:
        edition = open_newest()
        logger.info("Edition %d is at hand", edition.state.edition)
    except Error as error:
        logger.warning("The record cannot be read yet: %s", str(error).partition("\n")[0])
    finally:
        # A connection cannot be shared.
        connections.close_all()
    # What is there now stays there: the collector need not touch it, and its memory stays shared.
    gc.freeze()

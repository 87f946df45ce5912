"""The entry point of the application server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

_framework = get_wsgi_application()
# What it needs can be imported only now.
application = import_module("tracker.http.front").Front(_framework)

if not settings.EMBEDDED:
    # In the process from which the others are made.
    import_module("tracker.operations.warming").warm(_framework)

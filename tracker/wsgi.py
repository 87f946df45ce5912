"""The entry point of the application server."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = get_wsgi_application()

if not settings.EMBEDDED:
    # In the process from which the others are made. Models can be imported only now.
    import_module("tracker.operations.warming").warm()

"""Errors to Sentry and traces by OpenTelemetry, where an operator has asked for either; else nothing is loaded."""

import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def start() -> None:
    """Begin to send what is configured. Raises `ImproperlyConfigured` where its library is not installed."""
    if settings.SENTRY_DSN:
        _start_sentry(_library("sentry_sdk", "SENTRY_DSN"))
    if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        _start_traces("OTEL_EXPORTER_OTLP_ENDPOINT")


def _start_sentry(sentry: Any) -> None:
    # Who asks and what for stays here: no addresses, no cookies, no bodies, no values of variables in a stack.
    sentry.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0,
    )


def _start_traces(variable: str) -> None:
    """Spans of requests, sent in the background to the collector whose address OpenTelemetry's own variables give."""
    trace = _library("opentelemetry.trace", variable)
    sdk = _library("opentelemetry.sdk.trace", variable)
    export = _library("opentelemetry.sdk.trace.export", variable)
    otlp = _library("opentelemetry.exporter.otlp.proto.http.trace_exporter", variable)
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    _library("opentelemetry.instrumentation.django", variable).DjangoInstrumentor().instrument()


def _library(name: str, variable: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise ImproperlyConfigured(
            f"{variable} is set, and {name} is not there: install article10[telemetry]."
        ) from None

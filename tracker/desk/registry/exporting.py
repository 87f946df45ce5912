"""Exporting what a list shows, with its search and its filters, as CSV or JSON Lines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.timezone import now

from tracker.actions import write_audit_entry
from tracker.desk.access.permissions import EXPORT, has_permission
from tracker.domain.vocabulary import AuditAction
from tracker.exchange.sheets import csv_rows
from tracker.http.client_address import address_of

AT_ONCE: Final = 500
TYPES: Final = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


def export(desk: ModelAdmin[Any], request: HttpRequest, kind: str) -> HttpResponseBase:
    """The rows of the list that the request's search and filters leave, as a file. Entered into the audit trail."""
    if kind not in TYPES:
        raise Http404
    if not desk.has_view_permission(request) or not has_permission(request, EXPORT):
        raise PermissionDenied
    try:
        chosen = desk.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        # As the list itself does with what it cannot look for.
        options = desk.opts
        page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        return HttpResponseRedirect(f"{page}?{ERROR_FLAG}=1")
    # The numbers alone are held; rows are read as they are sent, a batch at a time.
    numbers = list(chosen.values_list("pk", flat=True))
    name = desk.model._meta.model_name
    by = request.user if isinstance(request.user, User) else None
    subject = f"{name}: {len(numbers)} rows as {kind}"
    detail = {"query": request.GET.urlencode()[:500]}
    write_audit_entry(AuditAction.EXPORTED, by=by, subject=subject, detail=detail, address=address_of(request))
    rows = (row for batch in _batches(chosen, numbers) for row in desk.export_rows(request, batch))  # type: ignore[attr-defined]
    lines = csv_rows(desk.export_columns(request), rows) if kind == "csv" else map(_line, rows)  # type: ignore[attr-defined]
    disposition = f'attachment; filename="{name}-{now():%Y-%m-%d}.{kind}"'
    return StreamingHttpResponse(lines, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def _batches(chosen: QuerySet[Any], numbers: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows of those numbers, in their order."""
    for first in range(0, len(numbers), AT_ONCE):
        batch = numbers[first : first + AT_ONCE]
        rows = {row.pk: row for row in chosen.filter(pk__in=batch)}
        yield [rows[number] for number in batch if number in rows]


def shown_columns(desk: ModelAdmin[Any], request: HttpRequest) -> dict[str, str]:
    """The columns of the list, by the name of what they show."""
    names = [str(name) for name in desk.get_list_display(request) if str(name) != "action_checkbox"]
    return {name: str(label_for_field(name, desk.model, desk)) for name in names}


def shown_rows(desk: ModelAdmin[Any], request: HttpRequest, objects: Sequence[Model]) -> list[dict[str, Any]]:
    """What the columns of the list show of each row."""
    columns = shown_columns(desk, request)
    return [{label: _cell(lookup_field(name, row, desk)[2]) for name, label in columns.items()} for row in objects]


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"

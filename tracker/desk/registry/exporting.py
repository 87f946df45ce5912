"""Exporting what a list shows, with its search and its filters, as CSV or JSON Lines."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now

from tracker.actions import write_audit_entry
from tracker.desk.access.permissions import EXPORT, could
from tracker.domain.vocabulary import AuditAction
from tracker.exchange.dataset.sheets import write_csv
from tracker.http.client_address import address_of

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


def export(desk: ModelAdmin[Any], request: HttpRequest, kind: str) -> HttpResponse:
    """The rows of the list that the request's search and filters leave, as a file. Entered into the audit trail."""
    if kind not in TYPES:
        raise Http404
    if not desk.has_view_permission(request) or not could(request, EXPORT):
        raise PermissionDenied
    try:
        chosen = desk.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        # As the list itself does with what it cannot look for.
        options = desk.opts
        page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        return HttpResponseRedirect(f"{page}?{ERROR_FLAG}=1")
    columns, rows = desk.export_rows(request, list(chosen))  # type: ignore[attr-defined]
    name = desk.model._meta.model_name
    by = request.user if isinstance(request.user, User) else None
    subject = f"{name}: {len(rows)} rows as {kind}"
    detail = {"query": request.GET.urlencode()[:500]}
    write_audit_entry(AuditAction.EXPORTED, by=by, subject=subject, detail=detail, address=address_of(request))
    text = write_csv(columns, rows) if kind == "csv" else _lines(rows)
    disposition = f'attachment; filename="{name}-{now():%Y-%m-%d}.{kind}"'
    return HttpResponse(text, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def shown_rows(desk: ModelAdmin[Any], request: HttpRequest, objects: Sequence[Model]) -> list[dict[str, Any]]:
    """What the columns of the list show of each row."""
    names = [str(name) for name in desk.get_list_display(request) if str(name) != "action_checkbox"]
    labels = {name: str(label_for_field(name, desk.model, desk)) for name in names}
    return [{labels[name]: _cell(lookup_field(name, one, desk)[2]) for name in names} for one in objects]


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

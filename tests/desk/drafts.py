"""Drafts as a browser sends them."""

from typing import Any

from django.test import Client

SOURCE = {"url": "https://www.parlament.hu/iromany", "title": "The vote"}


def rows(prefix: str, *given: dict[str, Any]) -> dict[str, Any]:
    """The rows of a formset."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(given):
        data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return data


def draft(*sources: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A draft of an event with these fields and sources."""
    return {**fields, **rows("citations", *(sources or (SOURCE,))), **rows("conflicts")}


# Hungary's vote on Sweden, as an editor types it: names as they come, the chamber left to the procedure.
THE_VOTE = draft(
    accession="Sweden",
    actor="Magyarország",
    kind="chamber_vote",
    date="2024-02-26",
    votes_yes="188",
    votes_no="6",
    completes="on",
)


def hidden(page: Any, name: str = "seen") -> str:
    """The value of the hidden field that says which preview was shown."""
    return str(page.context["saving"]["seen"].value())


def confirm(client: Client, address: str, data: dict[str, Any], **more: Any) -> Any:
    """Preview the draft, and save what the preview shows."""
    page = client.post(address, data | {"preview": ""})
    assert page.context.get("preview"), page.context["parts"]
    shown = sent_by(page)
    return client.post(address, shown | {"save": "", "seen": hidden(page)} | more)


def sent_by(page: Any) -> dict[str, Any]:
    """What the browser sends from the page as it stands: every field with its value."""
    data: dict[str, Any] = {}
    for part in page.context["parts"].values():
        forms = [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]
        for form in forms:
            for field in form:
                value = field.value()
                if value is not None and value is not False:
                    data[field.html_name] = value
    return data

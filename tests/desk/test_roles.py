"""Who may do what: every address of the desk, for everybody, page by page and action by action."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk.conftest import LogIn, account
from tests.desk.drafts import THE_VOTE
from tests.desk.test_review import NEW, report
from tracker.domain.vocabulary import AuditAction, EventKind
from tracker.models import AccountChange, Assessment, AuditEntry, Change, Commitment, Event, Ratification

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("visitor", "contributor", "reviewer", "operator", "superuser")
EVERYBODY = set(ROLES)
FILING = {"contributor", "reviewer", "superuser"}
REVIEWING = {"reviewer", "superuser"}
OPERATING = {"operator", "superuser"}

# What may be looked at: the record by everybody who may come in, the rest by those whose work it is.
LOOKED_AT = {
    "report": {"contributor", "reviewer", "operator", "superuser"},
    "auditentry": OPERATING,
    "user": OPERATING,
    "group": OPERATING,
    "totpdevice": OPERATING,
}
PUBLIC = {
    "party", "accession", "ratification", "event", "citation", "conflict", "commitment", "commitmentparty",
    "assessment", "procedure", "change", "rectification", "jobrun", "statement",
}  # fmt: skip


def rows() -> dict[str, int | str]:
    """A row of each noun that a page is about."""
    return {
        "event": Event.objects.standing().filter(kind=EventKind.CONSENT)[0].pk,
        "ratification": Ratification.objects.get(accession="SWE", ally="HUN").pk,
        "commitment": Commitment.objects.order_by("pk")[0].pk,
        "assessment": Assessment.objects.order_by("pk")[0].pk,
        "report": report(NEW).pk,
        "party": "TUR",
        "procedure": "HUN",
    }


PAGES = [
    ("tracker_event_add", "", FILING),
    ("tracker_event_import", "", FILING),
    ("tracker_event_rectify", "event", REVIEWING),
    ("tracker_event_retract", "event", REVIEWING),
    ("tracker_event_source", "event", REVIEWING),
    ("tracker_commitment_add", "", REVIEWING),
    ("tracker_commitment_claim", "commitment", REVIEWING),
    ("tracker_commitment_rectify", "commitment", REVIEWING),
    ("tracker_commitment_source", "commitment", REVIEWING),
    ("tracker_party_rectify", "party", REVIEWING),
    ("tracker_procedure_rectify", "procedure", REVIEWING),
    ("tracker_assessment_source", "assessment", REVIEWING),
    ("tokens", "", FILING),
    ("tracker_assessment_rectify", "assessment", REVIEWING),
    ("tracker_assessment_retract", "assessment", REVIEWING),
    ("tracker_report_accept", "", REVIEWING),
    ("tracker_report_event", "report", REVIEWING),
    ("tracker_report_reject", "report", REVIEWING),
    ("auth_user_add", "", OPERATING),
]


@pytest.mark.parametrize("role", ROLES)
def test_page_that_changes_something_opens_for_its_roles_and_for_nobody_else(
    february: None, log_in: LogIn, role: str
) -> None:
    client, known = log_in(role), rows()

    answers = {name: client.get(address(name, about, known)).status_code for name, about, _ in PAGES}

    assert answers == {name: 200 if role in allowed else 403 for name, _, allowed in PAGES}


@pytest.mark.parametrize("role", ["contributor", "reviewer", "operator", "superuser"])
def test_page_that_changes_something_without_the_second_factor_asks_for_it(
    february: None, log_in: LogIn, role: str
) -> None:
    client, known = log_in(role, verified=False), rows()
    own = [(name, about) for name, about, allowed in PAGES if role in allowed and not name.startswith("auth")]

    answers = [client.get(address(name, about, known)) for name, about in own]

    assert all(answer.headers["Location"].startswith("/admin/second-factor/?next=") for answer in answers)


def address(name: str, about: str, known: dict[str, int | str]) -> str:
    """The address of the page, about the row that it needs."""
    return reverse(f"admin:{name}", args=[known[about]] if about else [])


@pytest.mark.parametrize("role", ROLES)
def test_list_opens_for_those_who_may_look(february: None, log_in: LogIn, role: str) -> None:
    client = log_in(role)
    expected, found = {}, {}

    for model, desk in admin.site._registry.items():
        name = str(model._meta.model_name)
        allowed = EVERYBODY if name in PUBLIC else LOOKED_AT.get(name, OPERATING)
        expected[name] = 200 if role in allowed else 403
        found[name] = client.get(reverse(f"admin:{desk.opts.app_label}_{name}_changelist")).status_code

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_public_is_read_by_nobody_without_the_second_factor(
    february: None, log_in: LogIn, role: str
) -> None:
    client = log_in(role, verified=False)
    expected, found = {}, {}

    for model, desk in admin.site._registry.items():
        name = f"{desk.opts.app_label}_{model._meta.model_name}"
        expected[name] = (200, 200) if str(model._meta.model_name) in PUBLIC else (403, 403)
        row = model._default_manager.first()
        pages = [reverse(f"admin:{name}_changelist")]
        if row is not None:
            pages.append(reverse(f"admin:{name}_change", args=[row.pk]))
        codes = [client.get(page).status_code for page in pages]
        found[name] = (codes[0], codes[-1])

    assert found == expected
    assert client.get("/admin/tracker/auditentry/export/csv/").status_code == 403
    assert client.get("/admin/").context["queue"] is None


VERBS = ("get", "post", "put", "patch", "delete")


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("role", ROLES)
def test_no_verb_opens_what_the_role_does_not(february: None, log_in: LogIn, role: str, verified: bool) -> None:
    client, known, before = log_in(role, verified=verified), rows(), Change.objects.count()
    shut = [(name, about) for name, about, allowed in PAGES if not verified or role not in allowed]

    answers = {
        (name, verb): getattr(client, verb)(address(name, about, known)).status_code
        for name, about in shut
        for verb in VERBS
    }

    # To the second factor at most, and never to a page or a deed.
    assert set(answers.values()) <= {302, 403, 405}
    assert Change.objects.count() == before


def test_anonymous_is_led_to_the_log_in_from_every_page(february: None, client: Client) -> None:
    known = rows()
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]
    pages = [*lists, *(address(name, about, known) for name, about, _ in PAGES), "/admin/", "/admin/second-factor/"]

    answers = [client.get(page) for page in pages]

    assert all(answer.headers["Location"].startswith("/admin/login/") for answer in answers)


ACTIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "enter": ("tracker_event_add", "", THE_VOTE | {"save": ""}),
    "checked": ("tracker_ratification_checked", "ratification", {}),
    "reject": ("tracker_report_reject", "report", {"reason": "No."}),
    "accept": ("tracker_report_event", "report", {"save": ""}),
    "retract": ("tracker_event_retract", "event", {"reason": "No.", "save": ""}),
}


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize(("role", "verified"), [("visitor", True), ("operator", True), ("reviewer", False)])
def test_action_by_one_who_may_not_moves_nothing(
    february: None, log_in: LogIn, name: str, role: str, verified: bool
) -> None:
    client, known = log_in(role, verified=verified), rows()
    before = Change.objects.count()
    page, about, data = ACTIONS[name]

    answer = client.post(address(page, about, known), data)

    assert answer.status_code in {302, 403}
    assert Change.objects.count() == before


def test_contributor_cannot_review(february: None, log_in: LogIn) -> None:
    client, known = log_in("contributor"), rows()

    answers = [client.post(address(*ACTIONS[name][:2], known), ACTIONS[name][2]) for name in ("reject", "accept")]

    assert [answer.status_code for answer in answers] == [403, 403]


def user_page(user: User) -> str:
    """Where the account is changed."""
    return reverse("admin:auth_user_change", args=[user.pk])


def test_operator_cannot_raise_themselves_or_take_over_a_superuser(log_in: LogIn) -> None:
    client = log_in("operator")
    above, own = account("superuser"), User.objects.get(username="a-operator")

    answers = [client.post(user_page(one), {"username": one.username, "groups": []}) for one in (above, own)]
    passwords = client.post(f"{user_page(above)[:-7]}password/", {"password1": "x", "password2": "x"})

    assert [answer.status_code for answer in [*answers, passwords]] == [403, 403, 403]


def test_operator_gives_roles_and_never_single_permissions(log_in: LogIn) -> None:
    client, other = log_in("operator"), account("contributor")

    page = client.get(user_page(other)).content.decode()

    assert 'name="groups"' in page
    assert 'name="user_permissions"' not in page
    assert 'name="is_superuser"' not in page


@pytest.mark.parametrize(("role", "left"), [("operator", 0), ("reviewer", 1), ("visitor", 1)])
def test_end_of_a_second_factor_is_asked_for_by_operators_only(log_in: LogIn, role: str, left: int) -> None:
    client = log_in(role)
    device = TOTPDevice.objects.create(user=account("contributor"), name="lost", confirmed=True)
    chosen = {"action": "take_away", "_selected_action": [device.pk]}

    client.post(reverse("admin:otp_totp_totpdevice_changelist"), chosen)

    assert AccountChange.objects.count() == 1 - left
    assert AuditEntry.objects.filter(action=AuditAction.ACCOUNT_ASKED).count() == 1 - left
    assert TOTPDevice.objects.filter(name="lost").exists()


def test_second_factor_of_somebody_above_stays(log_in: LogIn) -> None:
    client = log_in("operator")
    device = TOTPDevice.objects.create(user=account("superuser"), name="phone", confirmed=True)

    client.post(
        reverse("admin:otp_totp_totpdevice_changelist"), {"action": "take_away", "_selected_action": [device.pk]}
    )

    assert TOTPDevice.objects.filter(pk=device.pk).exists()


def test_roles_are_there_after_the_migrations(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= {"contributor", "reviewer", "operator"}


def test_audit_trail_is_altered_by_nobody(february: None, log_in: LogIn) -> None:
    client = log_in("superuser")
    client.post(address("tracker_ratification_checked", "ratification", rows()))

    for name in ("change", "delete"):
        entry = reverse(f"admin:tracker_auditentry_{name}", args=[1])
        assert client.post(entry, {"post": "yes"}).status_code in {302, 403, 404}
    assert client.get(reverse("admin:tracker_auditentry_add")).status_code == 403

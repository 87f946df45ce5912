"""Every figure on one page of the site's own frame, as Sweden's accession stood on 30 October 2023.

The days of approval are those on record. What came after approval, the bars of other rounds and the statements
are made up, so that every look is to be seen; nothing of this is shown by the site.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Final

from django.template import engines
from django.test import RequestFactory, override_settings
from django.utils.safestring import SafeString

from tracker.domain.dates import PartialDate
from tracker.pages.figures.badge import draw_badge
from tracker.pages.figures.curve import Approval, CurveWords, Round, draw_curve
from tracker.pages.figures.days import DayDot, DayStrip, draw_days
from tracker.pages.figures.ladder import LadderStep, Rung, draw_ladder
from tracker.pages.figures.looks import Look, draw_mark
from tracker.pages.figures.map import LegendEntry, MapMark, draw_map, load_shapes
from tracker.pages.figures.timeline import Moment, TimelineWords, draw_timeline
from tracker.pages.figures.votes import Needed, Option, Share, draw_votes

DAY: Final = date(2023, 10, 30)
SIGNED: Final = date(2022, 7, 5)
SINCE: Final = (DAY - SIGNED).days

NAMES: Final = {
    "ALB": "Albania", "BEL": "Belgium", "BGR": "Bulgaria", "CAN": "Canada", "CZE": "Czechia", "DEU": "Germany",
    "DNK": "Denmark", "ESP": "Spain", "EST": "Estonia", "FIN": "Finland", "FRA": "France", "GBR": "United Kingdom",
    "GRC": "Greece", "HRV": "Croatia", "HUN": "Hungary", "ISL": "Iceland", "ITA": "Italy", "LTU": "Lithuania",
    "LUX": "Luxembourg", "LVA": "Latvia", "MKD": "North Macedonia", "MNE": "Montenegro", "NLD": "Netherlands",
    "NOR": "Norway", "POL": "Poland", "PRT": "Portugal", "ROU": "Romania", "SVK": "Slovakia", "SVN": "Slovenia",
    "TUR": "Türkiye", "USA": "United States",
}  # fmt: skip

# Days from the signature of the protocols to the end of each parliament's procedure.
SWEDEN: Final = {
    "CAN": 0, "DNK": 0, "ISL": 0, "NOR": 0, "EST": 1, "GBR": 1, "ALB": 2, "DEU": 3, "LUX": 7, "NLD": 7, "BGR": 8,
    "LVA": 9, "SVN": 9, "HRV": 10, "BEL": 15, "LTU": 15, "POL": 15, "ROU": 16, "MKD": 22, "MNE": 23, "FRA": 28,
    "ITA": 29, "USA": 29, "CZE": 53, "GRC": 72, "PRT": 73, "ESP": 78, "SVK": 84, "FIN": 239,
}  # fmt: skip
FINLAND: Final = {code: days for code, days in SWEDEN.items() if code != "FIN"} | {"HUN": 265, "TUR": 268}
# Made up from here on.
DEPOSITED: Final = {"CAN", "DNK", "ISL", "NOR", "EST", "GBR", "CZE", "DEU", "ITA", "NLD"}
ASSENTED: Final = {"FRA", "POL", "ROU", "USA", "LTU", "FIN", "PRT"}

PAGE: Final = """{% extends "base.html" %}
{% block title %}Sweden: who has approved, 30 October 2023{% endblock %}
{% block heading %}Sweden’s accession to the North Atlantic Treaty{% endblock %}
{% block lead %}<p>29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye have not yet done so, 482 days
after signature. Türkiye’s Grand National Assembly has had the protocol since 23 October 2023.</p>{% endblock %}
{% block content %}
{{ figures.map }}
<h2 id="allies">Ally by ally</h2>
<div class="table-frame"><table class="reflow sortable">
<caption>Where each of the 31 allies stood on 30 October 2023</caption>
<thead><tr><th scope="col">Ally</th><th scope="col">Stage</th><th scope="col" data-unsortable>Steps</th>
<th scope="col">Since</th><th scope="col" class="number">Days</th></tr></thead>
<tbody>{% for row in rows %}<tr{% if row.pending %} class="pending"{% endif %}>
<th scope="row"><a href="#allies">{{ row.name }}</a></th>
<td data-label="Stage"><span class="stage">{{ row.mark }} {{ row.stage }}</span></td>
<td data-label="Steps">{{ row.ladder }}</td>
<td data-label="Since"><time datetime="{{ row.since|date:'Y-m-d' }}">{{ row.since|date:"j F Y" }}</time></td>
<td data-label="Days" class="number">{{ row.days }}</td></tr>{% endfor %}</tbody></table></div>
<h2>How fast</h2>
<div class="columns">{{ figures.curve }}{{ figures.days }}</div>
<h2>Votes</h2><h3>Hungary, National Assembly, 26 February 2024</h3>{{ figures.votes }}
<h2>Timeline</h2>{{ figures.timeline }}
<h2>Commitments</h2>
<div class="claims"><section><h3>Sweden says</h3><p><span class="tag">fulfilled</span> The amended constitution and the
new terrorism law answer clause 4.</p></section><section><h3>Türkiye says</h3><p><span class="tag">in progress</span>
Steps have been taken; extradition requests are <span class="tag tag-unknown">unknown</span>.</p></section></div>
<h2>Sources and changes</h2>
<dl class="facts"><div><dt>Signed</dt><dd>5 July 2022</dd></div><div><dt>Approved</dt><dd>29 of 31</dd></div>
<div><dt>Deposited</dt><dd>10 known, 19 unknown</dd></div></dl>
<ul class="citations"><li><a href="#main">President submits the protocol</a> <span class="publisher">Presidency of
Türkiye</span> <span class="publisher-class">government</span></li></ul>
<ol class="log"><li><time datetime="2023-10-25">25 October 2023</time><div>Türkiye: referred to committee
<span class="tag tag-inferred">inferred</span></div></li></ol>
<details><summary>Earlier changes</summary><p>Nothing here.</p></details>
<p>{{ figures.badge }} {{ figures.complete }}</p>
{% endblock %}"""


def stage_of(code: str) -> Look:
    """The last stage that is certain."""
    if code not in SWEDEN:
        return Look.SUBMITTED
    if code in DEPOSITED:
        return Look.DEPOSITED
    return Look.ASSENTED if code in ASSENTED else Look.APPROVED


WORDS: Final = {
    Look.SIGNED: "Protocol signed",
    Look.SUBMITTED: "Before parliament",
    Look.APPROVED: "Approved",
    Look.ASSENTED: "Signed into law",
    Look.DEPOSITED: "Instrument deposited",
}


def gallery_map(identity: str = "map") -> SafeString:
    """The map of the day."""
    states = {
        code: MapMark(stage_of(code), f"{name}: {WORDS[stage_of(code)]}", "" if code in SWEDEN else name)
        for code, name in NAMES.items()
    }
    states["SWE"] = MapMark(Look.APPLICANT, "Sweden: applicant", "Sweden")
    counts = {look: sum(stage_of(code) == look for code in NAMES) for look in WORDS}
    legend = [LegendEntry(look, word, counts[look]) for look, word in reversed(WORDS.items())]
    legend.append(LegendEntry(Look.APPLICANT, "Applicant"))
    desc = "29 of 31 allies have approved; Hungary and Türkiye have not yet done so."
    return draw_map(load_shapes(), states, "Sweden’s accession by ally on 30 October 2023", desc, legend, identity)


def gallery_ladder(code: str) -> SafeString:
    """The rungs of one ally."""
    reached = list(WORDS).index(stage_of(code))
    steps = [
        LadderStep(
            look,
            Rung.REACHED if n <= reached else Rung.UNKNOWN if code in SWEDEN else Rung.NOT_REACHED,
            word,
            is_inferred=n < reached and look == Look.ASSENTED,
        )
        for n, (look, word) in enumerate(WORDS.items())
    ]
    return draw_ladder(steps, f"{NAMES[code]}: {WORDS[stage_of(code)]}", "", f"ladder-{code}")


def gallery_curve() -> SafeString:
    """Sweden before Finland, and two rounds of which little is known."""
    macedonia = [Approval(n, n) for n in (23, 35, 78, 279)] + [Approval(0, 407)] * 25
    montenegro = [Approval(n, n) for n in (20, 20, 138, 236, 267, 306, 356)] + [Approval(0, 378)] * 21
    rounds = [
        Round("SWE", "Sweden 2022", 31, [Approval(n, n) for n in SWEDEN.values()], SINCE, is_current=True),
        Round("FIN", "Finland 2022", 30, [Approval(n, n) for n in FINLAND.values()], 273),
        Round("MKD", "North Macedonia 2019", 29, macedonia, 407),
        Round("MNE", "Montenegro 2016", 28, montenegro, 378),
    ]
    words = CurveWords(days="Days since signature", allies="Allies that have approved")
    note = "Shaded: days on which an approval may have been given. FIN Finland, MKD North Macedonia, MNE Montenegro."
    return draw_curve(rounds, "Approvals by day", "29 approvals after 482 days; Finland had 30 after 268.", words, note)


def gallery_days() -> SafeString:
    """Every ally over two rounds, the slowest first."""
    order = sorted(NAMES, key=lambda code: (-SWEDEN.get(code, 999), NAMES[code]))
    strips = [DayStrip(NAMES[code], code, gallery_dots(code)) for code in order]
    return draw_days(
        strips, "Days from signature to approval", "Hungary and Türkiye have taken 482 days so far.", "Days"
    )


def gallery_dots(code: str) -> list[DayDot]:
    """One ally's rounds."""
    dots = [DayDot(FINLAND[code], FINLAND[code], f"Finland: {FINLAND[code]} days")] if code in FINLAND else []
    if code in ("ROU", "NLD"):
        dots.append(DayDot(100, 160, "North Macedonia: between 100 and 160 days"))
    days = SWEDEN.get(code)
    return [*dots, DayDot(SINCE if days is None else days, days, f"Sweden: {days} days", is_current=True)]


def gallery_votes() -> SafeString:
    """A vote of 188 to 6 in a chamber of 199."""
    shares = [
        Share(Option.YES, 188, "Yes"),
        Share(Option.NO, 6, "No"),
        Share(Option.ABSTAIN, 0, "Abstained"),
        Share(Option.NOT_VOTING, 5, "Did not vote"),
    ]
    return draw_votes(shares, "Vote of 26 February 2024", "188 yes, 6 no, 199 seats.", Needed(98, "Needed"))


def gallery_timeline() -> SafeString:
    """The procedure above, what happened around it below."""
    marks = {
        date(2022, 5, 18): "18 May 2022: Sweden applies",
        date(2022, 6, 29): "29 June 2022: invited at Madrid",
        SIGNED: "5 July 2022: protocol signed",
        date(2023, 10, 23): "23 October 2023: submitted in Türkiye",
    }
    acts = [Moment(day, day, words, words) for day, words in marks.items()]
    acts += [Moment(SIGNED + timedelta(n), SIGNED + timedelta(n), NAMES[code]) for code, n in SWEDEN.items()]
    acts.append(Moment(date(2022, 7, 1), date(2022, 7, 31), "Hungary: submitted in July 2022"))
    around = [date(2022, 5, 13) + timedelta(n * n % 520) for n in range(60)]
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    words = TimelineWords("Procedure", "Around it", months)
    context = [Moment(day, day, "A statement") for day in around]
    return draw_timeline(acts, context, "Sweden’s accession", "From May 2022 to October 2023.", words)


def figures() -> dict[str, SafeString]:
    """Every figure by name."""
    return {
        "map": gallery_map(),
        "curve": gallery_curve(),
        "days": gallery_days(),
        "votes": gallery_votes(),
        "timeline": gallery_timeline(),
        "badge": draw_badge("Sweden", "29 / 31", "Sweden: 29 of 31", "29 of 31 allies have approved."),
        "complete": draw_badge(
            "Finland", "30 / 30", "Finland: 30 of 30", "All have approved.", is_complete=True, identity="done"
        ),
    }


def rows() -> list[dict[str, object]]:
    """The table by ally, those that have not approved first."""
    order = sorted(NAMES, key=lambda code: (code in SWEDEN, NAMES[code]))
    return [
        {
            "name": NAMES[code],
            "pending": code not in SWEDEN,
            "stage": WORDS[stage_of(code)],
            "mark": draw_mark(stage_of(code)),
            "ladder": gallery_ladder(code),
            "since": SIGNED + timedelta(SWEDEN.get(code, 475)),
            "days": SWEDEN.get(code, SINCE),
        }
        for code in order
    ]


def gallery_page() -> str:
    """The whole page, in the frame that every page has."""
    clock = SimpleNamespace(
        as_of=DAY,
        is_today=False,
        known_at=None,
        edition=812,
        previous_change=(date(2023, 10, 25), PartialDate.on(date(2023, 10, 25))),
        next_change=(date(2023, 11, 16), PartialDate.on(date(2023, 11, 16))),
        earliest=date(1949, 4, 4),
        latest=date(2026, 12, 31),
    )
    languages = [
        SimpleNamespace(code=code, name=name, url=f"/{code}/")
        for code, name in (("en", "English"), ("fr", "Français"), ("sv", "Svenska"), ("tr", "Türkçe"))
    ]
    request = RequestFactory().get("/", {"as_of": "2023-10-30", "ally": "TUR"})
    values = {
        "site": SimpleNamespace(name="Article 10", base_url="http://article10.test"),
        "clock": clock,
        "twin": "/api/v1/accessions/SWE/?as_of=2023-10-30",
        "languages": languages,
        "section": "accessions",
        "figures": figures(),
        "rows": rows(),
    }
    with override_settings(ROOT_URLCONF="tests.pages.figures.addresses"):
        return engines["django"].from_string(PAGE).render(values, request)

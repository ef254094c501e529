"""Values that views are built from: a fixed sample, and any that people could write."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import Phase
from hypothesis import strategies as st

from models.rules.collaborative.measure import (
    Definition,
    Direction,
    Measure,
    MeasureKind,
    Unit,
    UnitKind,
    Value,
)
from models.rules.collaborative.people import Acting, Collaborative, Member, Role, Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.policy import Kind, sees
from models.rules.report.report import (
    CardLine,
    Change,
    CoachNote,
    Correction,
    Draft,
    Field,
    How,
    Narrative,
    ReportCard,
    ReportForm,
    RollCall,
    Typed,
)

TODAY = date(2026, 11, 3)
AT = datetime(2026, 11, 3, 14, 12, tzinfo=UTC)
OCTOBER = ReportingPeriod(10, date(2026, 10, 1), date(2026, 11, 10), date(2026, 12, 10))
NOVEMBER = ReportingPeriod(11, date(2026, 11, 1), date(2026, 12, 10), date(2027, 1, 9))
COLLABORATIVE = Collaborative(1, 1, "bp", "Blood Pressure 2026", "America/New_York", "C0LCALL")
CEDAR = Team(7, "cedar", "Cedar", "C0CEDAR")
BO = Acting(Member(3, "Bo Chen", "U0BO"), CEDAR, COLLABORATIVE, Role.BACKUP_REPORTER)
CORA = Acting(Member(4, "Cora Diaz", "U0CORA"), CEDAR, COLLABORATIVE, Role.COACH)

CONTROL = Measure(
    21,
    "M1",
    "Blood pressure control",
    MeasureKind.OUTCOME,
    Unit(UnitKind.PERCENT),
    Direction.HIGHER,
    Decimal(80),
    required=True,
    definition=Definition("", "Last reading below 140/90.", "Patients below 140/90", "Patients seen"),
    sampling="20 charts, or all when fewer",
)
COMPLAINTS = replace(
    CONTROL,
    id=23,
    key="M3",
    name="Visit length complaints",
    kind=MeasureKind.BALANCING,
    unit=Unit(UnitKind.COUNT),
    direction=Direction.LOWER,
    goal=None,
    required=False,
)
SEEN = Value(Decimal(42), Decimal(60))
LINE = CardLine(CONTROL, SEEN, "", Value(Decimal(669), Decimal(1000)), "September 2026")
CARD = ReportCard(
    12,
    COLLABORATIVE,
    CEDAR,
    OCTOBER,
    (LINE,),
    Narrative(tested="Cuffs in every room"),
    "Bo Chen",
    on_behalf=False,
    revision=1,
    submitted_at=AT,
)
FORM = ReportForm(
    BO,
    OCTOBER,
    (OCTOBER, NOVEMBER),
    (Field(CONTROL, Value(Decimal(40), Decimal(60)), (), date(2026, 9, 1)), Field(COMPLAINTS, None, ())),
    Draft(),
    kept={},
    edition=0,
)

QUICK = tuple(phase for phase in Phase if phase is not Phase.explain)  # explaining large values takes minutes

EVIL = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S123>",
    "<@U0BO>",
    "<#C0LCALL>",
    "<https://evil.example|https://good.example>",
    "&lt;!channel&gt;",
    "https://evil.example",
    "<!date^0^{date}|x>",
    "*bold* `code` _x_ ~y~",
    "> quote\n```block```",
)
_PIECES = st.one_of(
    st.sampled_from(EVIL), st.text(max_size=30), st.sampled_from(["&" * 50, "<" * 90, "word " * 400])
)


def words(longest: int) -> st.SearchStrategy[str]:
    """Anything a person might write, up to a length; an empty answer too."""
    return st.lists(_PIECES, max_size=4).map(lambda pieces: " ".join(pieces)[:longest])


def names(longest: int = 200) -> st.SearchStrategy[str]:
    """Anything a person or thing might be called."""
    return words(longest).map(lambda name: name.strip() or "Cedar")


numbers = st.one_of(
    st.just(""), st.integers(-9, 10**9).map(str), st.decimals(0, 10**6, places=2).map("{:f}".format)
)
units = st.one_of(
    st.just(Unit(UnitKind.PERCENT)),
    st.builds(Unit, st.just(UnitKind.RATE), st.sampled_from([100, 10_000]), names(80)),
    st.just(Unit(UnitKind.COUNT)),
    st.builds(Unit, st.just(UnitKind.VALUE), st.just(1), words(80)),
)
values = st.builds(
    Value,
    st.decimals(0, 10**6, places=1),
    st.decimals(1, 10**6, places=0),
    is_estimate=st.booleans(),
)


def _measure(number: int) -> st.SearchStrategy[Measure]:
    return st.builds(
        Measure,
        st.just(number),
        st.just(f"M{number}"),
        names(),
        st.sampled_from(MeasureKind),
        units,
        st.sampled_from(Direction),
        st.one_of(st.none(), st.decimals(0, 100, places=1)),
        required=st.booleans(),
        definition=st.builds(Definition, words(500), words(2000), words(2000), words(2000)),
        sampling=words(2000),
    )


def _typed(measure: Measure) -> st.SearchStrategy[Typed]:
    below = numbers if measure.unit.has_denominator else st.just("")
    counted = st.builds(
        Typed, st.just(measure.id), numbers, below, st.sampled_from([How.COUNTED, How.ESTIMATED])
    )
    return st.one_of(
        counted, st.builds(Typed, st.just(measure.id), how=st.just(How.CANNOT), reason=words(200))
    )


narratives = st.builds(Narrative, *[words(500)] * 6)
teams = st.builds(Team, st.just(7), st.just("cedar"), names(), st.just(None))
members = st.builds(Member, st.just(3), names(), st.just("U0BO"))
collaboratives = names().map(lambda name: replace(COLLABORATIVE, name=name))
actings = st.builds(Acting, members, teams, collaboratives, st.sampled_from(Role))


@st.composite
def forms(draw: st.DrawFn) -> ReportForm:
    """Any form, with any draft in it."""
    measures = [draw(_measure(number)) for number in range(1, draw(st.integers(1, 5)) + 1)]
    typed = tuple(draw(_typed(measure)) for measure in measures)
    previous = st.one_of(st.none(), values)
    acting, words_there = draw(actings), draw(narratives)
    return ReportForm(
        acting,
        OCTOBER,
        (OCTOBER, NOVEMBER),
        tuple(Field(measure, draw(previous), ()) for measure in measures),
        Draft(typed, words_there if sees(acting, Kind.COACH_NOTE) else replace(words_there, coach_note="")),
        kept={},
        edition=draw(st.integers(0, 2)),
        saved_at=draw(st.sampled_from([None, AT])),
        reported_at=draw(st.sampled_from([None, AT])),
        reported=draw(st.frozensets(st.sampled_from([10, 11]))),
    )


@st.composite
def cards(draw: st.DrawFn) -> ReportCard:
    """Any card."""
    measures = [draw(_measure(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    value = st.one_of(st.none(), values)
    return ReportCard(
        12,
        COLLABORATIVE,
        draw(teams),
        OCTOBER,
        tuple(CardLine(m, draw(value), draw(words(200)), draw(value), "September 2026") for m in measures),
        draw(narratives),
        draw(names()),
        on_behalf=draw(st.booleans()),
        revision=draw(st.integers(1, 3)),
        submitted_at=AT,
        reported_as=draw(st.sampled_from(["", "coach"])),
    )


_changes = st.builds(Change, names(), words(500), words(500))
corrections = st.builds(
    Correction,
    st.just(12),
    st.just(2),
    names(),
    st.just(AT),
    st.lists(_changes, min_size=1, max_size=9).map(tuple),
)
coach_notes = st.builds(CoachNote, st.just(COLLABORATIVE), teams, st.just(OCTOBER), names(3000))
roll_calls = st.builds(
    RollCall,
    st.just(COLLABORATIVE),
    st.just(OCTOBER),
    st.lists(names(), max_size=20).map(tuple),
    st.integers(60, 90),
    missing=st.lists(names(), max_size=40).map(tuple),
)

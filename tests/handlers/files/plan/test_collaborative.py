"""A collaborative's file: what it means, what is to be mended in it, and what may not come in by it."""

import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files.plan import collaborative as collaborative_file
from handlers.files.plan.problems import UnreadableFileError
from models.rules.charts.run_chart import Rules
from models.rules.collaborative.measure import Unit, UnitKind
from models.rules.collaborative.people import Role
from models.rules.setup.plan import Calendar, RolePlan
from tests.plans import ROOT, changed, guide_text, plan


def problems(text: str | bytes) -> list[str]:
    """What the host reads about a file that is not taken."""
    with pytest.raises(UnreadableFileError) as refused:
        collaborative_file.read(text.encode() if isinstance(text, str) else text)
    return [problem.words() for problem in refused.value.problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_example_of_the_guide_means_what_it_says() -> None:
    """Docs and code agree: the guide's file is read here."""
    read = plan()
    assert (read.key, read.channel) == ("blood-pressure-control", "C0123ABCD")
    assert (len(read.teams), len(read.people)) == (4, 14)
    assert read.calendar == Calendar(date(2026, 4, 1), months=15, due_day=10, lock_days=14)
    assert [(measure.key, measure.goal, measure.required) for measure in read.measures] == [
        ("M1", Decimal(80), True),
        ("M2", Decimal(90), True),
        ("M3", None, False),
    ]
    assert read.measures[2].unit == Unit(UnitKind.COUNT, noun="complaints")
    assert read.teams[3].exceptions == {("M2", False)}
    assert {
        RolePlan("chidi-okafor", Role.REPORTER, "birch"),
        RolePlan("chidi-okafor", Role.LEAD, "birch"),
    } < read.roles
    assert next(person for person in read.people if person.key == "dr-old").slack_user is None


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_every_shipped_example_is_read(file: object) -> None:
    """A host begins with a file that works."""
    assert collaborative_file.read(ROOT.joinpath("examples", str(file)).read_bytes()).teams


def test_a_due_day_of_its_own_is_for_a_month_of_the_run_and_after_it() -> None:
    """What cannot be meant is refused with its place."""
    own = "  moved: [{month: 2031-01, due: 2031-02-12}, {month: 2026-07, due: 2026-07-15}]\n  lock days: 14"
    assert problems(changed(("  lock days: 14", own))) == [
        "Line 15, periods > moved > 1 > month: This month is not one of the collaborative's.",
        "Line 15, periods > moved > 2 > due: A report is due after its month has ended.",
    ]


SIZES = "expected “all”, or a whole number from 1 to 10,000."
EXPECTED = """\
Line 8, time zone: Found “America/New York City”. Did you mean “America/New_York”?
Line 9, channel: is empty. Expected the id of the shared Slack channel, not its #name: {channel}.
Line 14, periods > due day: Found “32”, expected a whole number from 1 to 31.
Line 18: “cordinator” is not known. Did you mean “coordinator”?
Line 22, coaches > cora-diaz > slack: Found “@cora”, expected an id like {person}.
Line 22, coaches > cora-diaz > teams: Found “Ceder”, which is not in this file. Did you mean “Cedar”?
Line 30, teams > cedar > members > 2 > role: Found “bakup reporter”. Did you mean “backup reporter”?
Line 34, teams > birch > members > 1 > name: is missing. Expected a name.
Line 49, measures > m1 > kind: Found “result”. Expected outcome, process or balancing.
Line 50, measures > m1 > unit: Found “rate”, expected {unit}.
Line 67, measures > m2 > definition > denominator: is missing. Expected what it is counted out of.
Line 76, measures > m3 > goal: Found “few”, expected a number like 80 or 7.5.
""".format(
    channel="C0123ABCD (channel details, at the bottom)",
    person="U0123ABCD (in Slack: profile, three dots, Copy member ID)",
    unit="percent, rate per 1,000 patient days, count of visits, or value in minutes",
).splitlines()


def test_all_problems_come_at_once_each_with_its_place_and_what_is_expected() -> None:
    """A host with no time mends the file in one go."""
    text = changed(
        ("time zone: America/New_York", "time zone: America/New York City"),
        ("C0123ABCD            #", "#lc-all"),
        ("due day: 10", "due day: 32"),
        ("coordinator:", "cordinator:"),
        ("slack: U0123CORA", "slack: '@cora'"),
        ("[Cedar, Birch]", "[Ceder, Birch]"),
        ("role: backup reporter", "role: bakup reporter"),
        ("name: Chidi Okafor, ", ""),
        ("kind: outcome", "kind: result"),
        ("unit: percent", "unit: rate"),
        ("      denominator: Visits with a first reading of 140/90 or more\n", ""),
        ("unit: count of complaints\n", "unit: count of complaints\n    goal: few\n"),
    )
    assert problems(text) == EXPECTED


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("U0123BO", "U0123ANA", "U0123ANA is also Ana Lima"),
        ("name: Lena Holt, slack: U0123LENA", "name: Ana Lima, slack: U0123X", "Two people?"),
        ("name: Birch", "name: Cedar", "“cedar” stands in line"),
        ("key: M2", "key: M1", "“M1” stands in line"),
        ("kind: balancing", "kind: balancing\n    kind: outcome", "“kind” stands here and in line"),
        ("Patients whose last", '"\\0"\n      x: ', "holds a sign that cannot be shown"),
        ("name: Birch\n", 'name: "Birch \\e[31m"\n', "“Birch \ufffd[31m” holds a sign that cannot be shown"),
        ("name: Birch\n", 'name: "\\ud800"\n', "holds a sign that cannot be shown"),
        ("name: Birch\n", 'name: "Bir\\u200cch"\n', "holds a sign that cannot be shown"),
        ("unit: percent", "unit: rate per 9,999,999,999 days", "expected percent, rate per 1,000"),
        *(
            (
                "sample size: 20",
                f"sample size: {size}",
                f"Found “{size}”, expected “all”, or a whole number from 1",
            )
            for size in ("0", "-20", "20.5", "10001", "20 charts", "some")
        ),
        ("goal: 80", "goal: 120", "expected a percentage up to 100"),
        ("- {name: Ana Lima, slack: U0123ANA, role: reporter}", "- Ana Lima", "Expected “- name: …”."),
        ("[Repeat blood pressure taken]", "[M2]\n    required measures: [M2]", "stands under both"),
        ("host: {name: Hana Novak, slack: U0123HANA}", "host: Hana Novak", "Expected “- name: …”."),
    ],
    ids=str,
)
def test_what_contradicts_itself_is_refused(old: str, new: str, words: str) -> None:
    """Two people of one id, two teams of one name and the like would mix up what belongs to whom."""
    assert any(words in sentence for sentence in problems(changed((old, new))))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("- a\n- b\n", "Line 1: Expected keys like “name: …” at the left margin."),
        ("name: [a\n", "Line 2: This cannot be read"),
        ("name: Cedar: the team\n", "A text with a colon in it needs quotes around it."),
        ("name: a\n\tkey: b\n", "Line 2: This cannot be read"),
        (b"name: \xff\xfe\n", "The file is not text in UTF-8: save it as UTF-8."),
        (b"PK\x03\x04\x00\x00", "This is no YAML"),
        ("name: a\n---\nname: b\n", "Remove the line “---”."),
    ],
)
def test_what_is_no_yaml_is_refused_in_words(text: str | bytes, sentence: str) -> None:
    """A syntax error names its line and the usual cause."""
    (found,) = problems(text)
    assert sentence in found


ALIAS_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join(f'*{before}' for _ in range(9))}]\n"
    for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("bomb", "sentence"),
    [
        (ALIAS_BOMB, "Line 1: “&” and “*” names are not taken"),
        ("name: *other\n", "Line 1: “&” and “*” names are not taken"),
        ("name: &here x\n<<: *here\n", "Line 1: “&” and “*” names are not taken"),
        ("name: !!python/object/apply:os.system ['true']\n", "Line 1: “!” tags are not taken"),
        ("name: !!str x\n", "Line 1: “!” tags are not taken"),
        ("name: !mine x\n", "Line 1: “!” tags are not taken"),
        ("[" * 100_000, "Line 1: There are more than 20 levels."),
        ("{a: " * 50_000, "Line 1: There are more than 20 levels."),
        ("".join(f"{' ' * depth}a:\n" for depth in range(600)), "Line 20: There are more than 20 levels."),
        ("a: " + "x" * 256 * 1024, "The file is larger than 256 KB."),
    ],
    ids=["billion laughs", "alias", "merge", "python", "str", "own", "lists", "maps", "indented", "large"],
)
def test_a_bomb_is_refused_at_once(bomb: str, sentence: str) -> None:
    """Security: no aliases, anchors or tags; at most 256 KB and 20 levels (ASVS 1.5.2)."""
    began = time.thread_time()  # of the processor: a busy machine is no fault
    (found,) = problems(bomb)
    assert found.startswith(sentence)
    assert time.thread_time() - began < 1


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_comes_in_a_file_is_read_or_refused_in_words(data: bytes) -> None:
    """No input makes anything but a refusal."""
    with pytest.raises(UnreadableFileError):
        collaborative_file.read(data)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_words(data: st.DataObject) -> None:
    """A slip of the hand anywhere in a good file ends in a plan or in sentences, never in a fault."""
    text = guide_text()
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    slip = data.draw(st.text("\n\t -:[]{}\"'&*!%#|>ab1é", max_size=6))
    slipped = (text[:at] + slip + text[at + length :]).encode()
    with suppress(UnreadableFileError):
        assert collaborative_file.read(slipped).key


def test_a_coach_reads_the_digest_at_a_time_of_their_own() -> None:
    """A weekday and a full hour; anything else is refused with its line."""
    cora = "slack: U0123CORA, teams: [Cedar, Birch]"
    times = {person.name: person.digest for person in plan((cora, f"{cora}, digest: tue 7")).people}
    assert times["Cora Diaz"] == "Tuesday 7:00"
    assert times["Ben Adler"] == ""
    with pytest.raises(UnreadableFileError) as refused:
        plan((cora, f"{cora}, digest: at noon"))
    [problem] = refused.value.problems
    assert problem.sentence == "Found “at noon”, expected a weekday and a full hour like Monday 8:00."


def test_reading_files_is_not_part_of_starting() -> None:
    """YAML and Excel come in with the first file, not with the bot (goal G8)."""
    code = (
        "import sys, handlers.files.plan.collaborative, handlers.files.history, bot.load\n"
        "print(sorted({'yaml', 'openpyxl', 'matplotlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our code
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("line", "named"), [("", False), ("roll call: counts", False), ("roll call: names", True)]
)
def test_a_host_chooses_whether_the_roll_call_names_the_missing(line: str, named: bool) -> None:  # noqa: FBT001 - a row of the table
    """They are counted unless the file says otherwise."""
    assert collaborative_file.read(f"{line}\n{guide_text()}".encode()).names_missing is named


@pytest.mark.parametrize(
    ("line", "ahead"), [("", False), ("signals: at once", False), ("signals: coach first", True)]
)
def test_a_host_chooses_whether_the_coach_hears_of_signals_first(line: str, ahead: bool) -> None:  # noqa: FBT001 - a row of the table
    """At once unless the file says otherwise."""
    assert collaborative_file.read(f"{line}\n{guide_text()}".encode()).coach_first is ahead
    assert problems(f"signals: coach frist\n{guide_text()}") == [
        "Line 1, signals: Found “coach frist”. Did you mean “coach first”?"
    ]


@pytest.mark.parametrize(
    ("line", "rules"),
    [("", Rules.ANHOEJ), ("rules: ihi", Rules.IHI), ("rules: IHI with trend", Rules.IHI_TREND)],
)
def test_a_host_chooses_the_rules_of_the_run_charts(line: str, rules: Rules) -> None:
    """Anhøj's unless the file says otherwise."""
    assert collaborative_file.read(f"{line}\n{guide_text()}".encode()).rules is rules
    assert problems(f"rules: ihy\n{guide_text()}") == ["Line 1, rules: Found “ihy”. Did you mean “ihi”?"]

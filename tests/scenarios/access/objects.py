"""One of each kind of object for each team, each with a word of its own, and everybody who comes for it."""

from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, update

from models.rules.charts.charts import MarkKind, Wish
from models.rules.coaching.feedback import FeedbackWords
from models.rules.collaborative.aim import Aim
from models.rules.collaborative.people import Role, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.pdsa.cycle import Answers
from models.rules.reminders.expectation import Said
from models.rules.report.report import Draft, Narrative
from models.services.charts import marks
from models.services.coaching import feedback
from models.services.collaborative import visitors
from models.services.delivery import accounts
from models.services.pdsa import writing
from models.services.reminders import expectations
from models.services.report import taking_out
from models.services.report.drafts import save_draft
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.collaborative import collaboratives
from models.tables.feedback import dismissals, talks
from models.tables.measure import measures
from models.tables.people import members, roles
from models.tables.reminder import milestones
from tests.cast import FIRST_MONTH, leave, withdraw
from tests.clock import T0
from tests.handlers.stage import Stage
from tests.services.sending import entries

AUGUST = datetime(2026, 8, 11, 14, 5, tzinfo=T0.tzinfo)  # July was due yesterday
TEAMS = {
    "Cedar": ("Bo", "Cora"),
    "Birch": ("Chidi", "Cora"),
    "Dogwood": ("Dana", "Ben"),
    "Elm": ("Eve", "Hana"),
}
MORE_PEOPLE = (  # beside the cast
    ("Lea", Role.LEAD, "Cedar"),
    ("Sam", Role.SPONSOR, "Cedar"),
    ("Tim", Role.TEAM_MEMBER, "Birch"),
    ("Mia", Role.COACH, "Dogwood"),
    ("Mia", Role.REPORTER, "Birch"),
    ("Fred", Role.REPORTER, "Cedar"),
    ("Carl", Role.COACH, "Cedar"),
    ("Hugo", Role.HOST, None),
    ("Cob", Role.COACH, "Elm"),
)
LEFT = ("Fred", "Carl", "Hugo")
NOBODY_HERE = ("Otto", "Gus")  # in the workspace, in no collaborative; a guest
SHARED = ("words", "old words", "reason", "mark", "test")  # of a team, for all who take part
OF_TEAM = (
    *SHARED,
    "note",
    "old note",
    "expectation",
    "feedback",
    "aside",
    "talk",
    "draft",
    "taken out",
    "planned test",
)
OF_ALL = ("milestone", "aim", "definition")


def word(kind: str, team: str) -> str:
    """What stands in an object of a team and nowhere else."""
    return f"zq{kind.replace(' ', '')}{team.lower()}"


def lay_out(stage: Stage) -> None:
    """All objects, and then the people who left, and the team that withdrew."""
    for name in sorted({name for name, *_ in MORE_PEOPLE}.union(NOBODY_HERE)):
        person = stage.slack.add_person(name.lower(), real_name=name)
        stage.cast.slack[name] = person.id  # type: ignore[index]
        if name not in NOBODY_HERE:
            person.join(stage.channel)
    stage.db.write(lambda db: _people(db, stage))
    for name in LEFT:
        stage.db.write(lambda db, n=name: leave(db, stage.cast, n, T0.date()))
    for team, (reporter, coach) in TEAMS.items():
        _reported(stage, team, reporter, coach)
    stage.db.write(lambda db: _frame(db, stage))
    stage.deliver()
    stage.slack.advance((AUGUST - T0).total_seconds())
    for team, (reporter, _) in TEAMS.items():
        stage.db.write(lambda db, t=team, r=reporter: _expected(db, stage, t, r))
    stage.db.write(lambda db: withdraw(db, stage.cast, "Elm", AUGUST.date()))
    stage.deliver()


def _people(db: Connection, stage: Stage) -> None:
    scope = {"collaborative_id": stage.cast.collaborative.id}
    ids: dict[str, int] = {}
    for name, role, team in MORE_PEOPLE:
        if name not in ids:
            row = {**scope, "key": name.lower(), "name": name, "slack_user": stage.cast.slack[name]}
            ids[name] = db.execute(insert(members).returning(members.c.id), row).scalar_one()
        held = {"member_id": ids[name], "team_id": stage.cast.teams.get(team or ""), "role": role}
        db.execute(insert(roles), {**scope, **held, "joined_on": FIRST_MONTH})
    stage.cast.members.update(ids)  # type: ignore[attr-defined]
    accounts.expect(db, stage.cast.collaborative.id)


def _who(stage: Stage, name: str) -> Visitor:
    return Visitor(stage.slack.app["team_id"], stage.cast.slack[name])


def _reported(stage: Stage, team: str, reporter: str, coach: str) -> None:
    team_id, june = stage.cast.teams[team], stage.cast.periods["June 2026"]

    def send(db: Connection, age: str) -> int:
        acting = visitors.insist(db, _who(stage, reporter), Deed.REPORT, team_id)
        words = Narrative(
            word(f"{age}words", team), unintended=word("taken out", team), coach_note=word(f"{age}note", team)
        )
        values = entries(stage.cast, M1="42/60", M2=word("reason", team))
        return submit(db, form_for(db, acting, T0, june), values, words, T0).report_id

    def advise(db: Connection, report_id: int) -> None:
        acting = visitors.insist(db, _who(stage, coach), Deed.GIVE_FEEDBACK, team_id)
        feedback.give(db, acting, report_id, FeedbackWords(word("feedback", team)), T0)
        wish = Wish(MarkKind.NOTE, date(2026, 6, 1), word("mark", team))
        marks.set_mark(db, acting, stage.cast.measures["M1"], wish, T0)
        row = {
            "collaborative_id": stage.cast.collaborative.id,
            "team_id": team_id,
            "member_id": acting.member.id,
            "at": AUGUST,
            "words": "It was quiet.",
        }
        db.execute(insert(dismissals), {**row, "episode": "quiet:2026-05", "reason": word("aside", team)})
        talk = {"about": "quiet:2026-05", "outcome": "plan", "agreed": word("talk", team)}
        db.execute(insert(talks), {**row, **talk})

    stage.db.write(lambda db: send(db, "old "))
    report_id = stage.db.write(lambda db: send(db, ""))
    stage.db.write(lambda db: advise(db, report_id))
    stage.db.write(lambda db: _tested(db, stage, team, reporter))
    acting = stage.db.read(lambda db: taking_out.of_report(db, _who(stage, reporter), report_id)).acting
    stage.db.write(lambda db: taking_out.take_out(db, acting, report_id, {"unintended"}, T0))


def _tested(db: Connection, stage: Stage, team: str, reporter: str) -> None:
    """A test that runs, and one that is planned."""
    acting = visitors.insist(db, _who(stage, reporter), Deed.TEST_CHANGE, stage.cast.teams[team])
    for kind in ("test", "planned test"):
        begun = writing.Begun(word(kind, team), None, Answers(change=word(kind, team)))
        cycle_id = writing.begin(db, acting, begun, T0)
        if kind == "test":
            writing.start(db, acting, cycle_id, T0)


def _expected(db: Connection, stage: Stage, team: str, reporter: str) -> None:
    acting = visitors.insist(db, _who(stage, reporter), Deed.REPORT, stage.cast.teams[team])
    july, reason = stage.cast.periods["July 2026"], word("expectation", team)
    expectations.say(db, acting, july, Said.HELP, reason=reason, now=AUGUST)
    form = form_for(db, acting, AUGUST, july)
    half = replace(form, draft=Draft((), Narrative(word("draft", team))))
    save_draft(db, half, AUGUST)


def _frame(db: Connection, stage: Stage) -> None:
    row = {"collaborative_id": stage.cast.collaborative.id, "key": "m", "due_on": date(2026, 9, 1)}
    db.execute(insert(milestones), {**row, "what": word("milestone", "all")})
    aim = Aim(word("aim", "all"), "August 2027", "80%", "M1")
    there = collaboratives.c.id == stage.cast.collaborative.id
    db.execute(update(collaboratives).where(there).values(aim=asdict(aim)))
    db.execute(update(measures).values(operational=word("definition", "all")))

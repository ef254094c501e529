"""Years on: what was let go is missed by nobody who goes on with what stands in the channel."""

from datetime import timedelta

from sqlalchemy import Connection

from handlers.registry import LETTING_GO
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Narrative
from models.services.collaborative import visitors
from models.services.report.form import form_for
from models.services.report.submit import submit
from models.tables.outbox import outbox_messages
from tests.handlers.stage import Stage
from tests.services.sending import entries


def report(stage: Stage, name: str, control: str) -> None:
    """Send, or correct, Cedar's report of June."""
    cast, now = stage.cast, stage.clock.now()

    def unit(db: Connection) -> None:
        who = cast.visitor(name)
        acting = visitors.insist(
            db, type(who)(stage.slack.app["team_id"], who.slack_user), Deed.REPORT, cast.teams["Cedar"]
        )
        form = form_for(db, acting, now, cast.periods["June 2026"])
        submit(db, form, entries(cast, M1=control, M2="18/20"), Narrative(), now)

    stage.db.write(unit)
    stage.deliver()


def test_a_correction_a_year_later_edits_the_card_where_it_stands(stage: Stage) -> None:
    """Its messages are gone from the outbox, its post is known: no second card."""
    report(stage, "Bo", "42/60")
    stage.slack.advance(timedelta(days=400).total_seconds())
    LETTING_GO.turn(stage.deps)
    assert stage.count(outbox_messages) == 0
    report(stage, "Hana", "45/60")
    card = stage.post(stage.person("Ana"), "Cedar reported June")
    assert "75" in card.all_text

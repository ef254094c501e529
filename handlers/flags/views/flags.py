"""Flags in words with the facts behind them, the form that puts one aside, and those seen to before."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from handlers.slack.action_ids import FLAG_DISMISS, FLAG_FORM, REPORT_OPEN
from handlers.slack.blocks import Block, View, button, context, modal, section
from handlers.slack.buttons import open_button, talk_button
from handlers.slack.ids import packed, unpacked
from handlers.slack.inputs import Question, typed
from handlers.slack.place_words import who_reads
from handlers.slack.talk_words import talk_words
from handlers.slack.words import escape_to_fit, moment, safe_name
from models.rules.charts.choice import ChartChoice
from models.rules.coaching.flags import Dismissed, Flag, FlagKind
from models.rules.coaching.talks import Talk

REASON_LIMIT = 300
MOST_SHOWN = 40  # of those put aside, the latest; two blocks each, and Slack takes 100
ONLY_YOU = "Only the team's coaches and the host see this. A flag is a question to ask, not a mark."
_FACTS = 1500


class Dismissal(NamedTuple):
    """Which flag is put aside, both hints, and why."""

    team_id: int
    episode: str
    reason: str


def flag_words(flag: Flag, *more: str) -> str:
    """Say a flag, its facts, and more that is known, escaped."""
    name, facts = safe_name(flag.team.name), escape_to_fit(flag.facts, _FACTS)
    return "\n".join([f"*{name}: {flag.title}*", facts, *more])


def flag_buttons(flag: Flag, collaborative_id: int) -> tuple[Block, ...]:
    """What can be done about a flag: look at what it speaks of, note a talk, put it aside."""
    aside = button("Put aside", FLAG_DISMISS, packed(flag.team.id, flag.episode))
    return (_look(flag, collaborative_id), talk_button(flag.team.id, flag.episode), aside)


def dismiss_form(flag: Flag) -> View:
    """Ask why a flag can be put aside."""
    readers = who_reads("you, the other coaches of this team and the host. The team does not see it.")
    question = Question("reason", "Why can it be put aside?").text(most=REASON_LIMIT)
    stays = context("It stays aside for as long as it lasts. If it begins anew, you will see it again.")
    return modal(
        "Put a flag aside",
        [section(flag_words(flag)), readers, question, stays],
        callback_id=FLAG_FORM,
        private_metadata=packed(flag.team.id, flag.episode),
        submit="Put aside",
        close="Cancel",
    )


def read_dismissal(view: View) -> Dismissal:
    """Read the form."""
    team_id, episode = unpacked(view["private_metadata"], int, str)
    return Dismissal(team_id, episode, typed(view, "reason"))


def aside_view(dismissed: Sequence[Dismissed], had: Sequence[Talk], today: date) -> View:
    """Show what was put aside or talked about, the latest first: what, by whom, when and why."""
    shown = [(each.at, (each.team, each.words, _why(each))) for each in dismissed]
    shown += [(each.at, (each.team.name, each.words, talk_words(each, today))) for each in had]
    blocks: list[Block] = []
    for _, (team, words, signed) in sorted(shown, reverse=True)[:MOST_SHOWN]:
        blocks += [section(f"*{safe_name(team)}* {escape_to_fit(words, _FACTS)}"), context(signed)]
    return modal("Seen to before", blocks or [section("Nothing was seen to yet.")], close="Close")


def _why(each: Dismissed) -> str:
    by, reason = safe_name(each.by), escape_to_fit(each.reason, 1000)
    return f"{by} put it aside, {moment(each.at)}: {reason}"


def _look(flag: Flag, collaborative_id: int) -> Block:
    """The chart of a measure, else the last report; where none came, the form to report for the team."""
    if flag.measure_id is not None:
        return open_button(ChartChoice(collaborative_id, flag.team.id, flag.measure_id))
    words = "Report for them" if flag.kind is FlagKind.SILENT else "Open report"
    return button(words, REPORT_OPEN, packed(flag.team.id, flag.period_id))

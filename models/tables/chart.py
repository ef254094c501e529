"""What people mark on a team's run chart, the signals found in it, and the teams to look at."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from models.tables.base import Instant, belongs_to, by_member, of_collaborative

chart_marks = of_collaborative(
    "chart_marks",
    belongs_to("teams"),
    belongs_to("measures", nullable=True),  # None: a cycle or note on all charts of the team
    Column("kind", String(16), nullable=False),  # baseline, phase, cycle, note
    # the last month of a baseline, the first of a phase or cycle, the one a note is about
    belongs_to("reporting_periods", "period_id"),
    belongs_to("reporting_periods", "first_period_id", nullable=True),  # the first month of a baseline
    Column("words", Text, nullable=False),  # why, or what a note says
    by_member(),  # who set it
    Column("at", Instant, nullable=False),
    by_member("ended_by_id", nullable=True),  # a mark taken back is kept: it is history
    Column("ended_at", Instant),
    Column("ended_why", Text, nullable=False, default=""),
    Index("ix_chart_marks_team_id_measure_id", "team_id", "measure_id"),
)

signals = of_collaborative(
    "signals",
    belongs_to("teams"),
    belongs_to("measures"),
    Column("frame", String(40), nullable=False),  # a phase, a baseline, or "": all months
    Column("turn", Integer, nullable=False),  # 1: the first told in this frame; the next points the other way
    Column("side", Integer, nullable=False),  # where the values went: +1 up, -1 down
    Column("is_good", Boolean, nullable=False),
    Column("words", Text, nullable=False),  # what was to be said when it was found
    Column("found_at", Instant, nullable=False),
    UniqueConstraint("team_id", "measure_id", "frame", "turn"),
)

signal_looks = of_collaborative(
    "signal_looks",
    belongs_to("teams"),  # whose charts changed, and are to be looked at: one row a change, gone when seen
    Column("of_earlier", Boolean, nullable=False),  # earlier months came in: what lies behind is not told
    Column("look_at", Instant, nullable=False, index=True),  # who has it in hand puts it off
)

"""Reports, their values, and what was changed afterwards."""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Text, UniqueConstraint

from models.tables.base import Exact, Instant, belongs_to, by_member, of_collaborative, texts

reports = of_collaborative(
    "reports",
    belongs_to("teams"),
    belongs_to("reporting_periods", "period_id"),
    Column("revision", Integer, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("on_behalf", Boolean, nullable=False),
    by_member(),  # who sent the first
    Column("submitted_at", Instant, nullable=False),
    *texts("tested", "improved", "barriers", "unintended", "help_needed", "coach_note"),
    Column("note_revision", Integer, nullable=False, default=0),  # how often the note changed; peers see none
    UniqueConstraint("team_id", "period_id"),
)

measure_values = of_collaborative(
    "measure_values",
    belongs_to("teams"),
    belongs_to("measures"),
    belongs_to("reporting_periods", "period_id"),
    belongs_to("reports", nullable=True),  # None: history loaded from a file
    Column("numerator", Exact),  # None: cannot be reported, `reason` says why
    Column("denominator", Exact),
    Column("sample_size", Integer),  # of the measure as the value came in; None: nobody said by then
    Column("is_estimate", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("team_id", "measure_id", "period_id"),
)

corrections = of_collaborative(
    "corrections",
    belongs_to("reports"),
    Column("revision", Integer, nullable=False),
    by_member(),
    Column("role", String(32), nullable=False),  # as what they corrected it
    Column("at", Instant, nullable=False),
    Column("changes", JSON, nullable=False),  # [{"subject", "old", "new"}]
    UniqueConstraint("report_id", "revision"),
)

note_changes = of_collaborative(  # of the coach's note: apart from the corrections, which all teams read
    "note_changes",
    belongs_to("reports"),
    Column("revision", Integer, nullable=False),
    by_member(),
    Column("at", Instant, nullable=False),
    *texts("old", "new"),
    UniqueConstraint("report_id", "revision"),
)

words_taken_out = of_collaborative(  # for good: that they were, and none of them
    "words_taken_out",
    belongs_to("reports"),
    Column("field", String(40), nullable=False),  # an answer's name, or "reason:7" of measure 7
    by_member(),
    Column("at", Instant, nullable=False),
    Column("swept_at", Instant, index=True),  # when they were in none of the files' bytes; None: they may be
)

value_changes = of_collaborative(  # of values a table gave: given anew by another, or reported by the team
    "value_changes",
    belongs_to("teams"),
    belongs_to("measures"),
    belongs_to("reporting_periods", "period_id"),
    by_member(nullable=True),  # None: a file that was loaded where the bot runs
    Column("at", Instant, nullable=False),
    *texts("old", "new"),
)

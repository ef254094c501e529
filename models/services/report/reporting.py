"""A monthly report: open the form, keep a draft, submit or correct it, and read back what others see."""

from models.services.report.cards import card, coach_note, correction
from models.services.report.drafts import save_draft
from models.services.report.form import form_for
from models.services.report.submit import submit

__all__ = [
    "card",
    "coach_note",
    "correction",
    "form_for",
    "save_draft",
    "submit",
]

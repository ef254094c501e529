"""Reads what came as a request of Slack's; what is none becomes an empty one, which nobody listens for."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field
from slack_bolt import BoltRequest

# What Bolt and the listeners take for granted, by kind; whatever else there is passes.


Address = Annotated[str, Field(pattern="^https?://")]


class Person(BaseModel):
    id: str


class Team(BaseModel):
    id: str


class Option(BaseModel):
    value: str


class Answer(BaseModel):
    value: str | None = None
    selected_option: Option | None = None


class Action(Answer):
    action_id: str


class Answers(BaseModel):
    values: dict[str, dict[str, Answer]]


class View(BaseModel):
    callback_id: str
    private_metadata: str
    state: Answers


class PressedIn(BaseModel):
    state: Answers | None = None


class Interaction(BaseModel):
    user: Person
    team: Team | None = None  # of nobody where a whole organization has the app
    trigger_id: str
    response_url: Address | None = None


class Submission(Interaction):
    view: View


class Press(Interaction):
    actions: Annotated[list[Action], Field(min_length=1)]
    state: Answers | None = None  # of what stands in a message
    view: PressedIn | None = None


class Closing(BaseModel):
    view: dict[str, Any]


class Event(BaseModel):
    type: str


class News(BaseModel):
    event: Event


class Command(BaseModel):
    command: str
    user_id: str
    team_id: str
    response_url: Address | None = None


class TlsCheck(BaseModel):
    ssl_check: str


class Other(BaseModel):
    type: str


FORMS: Mapping[str, type[BaseModel]] = {"command": Command, "ssl_check": TlsCheck}
KINDS: Mapping[str, type[BaseModel]] = {
    "view_submission": Submission,
    "block_actions": Press,
    "view_closed": Closing,
    "event_callback": News,
}


def read(**sent: Any) -> BoltRequest:
    """Return Bolt's request of what was sent, or an empty one: Bolt breaks on a body that is none."""
    try:
        request = BoltRequest(**sent)
        _kind(request.body).model_validate(request.body)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return BoltRequest(**{**sent, "body": ""})
    return request


def _kind(body: Mapping[str, Any]) -> type[BaseModel]:
    form = next((kind for field, kind in FORMS.items() if field in body), None)
    return form or KINDS.get(body["type"], Other)

"""Settings: name, default and help of each variable; one error lists all that is missing or wrong."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, LiteralString, TypeVar

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from models.errors import DomainError

FILE = Path(".env")
HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63})*"
IPV6 = r"[\da-fA-F:]{2,39}(?:%\w{1,15})?"
LAST_PORT = 65535
LONGEST = 1000  # characters
QUOTES = ("'", '"')
_COMMANDS = ("report_command", "momentum_command")  # each later one has another name than these

Text = TypeVar("Text", str, SecretStr)


def _form(pattern: str, words: LiteralString) -> AfterValidator:
    """Refuse a value of another form in these words; what stood there is not repeated."""

    def check(value: Text) -> Text:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text, re.ASCII):
            raise PydanticCustomError("form", words)
        return value

    return AfterValidator(check)


SlashCommand = Annotated[
    str, _form(r"/[a-z0-9_-]{1,31}", "must be a slash and up to 31 of a-z, 0-9, - and _")
]
ListeningHost = Annotated[
    str, _form(rf"{HOST}|{IPV6}", "must be an address such as 127.0.0.1 or ::, or a name")
]
BotToken = Annotated[
    SecretStr, _form(r"xoxb-[\w-]+", "must begin with xoxb- and have only letters, digits, - and _")
]
AppToken = Annotated[
    SecretStr, _form(r"xapp-[\w-]+", "must begin with xapp- and have only letters, digits, - and _")
]
SigningSecret = Annotated[SecretStr, _form(r"[\w-]+", "must have only letters, digits, - and _")]


def _api_url(url: str) -> str:
    match = re.fullmatch(rf"https?://{HOST}(?::(\d{{1,5}}))?(?:/[\w./-]*)?", url, re.ASCII)
    if not match or int(match[1] or 0) > LAST_PORT:
        raise PydanticCustomError("address", "must be an address such as https://slack.com/api/")
    return url.removesuffix("/") + "/"


def _database_url(url: str) -> str:
    from models import engines  # noqa: PLC0415 - it takes SQLAlchemy along, and --help answers at once

    try:
        engines.named(url)
    except DomainError:
        words = "cannot be read; in a password write @ as %40, / as %2F and : as %3A"
        raise PydanticCustomError("database", words) from None
    return url


ApiUrl = Annotated[str, AfterValidator(_api_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]


class SettingsError(Exception):
    """All that is missing or wrong in the environment, a line each."""


class Settings(BaseModel):
    """The settings of the program."""

    slack_bot_token: BotToken = Field(
        description="The bot token (xoxb-...), from OAuth & Permissions on the app's page."
    )
    slack_app_token: AppToken | None = Field(
        default=None,
        description="The app-level token (xapp-...) with connections:write. When set, Socket Mode is used.",
    )
    slack_signing_secret: SigningSecret | None = Field(
        default=None,
        validate_default=True,
        description="The signing secret, from Basic Information. Needed when Slack calls over HTTP.",
    )
    slack_api_url: ApiUrl = Field(
        default="https://slack.com/api/", description="Another Slack to talk to, such as the playground."
    )
    database_url: DatabaseUrl = Field(
        default="sqlite:///momentum.db",
        repr=False,  # it may hold a password
        description="Where the records are kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    host: ListeningHost = Field(default="0.0.0.0", description="The address to listen on for HTTP.")  # noqa: S104  a container's port is opened from outside
    port: int = Field(default=3000, ge=0, le=LAST_PORT, description="The port to listen on for HTTP.")
    health_host: ListeningHost = Field(
        default="127.0.0.1",
        description="The address /healthz, /readyz and /metrics listen on, with HEALTH_PORT.",
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=LAST_PORT,
        description="A port of their own for /healthz, /readyz and /metrics. "
        "Unset, there are none of them, but /healthz on PORT with HTTP.",
    )
    report_command: SlashCommand = Field(
        default="/report",
        description="The name of /report, should another app own it: change manifest.yml too.",
    )
    momentum_command: SlashCommand = Field(
        default="/momentum", description="The name of /momentum. Change manifest.yml too."
    )
    pdsa_command: SlashCommand = Field(
        default="/pdsa", description="The name of /pdsa. Change manifest.yml too."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="One JSON object a line, or text for a person."
    )

    @field_validator("*", mode="before")
    @classmethod
    def _is_a_line(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value[:1] in QUOTES or value[-1:] in QUOTES:
            raise PydanticCustomError("quotes", "must stand without quotes")
        if len(value) > LONGEST or not value.isprintable():
            raise PydanticCustomError("line", "must be one line, and no longer than 1000 characters")
        return value

    @field_validator("slack_signing_secret")
    @classmethod
    def _slack_can_reach_us(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if not secret and info.data.get("slack_app_token", "a wrong one") is None:
            raise PydanticCustomError("way_in", "set SLACK_APP_TOKEN (Socket Mode) or this one (HTTP)")
        return secret

    @field_validator("momentum_command", "pdsa_command")
    @classmethod
    def _is_another_command(cls, name: str, info: ValidationInfo) -> str:
        taken = [field for field in _COMMANDS if field != info.field_name and info.data.get(field) == name]
        if taken:
            raise PydanticCustomError("taken", "must differ from {field}", {"field": taken[0].upper()})
        return name


def read_settings() -> Settings:
    """Read the environment, and the file .env for what is not set there; a blank is not set.

    Raises SettingsError, naming every variable that is missing or wrong.
    """
    try:
        sources = (dotenv_values(FILE), os.environ)
        stripped = ((name.lower(), (text or "").strip()) for each in sources for name, text in each.items())
        return Settings.model_validate({name: text for name, text in stripped if text})
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{FILE.absolute()} cannot be read: it must be text, in UTF-8.") from None
    except ValidationError as wrong:
        raise SettingsError("\n".join(_lines(wrong))) from None


def _lines(wrong: ValidationError) -> Iterator[str]:
    errors = wrong.errors(include_input=False, include_url=False)
    if any(error["type"] in {"missing", "way_in"} for error in errors) and not FILE.exists():
        yield f"There is no file {FILE.absolute()}."
    for error in errors:
        (name,) = error["loc"]
        is_missing = error["type"] == "missing"
        trouble = " is not set" if is_missing else f": {error['msg'].removeprefix('Input ')}"
        yield f"{str(name).upper()}{trouble}. {Settings.model_fields[str(name)].description}"

"""Settings: name, default and help of each variable; one error lists all that is missing or wrong."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

SlashCommand = Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]


class SettingsError(Exception):
    """All that is missing or wrong in the environment, a line each."""


class Settings(BaseSettings):
    """The settings of the program, read from the environment or a file named .env."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr = Field(
        description="The bot token (xoxb-...), from OAuth & Permissions on the app's page."
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="The app-level token (xapp-...) with connections:write. When set, Socket Mode is used.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="The signing secret, from Basic Information. Needed when Slack calls over HTTP.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Another Slack to talk to, such as the playground."
    )
    database_url: str = Field(
        default="sqlite:///momentum.db",
        description="Where the records are kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    host: str = Field(default="0.0.0.0", description="The address to listen on for HTTP.")  # noqa: S104  a container's port is opened from outside
    port: int = Field(default=3000, ge=0, le=65535, description="The port to listen on for HTTP.")
    report_command: SlashCommand = Field(
        default="/report",
        description="The name of /report, should another app own it: change manifest.yml too.",
    )
    momentum_command: SlashCommand = Field(
        default="/momentum", description="The name of /momentum. Change manifest.yml too."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="One JSON object a line, or text for a person."
    )

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _has_its_prefix(cls, token: SecretStr | None, info: object) -> SecretStr | None:
        prefix = "xoxb-" if getattr(info, "field_name", "") == "slack_bot_token" else "xapp-"
        if token and not token.get_secret_value().startswith(prefix):
            raise PydanticCustomError("prefix", "must begin with {prefix}", {"prefix": prefix})
        return token

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, url: str) -> str:
        return url if url.endswith("/") else f"{url}/"

    @model_validator(mode="after")
    def _slack_can_reach_us(self) -> "Settings":
        if not (self.slack_app_token or self.slack_signing_secret):
            raise PydanticCustomError(
                "way_in", "set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
            )
        return self


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: naming every variable that is missing or wrong.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic fills the required fields from the environment
    except ValidationError as wrong:
        raise SettingsError("\n".join(_lines(wrong))) from None


def _lines(wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in error["loc"]).upper()
        if error["type"] == "missing":
            yield f"{name} is not set. {Settings.model_fields[name.lower()].description}"
        else:
            yield f"{name}: {error['msg']}" if name else error["msg"]

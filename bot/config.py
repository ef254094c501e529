"""Settings: name, default and help of each variable; one error lists all that is missing or wrong."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


def _slash_command(name: str) -> str:
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", name):
        raise PydanticCustomError("command", "must be a slash and up to 31 of a-z, 0-9, - and _")
    return name


SlashCommand = Annotated[str, AfterValidator(_slash_command)]


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
        validate_default=True,
        description="The signing secret, from Basic Information. Needed when Slack calls over HTTP.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Another Slack to talk to, such as the playground."
    )
    database_url: str = Field(
        default="sqlite:///momentum.db",
        repr=False,  # it may hold a password
        description="Where the records are kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    host: str = Field(default="0.0.0.0", description="The address to listen on for HTTP.")  # noqa: S104  a container's port is opened from outside
    port: int = Field(default=3000, ge=0, le=65535, description="The port to listen on for HTTP.")
    health_host: str = Field(
        default="127.0.0.1",
        description="The address /healthz, /readyz and /metrics listen on, with HEALTH_PORT.",
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="A port of their own for /healthz, /readyz and /metrics. "
        "Unset, they are on PORT with HTTP, and nowhere with Socket Mode.",
    )
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
    def _has_its_prefix(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        prefix = "xoxb-" if info.field_name == "slack_bot_token" else "xapp-"
        if token and not token.get_secret_value().startswith(prefix):
            raise PydanticCustomError("prefix", "must begin with {prefix}", {"prefix": prefix})
        return token

    @field_validator("slack_signing_secret")
    @classmethod
    def _slack_can_reach_us(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if not secret and info.data.get("slack_app_token", "a wrong one") is None:
            raise PydanticCustomError("way_in", "set this one (HTTP) or SLACK_APP_TOKEN (Socket Mode)")
        return secret

    @field_validator("slack_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise PydanticCustomError("address", "must begin with https:// or http://")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("database_url")
    @classmethod
    def _is_a_database_we_know(cls, url: str) -> str:
        if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", url):
            raise PydanticCustomError("database", "must begin with sqlite:// or postgresql://")
        return url

    @field_validator("momentum_command")
    @classmethod
    def _is_another_command(cls, name: str, info: ValidationInfo) -> str:
        if name == info.data.get("report_command"):
            raise PydanticCustomError("taken", "must differ from REPORT_COMMAND")
        return name


class GivenSettings(Settings):
    """Settings as they are handed in: the environment belongs to another bot."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def read_settings() -> Settings:
    """Read the environment. Raises SettingsError, naming every variable that is missing or wrong."""
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic fills the required fields from the environment
    except ValidationError as wrong:
        raise SettingsError("\n".join(_lines(wrong))) from None


def _lines(wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors(include_input=False, include_url=False):
        (name,) = error["loc"]
        is_missing = error["type"] == "missing"
        trouble = " is not set" if is_missing else f": {error['msg'].removeprefix('Input ')}"
        yield f"{str(name).upper()}{trouble}. {Settings.model_fields[str(name)].description}"

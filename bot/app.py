"""Builds the bot out of settings, a clock and what Slack says we are. Nothing happens on import."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from slack_bolt import App
from slack_sdk import WebClient

from bot.config import Settings
from bot.identity import Identity
from bot.scheduler import Scheduler
from bot.socket_mode import Socket
from bot.web import WebServer
from handlers import registry
from handlers.context import Clock, CommandNames, Deps
from handlers.delivery import Pump
from handlers.drawing import Drawing
from models.database import Database

log = structlog.get_logger(__name__)

LISTENERS = 32  # threads: Bolt's own five are soon busy when Slack is slow
PATIENCE = 3  # seconds a person waits for a form; Slack's trigger is dead after that
SENDING_PATIENCE = 10  # seconds for a message nobody waits for


@dataclass(frozen=True)
class Momentum:
    """The bot, built: `start()` it, and `stop()` it when told to."""

    bolt: App
    deps: Deps
    pump: Pump
    scheduler: Scheduler
    drawing: Drawing
    way_in: Socket | WebServer

    def start(self) -> None:
        """Take what comes in and send what waits."""
        self.scheduler.start()
        self.way_in.start()

    def stop(self) -> None:
        """Answer what is in hand, finish or give back what is being sent, close."""
        self.way_in.stop()
        self.scheduler.stop()
        self.drawing.close()
        self.deps.db.dispose()


def build(settings: Settings, clock: Clock, identity: Identity) -> Momentum:
    """Put the bot together: database, Slack clients, features, delivery and the way in."""
    deps = Deps(
        db=Database(settings.database_url),
        clock=clock,
        commands=CommandNames(settings.report_command, settings.momentum_command),
    )
    bolt = _bolt(settings, identity)
    registry.register(bolt, deps)
    drawing = Drawing()
    pump = Pump(deps, web_client(settings, SENDING_PATIENCE), registry.COMPOSERS, drawing)
    return Momentum(bolt, deps, pump, Scheduler(deps, pump), drawing, _way_in(settings, bolt))


def web_client(settings: Settings, timeout: int) -> WebClient:
    """Make a client that never repeats a call by itself: the SDK's own retry posts twice and says "ok"."""
    return WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=timeout,
        retry_handlers=[],
    )


def _bolt(settings: Settings, identity: Identity) -> App:
    secret = settings.slack_signing_secret
    return App(
        name="momentum",
        client=WebClient(base_url=settings.slack_api_url, timeout=PATIENCE, retry_handlers=[]),
        signing_secret=secret.get_secret_value() if secret else "unused with Socket Mode",
        authorize=identity.authorize(settings.slack_bot_token.get_secret_value()),
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener"),
    )


def _way_in(settings: Settings, bolt: App) -> Socket | WebServer:
    if settings.slack_app_token:
        return Socket(bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
    return WebServer(bolt, settings.host, settings.port)

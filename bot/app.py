"""Builds the bot out of settings, a clock and what Slack says we are. Nothing happens on import."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from slack_bolt import App
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk import WebClient

from bot.config import Settings
from bot.health import Health
from bot.identity import Myself
from bot.metrics import Metrics, TimedApp
from bot.scheduler import Scheduler
from bot.socket_mode import Socket
from bot.status import Status, StatusServer, inside, public
from bot.web import WebServer
from handlers import registry
from handlers.context import Clock, CommandNames, Deps, Wait, wait_for_real
from handlers.delivery.pump import Pump
from handlers.drawing import Drawing
from handlers.people_first import PeopleFirst
from models.database import Database

log = structlog.get_logger(__name__)

LISTENERS = 32  # threads: Bolt's own five are soon busy when Slack is slow
PATIENCE = 3  # seconds a person waits for a form; Slack's trigger is dead after that
SENDING_PATIENCE = 10  # seconds for a message nobody waits for


@dataclass(frozen=True)
class Momentum:
    """The bot, built: `open()` it to those who watch it, `start()` it, and `stop()` it when told to."""

    bolt: App
    myself: Myself
    deps: Deps
    pump: Pump
    scheduler: Scheduler
    drawing: Drawing
    listeners: ThreadPoolExecutor
    way_in: Socket | WebServer
    health: Health
    status: StatusServer | None

    def open(self) -> None:
        """Say how the bot is from now on: not ready, as long as Slack is away."""
        if self.status:
            self.status.open()
        if isinstance(self.way_in, WebServer):
            self.way_in.open()
        log.info("opened", way_in=self.way_in.address, status=self.status and self.status.address)

    def enter(self) -> None:
        """Ask Slack who we are and take what comes in.

        Raises NotWelcomeError when Slack does not accept a token,
        and OutOfReachError when Slack did not answer; try again later.
        """
        self.myself.ask()
        self.way_in.start()

    def start(self) -> None:
        """Take what comes in and send what waits; raises what `enter` does, before it sends."""
        self.enter()
        self.scheduler.start()
        log.info("started")

    def stop(self) -> None:
        """Answer what is in hand, finish or give back what is being sent, close."""
        log.info("stopping")
        self.health.stopping()
        with ThreadPoolExecutor(1) as meanwhile:
            is_all_settled = meanwhile.submit(self.scheduler.stop)
            self.way_in.stop()
            self.listeners.shutdown()
        self.drawing.close()
        if self.status:
            self.status.stop()
        log.info("stopped", is_all_settled=is_all_settled.result())
        if is_all_settled.result():  # else somebody still writes, and the end of the process closes it
            self.deps.db.dispose()


def build(settings: Settings, clock: Clock, wait: Wait = wait_for_real) -> Momentum:
    """Put the bot together: database, Slack clients, features, delivery and the way in. Slack may be away."""
    drawing = Drawing()
    myself = Myself(web_client(settings, PATIENCE))
    deps = Deps(
        db=Database(settings.database_url),
        clock=clock,
        commands=CommandNames(settings.report_command, settings.momentum_command, settings.pdsa_command),
        slack=web_client(settings, PATIENCE),
        slack_team=lambda: myself.slack_team,
        bot_user=lambda: myself.known.bot_user_id if myself.known else None,
        drawing=drawing,
        wait=wait,
    )
    listeners = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
    metrics = Metrics()
    bolt = _bolt(settings, myself, listeners, metrics, deps.people_first)
    registry.register(bolt, deps)
    client = web_client(settings, SENDING_PATIENCE)
    pump = Pump(deps, client, registry.COMPOSERS, drawing, hooks=registry.HOOKS, settled=metrics.settled)
    scheduler = Scheduler(deps, pump, registry.CLOCK)

    def pulse() -> tuple[bool, float]:
        return way_in.pulse()  # over HTTP the way in answers for the health it is part of

    health = Health(deps, scheduler, pulse)
    metrics.watch(health)
    way_in = _way_in(settings, bolt, health)
    status = _status_server(settings, inside(health, metrics))
    return Momentum(bolt, myself, deps, pump, scheduler, drawing, listeners, way_in, health, status)


def web_client(settings: Settings, timeout: int) -> WebClient:
    """Make a client that never repeats a call by itself: the SDK's own retry posts twice and says "ok"."""
    return WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=timeout,
        retry_handlers=[],
    )


def _bolt(
    settings: Settings,
    myself: Myself,
    listeners: ThreadPoolExecutor,
    metrics: Metrics,
    people_first: PeopleFirst,
) -> App:
    secret = settings.slack_signing_secret
    logger = logging.getLogger("slack_bolt")  # as quiet as that: its own would compose whole bodies for DEBUG
    logger.addFilter(_is_news)
    return TimedApp(
        metrics,
        people_first,
        name="momentum",
        client=WebClient(base_url=settings.slack_api_url, timeout=PATIENCE, retry_handlers=[]),
        signing_secret=secret.get_secret_value() if secret else "unused with Socket Mode",
        authorize=lambda: myself.known,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # or Bolt logs the whole of it
        logger=logger,
        listener_executor=listeners,
    )


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt warns of each SLACK_BOT_TOKEN in the environment: it is read by our settings, and is of use."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def _way_in(settings: Settings, bolt: App, health: Health) -> Socket | WebServer:
    if settings.slack_app_token:
        return Socket(bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
    return WebServer(bolt, settings.host, settings.port, public(health))


def _status_server(settings: Settings, status: Status) -> StatusServer | None:
    if settings.health_port is None:
        return None
    return StatusServer(status, settings.health_host, settings.health_port)

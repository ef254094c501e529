"""What the bot counts for Prometheus: numbers by kind and outcome, never ids or words of people."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from slack_bolt import App, BoltRequest, BoltResponse

from bot.health import Health
from handlers.delivery.pump import boot_seconds
from handlers.people_first import PeopleFirst
from models.rules.delivery.verdicts import Claimed, Dropped, Elsewhere, Failed, Held, Later, Sent, Verdict

VERDICTS = {verdict: verdict.__name__.lower() for verdict in (Sent, Later, Failed, Dropped, Held, Elsewhere)}
ASKED = ("command", "view_submission", "view_closed", "block_actions", "block_suggestion", "event_callback")
OTHER = "other"
ARRIVED = "x-momentum-arrived"  # a header of our own: when a request was there whole, by the boot clock
SLACK_WAITS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # seconds
LATE = (1, 2, 5, 10, 30, 60, 90, 300, 3600)


class Metrics:
    """A registry of its own: two bots in one process count apart."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        acks = Histogram(
            "momentum_ack_seconds",
            "From when a request of Slack's was here to our answer; Slack waits 3 s.",
            ["asked"],
            buckets=SLACK_WAITS,
            registry=self.registry,
        )
        deliveries = Counter(
            "momentum_deliveries", "What became of each try to deliver.", ["outcome"], registry=self.registry
        )
        self._acks = {kind: acks.labels(kind) for kind in (*ASKED, OTHER)}
        self._deliveries = {verdict: deliveries.labels(name) for verdict, name in VERDICTS.items()}
        self._lateness = Histogram(
            "momentum_delivery_lateness_seconds",
            "From when a message was due to when Slack took it.",
            buckets=LATE,
            registry=self.registry,
        )

    def acked(self, kind: str, seconds: float) -> None:
        """Count an answer to Slack."""
        self._acks.get(kind, self._acks[OTHER]).observe(seconds)

    def settled(self, row: Claimed, verdict: Verdict, now: datetime) -> None:
        """Count what became of a row."""
        self._deliveries[type(verdict)].inc()
        if isinstance(verdict, Sent):
            self._lateness.observe(max((now - row.due_at).total_seconds(), 0.0))

    def watch(self, health: Health) -> None:
        """Tell of the bot's health, too."""
        self.registry.register(Gauges(health))

    def text(self) -> bytes:
        """Return all as Prometheus reads it."""
        return generate_latest(self.registry)


class Gauges(Collector):
    """What health finds when Prometheus asks."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def describe(self) -> list[GaugeMetricFamily]:
        """Name nothing beforehand: registering is no reason to look."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        findings = self._health.look()
        waiting = findings.waiting
        yield _gauge("momentum_database_up", "Whether what is written is kept.", not findings.database)
        yield _gauge("momentum_slack_connected", "Whether Slack can reach us.", findings.is_connected)
        yield _gauge("momentum_slack_silent_seconds", "Since Slack gave a sign of life.", findings.silence)
        yield _labelled(
            "momentum_loop_seconds_since_good_turn",
            "Since a loop last ended a turn well.",
            "loop",
            findings.loops,
        )
        if waiting is None:
            return
        yield _labelled("momentum_outbox_messages", "Messages that are not out.", "state", waiting.counts)
        yield _gauge(
            "momentum_outbox_oldest_due_seconds", "How late the oldest due message is.", waiting.oldest_due_s
        )
        yield _gauge(
            "momentum_workspaces_held", "Workspaces that take no call of ours.", waiting.workspaces_held
        )


class TimedApp(App):
    """Bolt's app, counting how long each answer takes, the wait for a thread of ours included.

    While one is on its way, the clock's looks pause.
    """

    def __init__(self, metrics: Metrics, people_first: PeopleFirst, **options: Any) -> None:
        super().__init__(**options)
        self._metrics = metrics
        self._people_first = people_first

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer a request; the way in has noted when it came."""
        (arrived,) = req.headers[ARRIVED]
        try:
            with self._people_first.answering():
                return super().dispatch(req)
        finally:
            kind = "command" if "command" in req.body else str(req.body.get("type"))
            self._metrics.acked(kind, boot_seconds() - float(arrived))


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=float(value))


def _labelled(name: str, says: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([str(key)], value)
    return family

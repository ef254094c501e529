"""Two bots over HTTP on one Postgres are handed the same submission at the same moment, as a retry may be."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playground.server import running
from tests.bot.place import MANIFEST, Place, card_of, fill_in, send_in, settle_in
from tests.bot.test_backup_commands import reported

ROAD_S = 15.0


@dataclass
class Fork:
    """A road from Slack that ends at two bots: both get a submission's bytes, Slack the first's answer."""

    bots: tuple[str, str]
    answers: list[list[tuple[int, bytes]]] = field(default_factory=list)

    def hand_on(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        if b"view_submission" not in body:
            return _sent(self.bots[0], body, headers)
        with ThreadPoolExecutor(2) as hands:
            found = list(hands.map(lambda bot: _sent(bot, body, headers), self.bots))
        self.answers.append(found)
        return found[0]


def _sent(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    to = urlsplit(address)
    connection = HTTPConnection(to.netloc, timeout=ROAD_S)
    connection.request("POST", to.path, body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


@contextmanager
def forked(*bots: str) -> Iterator[tuple[Fork, str]]:
    """Yield the fork and its address."""
    first, second = bots
    fork = Fork((first, second))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = fork.hand_on(body, dict(self.headers))
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if answer.startswith(b"{") else "text/plain")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield fork, f"http://127.0.0.1:{server.server_port}/slack/events"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_submission_two_bots_are_handed_at_once_is_one_report_and_one_card(
    postgres_url: str, tmp_path: Path
) -> None:
    """Row 7, with processes of their own: both say that it is kept, people see one card."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with running(MANIFEST) as served, ExitStack() as stack:
        slack = served.client
        settle_in(slack, postgres_url)
        places = [Place(served, postgres_url, folder) for folder in folders]
        bots = [stack.enter_context(place.up(place.over_http())) for place in places]
        fork, address = stack.enter_context(forked(*(bot.said[-1].split()[-1] for bot in bots)))
        slack.set_app(request_url=address)
        ana, chidi = slack.person("Ana Lima"), slack.person("Chidi Okafor")
        fill_in(slack, ana)
        send_in(slack, ana)
        slack.wait_for(lambda: [one for one in chidi.messages("#lc-all") if "1 of 8 teams" in one.all_text])
        card = card_of(slack, chidi)

        assert reported(postgres_url) == 1
        assert len(chidi.messages("#lc-all")) == 2, "card and roll call"
        assert len(card.thread) == 1, "its charts"
        pages = [[(status, b"Kept." in body) for status, body in both] for both in fork.answers]
        assert pages == [[(200, False)] * 2, [(200, True)] * 2], "each page of the form to both"

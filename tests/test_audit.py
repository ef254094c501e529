"""An audit ends one way where no hole is known, another where one is, a third where nobody could say."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOLE = {
    "id": "PYSEC-2099-1",
    "details": "A made-up hole.",
    "affected": [
        {
            "package": {"name": "waitress", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}],
        }
    ],
}


@contextmanager
def osv(status: int, holes: dict[str, list[object]]) -> Iterator[str]:
    """A service that speaks as OSV does, and knows holes by the name of a package."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            vulns = holes.get(query["package"]["name"])
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"vulns": vulns} if vulns else {}).encode())

        def log_message(self, *_: object) -> None:
            """Keep it to itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "holes", "code", "words"),
    [
        (200, {}, 0, r"\d+ packages, 0 known holes, as the OSV service knew them on \d{4}-\d\d-\d\d\.\n"),
        (
            200,
            {"waitress": [HOLE]},
            1,
            r"waitress 3\.\S+: PYSEC-2099-1, mended in 99\.1\n\d+ packages, 1 known .*\n",
        ),
        (503, {}, 2, r"Nobody could say on \d{4}-\d\d-\d\d whether there are known holes: \S.*\n"),
    ],
)
def test_an_audit_tells_by_its_end_what_came_of_it(
    status: int, holes: dict[str, list[object]], code: int, words: str
) -> None:
    with osv(status, holes) as url:
        command = [sys.executable, "-m", "tests.audit", "--osv-url", url]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (ended.returncode, ended.stderr) == (code, "")
    assert re.fullmatch(words, ended.stdout), ended.stdout

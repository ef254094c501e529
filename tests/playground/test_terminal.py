"""`python -m playground`: says where it is, answers, and leaves quietly on Ctrl-C."""

import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

from slack_sdk import WebClient

ROOT = Path(__file__).parents[2]
MANIFEST = Path(__file__).with_name("manifest.yml")


def test_it_serves_until_interrupted() -> None:
    command = [sys.executable, "-m", "playground", "--manifest", str(MANIFEST), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True)  # noqa: S603 - our own module
    with process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(5)]
        told = {line.split()[0]: line.split()[-1] for line in lines}
        web = WebClient(token=told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"])
        assert [one["name"] for one in web.conversations_list()["channels"]] == ["general"]
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=10)
    assert (process.returncode, complaints) == (0, "")

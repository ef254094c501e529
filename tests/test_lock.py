"""An installation of next year is one of today: the locks hold names, versions and hashes, and no address."""

import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BOT = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"]]
PLAYGROUND = PYPROJECT["project"]["optional-dependencies"]["playground"]
PINNED = dict(
    re.findall(r"^(\S+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
)
VERSIONS = {canonicalize_name(name): version for name, version in PINNED.items()}
LOCKS = {"requirements.lock": BOT, "requirements-demo.lock": BOT + PLAYGROUND}


def everything(needs: Iterable[Requirement]) -> Iterator[str]:
    """The names of these and of all they need in turn, as installed here."""
    for need in needs:
        yield canonicalize_name(need.name)
        for extra in need.extras or {""}:
            inner = (Requirement(text) for text in requires(need.name) or ())
            yield from everything(
                each for each in inner if not each.marker or each.marker.evaluate({"extra": extra})
            )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_is_needed_in_the_pinned_versions(lock: str) -> None:
    """Forgotten after a change, it says so here: make lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^(\S+)==(\S+) \\$", text, flags=re.MULTILINE))
    assert set(locked) == set(everything(Requirement(name) for name in LOCKS[lock]))
    assert locked == {name: VERSIONS[name] for name in locked}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_by_what_a_file_is_known_and_not_where_it_is(lock: str) -> None:
    """A hash for each file of a release, whatever Python and machine it is for; no address and no option."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    form = re.compile(r"#.*|[a-z0-9-]+==[\w.+!]+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not form.fullmatch(line) or "://" in line] == []


def test_make_installs_what_is_locked_and_nothing_beside_it(tmp_path: Path) -> None:
    """The program itself comes last, without asking for anything."""
    command = ["make", "--dry-run", f"VENV={tmp_path}", f"{tmp_path}/demo.stamp"]
    plan = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603 - make
    installs = [line.partition(" pip install ")[2] for line in plan.splitlines() if " pip install " in line]
    usual = "--quiet --disable-pip-version-check"
    assert installs == [
        f"{usual} --require-hashes --requirement requirements-demo.lock",
        f"{usual} --no-deps --no-build-isolation --editable .",
    ]

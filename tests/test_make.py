"""Make takes the first Python that is new enough, whatever it is called, or says kindly what to install."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAND_IN = """#!/bin/sh
if [ "$1" = -m ]; then mkdir "$3" && echo "{name}" > "$3/made-by"; exit; fi
exec {python} -c "import sys; sys.version_info = {version}; exec(sys.argv[2])" "$@"
"""
SHIM = "#!/bin/sh\necho 'no such version here' >&2; exit 127\n"  # as version managers leave them
Pythons = dict[str, tuple[int, int] | None]  # what each says it is; a shim says nothing


def made_by(folder: Path, pythons: Pythons, *arguments: str) -> str:
    """Which Python made the environment where these alone are on the PATH; else what make said."""
    path = folder / "bin"
    path.mkdir()
    for tool in ("make", "mkdir", "touch"):
        (path / tool).symlink_to(str(shutil.which(tool)))
    for name, version in pythons.items():
        words = STAND_IN.format(name=name, python=sys.executable, version=version) if version else SHIM
        (path / name).write_text(words, encoding="utf-8")
        (path / name).chmod(0o755)
    venv = folder / "venv"
    command = [str(path / "make"), f"VENV={venv}", *arguments, str(venv / "python.stamp")]
    result = subprocess.run(  # noqa: S603 - make, as people have it
        command, cwd=ROOT, env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )
    if result.returncode:
        assert not venv.exists()
        return result.stdout
    assert (venv / "python.stamp").exists()
    return (venv / "made-by").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("pythons", "chosen"),
    [
        ({"python3.11": (3, 11)}, "python3.11"),
        ({"python3.12": (3, 12)}, "python3.12"),
        ({"python3.13": (3, 13)}, "python3.13"),
        ({"python3.14": (3, 14)}, "python3.14"),
        ({"python3": (3, 15)}, "python3"),
        ({"python": (3, 11)}, "python"),
        ({"python3.11": (3, 11), "python3.12": (3, 12), "python3": (3, 9)}, "python3.12"),
        ({"python3.13": None, "python3.11": (3, 11)}, "python3.11"),
        ({"python3": (3, 10), "python": (3, 12)}, "python"),
    ],
    ids=str,
)
def test_the_first_that_is_new_enough_is_taken(tmp_path: Path, pythons: Pythons, chosen: str) -> None:
    assert made_by(tmp_path, pythons) == chosen


def test_who_names_a_python_gets_that_one(tmp_path: Path) -> None:
    assert made_by(tmp_path, {"python3.13": (3, 13), "mine": (3, 12)}, "PYTHON=mine") == "mine"


@pytest.mark.parametrize("pythons", [{}, {"python3": (3, 10), "python": (2, 7)}, {"python3": None}], ids=str)
def test_where_there_is_none_make_says_what_it_needs(tmp_path: Path, pythons: Pythons) -> None:
    said = made_by(tmp_path, pythons)
    assert said.startswith("Momentum needs Python 3.11 or newer")
    assert "PYTHON=" in said

"""A migration that landed is never edited: some database has run it, and will not run it again."""

from hashlib import sha256
from pathlib import Path

from models import migrations

VERSIONS = migrations.HERE / "versions"
LANDED = Path(__file__).with_name("landed.sha256")
RULE = f"A migration that landed stays as it is: write another. {LANDED.name} should read:\n"


def test_each_migration_is_as_it_landed() -> None:
    """The list is what `sha256sum` prints in the folder of the migrations; a new one gets its line."""
    found = "".join(f"{_sum(file)}  {file.name}\n" for file in sorted(VERSIONS.glob("[0-9]*.py")))
    assert LANDED.read_text() == found, RULE + found


def _sum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()

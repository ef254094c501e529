<%!
def without_remarks(operations):
    lines = (operations or "pass").splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("# ###")).lstrip()
%>\
"""${message[0].upper()}${message[1:].rstrip(".")}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${without_remarks(upgrades)}

"""Tests of one group run in one worker, or the demo's story would be played anew in each."""

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("which", range(4))
def test_a_group_stays_together(tmp_path_factory: pytest.TempPathFactory, worker_id: str, which: int) -> None:
    """With pytest 9.2 and xdist 3.8 the mark does nothing, and nothing says so."""
    own = tmp_path_factory.getbasetemp()
    together = (own if worker_id == "master" else own.parent) / "together"
    together.mkdir(exist_ok=True)
    (together / worker_id).touch()
    assert [worker.name for worker in together.iterdir()] == [worker_id]

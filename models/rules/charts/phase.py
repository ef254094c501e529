"""One stretch of a run chart with its own centre line, and what the tests say of it in words."""

from dataclasses import dataclass
from fractions import Fraction

from models.rules.charts import ihi
from models.rules.charts.runs import FiredTest, Run, Sign, side_words, times

MIN_USEFUL = 10  # below this the median is provisional and nothing is announced (Anhøj: "as few as 10")
EARLY_USEFUL = 12  # below this a signal is called early


@dataclass(frozen=True)
class Phase:
    """One stretch with its own centre line; all positions are 1-based and of the whole chart.

    `n_obs` counts missing points, not excluded ones. Points on the centre line and missing points are not
    useful. The statistics are None where no point is useful; `n_crossings_max` is None under Anhøj.
    `signal` is the bare rule, however few the points. `heading` is +1 where points above the centre come
    later than those below, -1 the other way round, 0 where neither; `moved` is the longest run there.
    """

    first: int
    last: int
    centre: Fraction | None
    n_obs: int
    n_known: int = 0
    n_useful: int = 0
    longest_run: int | None = None
    longest_run_max: int | None = None
    n_crossings: int | None = None
    n_crossings_min: int | None = None
    n_crossings_max: int | None = None
    signal: bool = False
    heading: int = 0
    run: Run | None = None
    moved: Run | None = None
    fits: bool = True  # False where so many points lie on their own median that one side of it is empty
    findings: tuple[FiredTest, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Whether the points are too few to say anything: fewer than 10 useful ones."""
        return self.n_useful < MIN_USEFUL

    @property
    def is_early(self) -> bool:
        """Whether a signal rests on few points: fewer than 12 useful ones."""
        return self.n_useful < EARLY_USEFUL

    @property
    def may_be_announced(self) -> bool:
        """Whether a signal has enough points. The runs test of the IHI informs and is never announced."""
        is_sound = self.fits and not self.is_provisional
        return is_sound and any(fired.sign is not Sign.RUNS for fired in self.findings)

    @property
    def is_short(self) -> bool:
        """Whether there are too few points for a median that holds still: fewer than 10."""
        return self.n_known < MIN_USEFUL

    @property
    def is_tied(self) -> bool:
        """Whether there are points enough, but too many of them on the median to say anything."""
        return self.is_provisional and not self.is_short

    @property
    def words(self) -> str:
        """What the tests say, with their numbers, in sentences."""
        if not self.fits:
            return "Most months lie on the median itself: a run chart does not fit here."
        if self.is_provisional:
            where = " off the median" if self.is_tied else ""
            return f"Too few months{where} to judge: {self.n_useful} of the {MIN_USEFUL} needed."
        if self.findings:
            early = f" Early: only {self.n_useful} useful months." if self.is_early else ""
            return " ".join(fired.words for fired in self.findings) + early
        most = " or more" if self.n_crossings_max is None else f" to {self.n_crossings_max}"
        return (
            f"No signal: longest run {self.longest_run} (limit {self.longest_run_max}), "
            f"median crossed {times(self.n_crossings or 0)} ({self.n_crossings_min}{most} expected)."
        )

    @property
    def hint(self) -> str:
        """Name a run of six or more that is no signal, or nothing. A quiet hint, never an alert."""
        if self.signal or self.is_provisional or self.run is None or self.run.length < ihi.SHIFT:
            return ""
        side = side_words(self.run.side)
        return f"{self.run.length} in a row {side} the median: worth watching, not a signal."

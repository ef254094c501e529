"""The baseline of a chart: the months its median is that of, and those of them to shade."""

from handlers.files.charts.spec import ChartSpec

Span = tuple[int, int]  # 1-based positions of the first and the last month


def baseline(spec: ChartSpec) -> Span | None:
    """The months of a frozen baseline, from its first value on."""
    chart, known = spec.reading.chart, spec.reading.known
    if chart is None or chart.freeze is None:
        return None
    begins = next((i for i in known if i >= chart.freeze_from), chart.freeze)
    return min(begins, chart.freeze), chart.freeze


def tests_began(spec: ChartSpec) -> int | None:
    """The position of the first PDSA cycle."""
    return min((each.position for each in spec.markers if each.kind == "Cycle"), default=None)


def shaded(spec: ChartSpec) -> Span | None:
    """The months to shade: they end before the first test, whatever the median takes in."""
    months, began = baseline(spec), tests_began(spec)
    if months is None or began is None:
        return months
    first, last = months[0], min(months[1], began - 1)
    return (first, last) if first <= last else None

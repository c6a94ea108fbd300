"""Tables of the results page with what was measured of each checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from models.figures.records import Part
from models.pairs.calibration import NUM_PAIR_BINS, largest_gap, mean_gap
from models.training.results.contrasts.transfer import num_heads
from models.training.results.evidence.differences import ranks
from models.training.results.evidence.measured import Measured, median_of, row_name
from models.training.results.evidence.published import PUBLISHED
from models.training.results.evidence.tables import RANGE, UNKNOWN, Cell, Figure, Rows, Table, spread


def leaderboard_table(measured: Sequence[Measured]) -> Table:
    """Every checkpoint's agreement with people, best on photographs first."""
    places = ranks(measured, "synthetic")
    rows: Rows = tuple(
        (
            rank,
            row_name(entry, measured),
            entry.manifest.formulation,
            entry.manifest.parameter_count,
            entry.num_splits,
            _srcc(entry, "photographs"),
            Figure(median_of(entry.summary.photographs.plcc)),
            Figure(median_of(entry.summary.photographs.krcc)),
            Figure(median_of(entry.summary.photographs.rmse), digits=2),
            _srcc(entry, "synthetic"),
            Figure(median_of(entry.summary.synthetic.plcc)),
            places[entry.id],
        )
        for rank, entry in enumerate(measured, 1)
    )
    return Table(
        "leaderboard",
        "Medians over splits; with SRCC the median over splits of its 95 % interval, which resamples references. "
        "RMSE in points after the logistic fit. Medians over fewer splits are not comparable digit by digit.",
        (
            *("#", "checkpoint", "formulation", "parameters", "splits", "SRCC photographs"),
            *(
                "PLCC photographs",
                "KRCC photographs",
                "RMSE photographs",
                "SRCC synthetic",
                "PLCC synthetic",
                "# synthetic",
            ),
        ),
        rows,
    )


def _srcc(entry: Measured, part: Part) -> Figure:
    interval = entry.summary.srcc_interval(part)
    return Figure(median_of(entry.summary.agreement(part).srcc), median_of(interval.low), median_of(interval.high))


def clusters_table(measured: Sequence[Measured]) -> Table:
    """What the clusters follow, and the health of their posteriors."""
    rows: Rows = tuple(
        (
            row_name(entry, measured),
            *(spread(agreement.ami) for agreement in (clusters.group, clusters.type, clusters.content)),
            *(Figure(median_of(found)) for found in (clusters.group.nmi, clusters.group.ari, clusters.group.purity)),
            Figure(median_of(clusters.content.nmi)),
            Figure(median_of(clusters.posterior_entropy)),
            Figure(median_of(clusters.posterior_saturation)),
            Figure(median_of(clusters.effective_clusters), digits=2),
            Figure(median_of(clusters.dead_clusters), digits=1),
            _lowest_bic(entry),
            *(Figure(median_of(found)) for found in (entry.summary.group_accuracy, entry.summary.type_accuracy)),
        )
        for entry in measured
        if (clusters := entry.summary.clusters) is not None
    )
    return Table(
        "clusters",
        f"Contents that no training fold saw, levels 2 to 5. AMI: {RANGE} Other columns: medians. Entropy in nats; "
        "saturation: share of posteriors above 0.99; K of the lowest BIC out of those tried.",
        (
            *("checkpoint", "AMI group", "AMI type", "AMI content", "NMI group", "ARI group", "purity group"),
            *(
                "NMI content",
                "entropy",
                "saturation",
                "effective",
                "dead",
                "K by BIC",
                "group accuracy",
                "type accuracy",
            ),
        ),
        rows,
    )


def bic_by_count(entry: Measured) -> dict[str, float]:
    """Median BIC by number of clusters, of those that could be fitted."""
    clusters = entry.summary.clusters
    found = {} if clusters is None else clusters.bic or {}
    return {count: spread.median for count, spread in found.items() if spread is not None}


def _lowest_bic(entry: Measured) -> Cell:
    known = bic_by_count(entry)
    return min(known, key=lambda count: known[count]) if known else UNKNOWN


def order_table(measured: Sequence[Measured]) -> Table:
    """The tests that need no human score."""
    rows: Rows = tuple(
        (
            row_name(entry, measured),
            *(spread(found) for found in (order.d_test, order.l_test, order.p_test, order.level_order_violations)),
        )
        for entry in measured
        for order in (entry.summary.order,)
    )
    return Table(
        "order",
        f"{RANGE} D: pristine told from distorted; L: order of levels; P: pairs 30 points apart in order; last: "
        "share of pairs of levels, clearly apart for people, that are put in the wrong order.",
        ("checkpoint", "D-test", "L-test", "P-test", "level order violated"),
        rows,
    )


def calibration_table(measured: Sequence[Measured]) -> Table:
    """Honesty of intervals, deviations and class probabilities."""
    rows: Rows = tuple(
        (
            row_name(entry, measured),
            spread(entry.summary.photographs_conformal.coverage),
            spread(entry.summary.photographs_conformal.mean_width, digits=1),
            *(Figure(median_of(calibration.std_coverage.get(percent))) for percent in ("50", "80", "90", "95")),
            Figure(median_of(calibration.z_rms), digits=2),
            Figure(median_of(calibration.class_error)),
        )
        for entry in measured
        for calibration in (entry.summary.calibration,)
    )
    return Table(
        "calibration",
        f"On photographs. First two columns: {RANGE} Others: medians. Coverage of the 90 % intervals is marginal (over "
        "all test photographs, not for each kind) and in-domain (BIQ2021's); width in points; then the share of "
        "photographs within what `score_std` promises; root mean square of error over `score_std` (1 is right); "
        "expected calibration error of the distortion type on synthetic pictures.",
        (
            *("checkpoint", "coverage of the 90 % intervals", "their width", "50 %", "80 %", "90 %", "95 %"),
            *("z rms", "class error"),
        ),
        rows,
    )


def pairs_table(measured: Sequence[Measured]) -> Table:
    """What P(A better than B) is worth."""
    rows: Rows = tuple(
        (
            row_name(entry, measured),
            sum(found.count for found in entry.pairs) // 2,
            *(Figure(100 * gap(entry.pairs), digits=1) for gap in (mean_gap, largest_gap)),
            *(Figure(found.measured - found.promised, is_signed=True) for found in entry.pairs[NUM_PAIR_BINS // 2 :]),
        )
        for entry in measured
        if entry.pairs
    )
    return Table(
        "pairs",
        "Of all pairs of the first split's test photographs with different labels, each in both orders, in ten equal "
        "bins of P(A better than B): how far the share in which A was rated higher is from P, on average over the "
        "pairs and at most, in points; then, as shares, by how much it is above P in each of the upper bins (those "
        "below mirror them). 5 points at most are the goal.",
        ("checkpoint", "pairs", "mean gap", "largest gap", *(f"P from .{step}" for step in range(5, 10))),
        rows,
    )


def cross_table(measured: Sequence[Measured]) -> Table:
    """Every rated set, held out whole and as a test fold of unseen contents."""
    rows: list[tuple[Cell, ...]] = []
    for entry in measured:
        held_out = entry.block.held_out_sets
        sets = [(name, "held out whole", found) for name, found in held_out.items()]
        heads = {name: num_heads(entry, name) or 0 for name in held_out}
        further = entry.summary.further_rated or {}
        sets += [(name, "unseen contents", found) for name, found in further.items()]
        for name, how, found in sorted(sets, key=lambda item: item[:2]):
            agreement = found.agreement
            cells = map(spread, (agreement.srcc, agreement.plcc, agreement.plcc_fitted, agreement.krcc))
            count = heads[name] if how == "held out whole" else entry.num_splits
            rows.append((row_name(entry, measured), name, how, count, *cells, spread(agreement.rmse, digits=2)))
    return Table(
        "cross_database",
        "Held out whole: the heads were trained on the other sets and saw nothing of this one, not even its contents "
        "under other distortions; median of these heads (smallest to largest). Unseen contents: the set's test fold, "
        "its other pictures were trained on.",
        ("checkpoint", "set", "how", "heads", "SRCC", "PLCC", "PLCC fitted", "KRCC", "RMSE"),
        tuple(rows),
    )


def published_table() -> Table:
    """Figures that were published elsewhere."""
    rows: Rows = tuple(
        (figure.dataset, figure.protocol, figure.model, Figure(figure.srcc), Figure(figure.plcc))
        for figure in PUBLISHED
    )
    return Table(
        "published",
        "Published elsewhere, with other training. They cannot be compared directly with the figures above: published "
        "BIQ2021 figures come from the set's official test split, ours from our own splits of its training part; "
        "published LIVE figures come from LIVE itself, ours from the regenerated part.",
        ("set", "protocol", "model", "SRCC", "PLCC"),
        rows,
    )

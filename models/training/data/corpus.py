"""Data sets with their features: what recipes are trained and measured on.

Legend: N pictures, D features, Q level chains, L pictures of a chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from models.distortions.pseudo_mos import lowest_kadid_mos
from models.taxonomy import CLEAN, LEVELS
from models.training.data.crop_cache import Crops, cached_crops
from models.training.data.datasets import (
    KADID_CLEAN_MOS,
    Dataset,
    Example,
    blurred,
    compounds,
    pristine_photographs,
    synthetic,
    synthetic_from_rated,
)
from models.training.data.feature_cache import FeatureTable, trunk_features
from models.training.data.folds import Fold
from models.training.data.mixed_pictures import mixed, order_pairs
from models.training.data.splits import Role, Split, subset_splits
from models.training.data.training_set import OrderPairs, RatedPictures, SyntheticPictures, TrainingSet
from models.training.data.trunk import Trunk
from models.trunk.preprocess import Preprocess

RIDGE_ALPHA: Final = 3000.0
_LOW_QUANTILE: Final = 0.01


@dataclass(frozen=True)
class LabelledFeatures:
    """A data set beside its features, and its crops where any were asked for; rows in the order of its examples."""

    dataset: Dataset
    table: FeatureTable
    crops: Crops | None = None

    @cached_property
    def references_N(self) -> NDArray[np.str_]:
        """Content of each row."""
        return np.array([example.reference for example in self.dataset.examples])

    @cached_property
    def subsets_N(self) -> NDArray[np.str_]:
        """Source of each row, `""` where nobody named it."""
        return np.array([example.subset or "" for example in self.dataset.examples])

    @property
    def has_sources(self) -> bool:
        """Whether the pictures are known to come from several sources."""
        return len({example.subset for example in self.dataset.examples} - {None}) > 1

    @cached_property
    def sha256(self) -> str:
        """Identity of the examples, their labels and their features, and with these of the pixels."""
        return hashlib.sha256(self.dataset.sha256.encode() + self.table.features_ND.tobytes()).hexdigest()

    def ids(self, split: Split, role: Role) -> list[str]:
        """Identifiers of the pictures that have the role."""
        rows = split.indices(self.references_N.tolist(), role)
        return [self.dataset.examples[row].example_id for row in rows]

    @cached_property
    def labels_N(self) -> NDArray[np.float32]:
        """Labels on the data set's own scale."""
        return np.array([example.label for example in self.dataset.examples], dtype=np.float32)

    def fold(self, rows: NDArray[np.int64], scores_N: NDArray[np.float32]) -> Fold:
        """The pictures in these rows, with their scores on 0-100."""
        return Fold(
            features_ND=torch.from_numpy(self.table.features_ND[rows]),
            scores_N=scores_N,
            classes_N=self.table.class_index_N[rows].astype(np.int64),
            levels_N=np.array([self.dataset.examples[row].level for row in rows]),
            references_N=self.references_N[rows],
            crops=None if self.crops is None else self.crops[rows],
            subsets_N=self.subsets_N[rows] if self.has_sources else None,
        )


@dataclass(frozen=True)
class Scale:
    """Affine map from labels to scores on 0-100."""

    slope: float
    offset: float

    def __call__(self, labels_N: NDArray[np.float32]) -> NDArray[np.float32]:
        """Labels -> scores."""
        return (labels_N * self.slope + self.offset).astype(np.float32)


@dataclass(frozen=True)
class Scales:
    """The map of each rated set, in the corpus's order, and of the synthetic pictures."""

    rated: tuple[Scale, ...]
    synthetic: Scale


@dataclass(frozen=True)
class WorseCopies:
    """A data set of copies that must not score higher than the pictures of which they are copies.

    `originals` has the originals' rows, `position_N` says which of them each copy was made of. Where a copy has none or
    several, `copy_N` says which copy each of the positions belongs to.
    """

    copies: LabelledFeatures
    originals: LabelledFeatures
    position_N: NDArray[np.int64]
    copy_N: NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Corpus:
    """Rated pictures, the first set being the one whose scale the studio speaks, and synthetic distortions.

    `further` are distortions of rated photographs and `worse` copies of which only the order is known: to train on,
    never to measure on. All with one trunk's features.
    """

    rated: tuple[LabelledFeatures, ...]
    synthetic: LabelledFeatures
    further: LabelledFeatures
    worse: tuple[WorseCopies, ...]

    @property
    def photographs(self) -> LabelledFeatures:
        """The first rated set."""
        return self.rated[0]

    @property
    def parts(self) -> tuple[LabelledFeatures, ...]:
        """Every data set."""
        return (*self.rated, self.synthetic, self.further, *(copies.copies for copies in self.worse))

    def with_tables(self, tables: Mapping[str, FeatureTable]) -> Corpus:
        """The same corpus with another trunk's features, by the name of the data set."""

        def changed(part: LabelledFeatures) -> LabelledFeatures:
            return replace(part, table=tables[part.dataset.name])

        worse = (replace(c, copies=changed(c.copies), originals=changed(c.originals)) for c in self.worse)
        rated = tuple(changed(part) for part in self.rated)
        return replace(
            self, rated=rated, synthetic=changed(self.synthetic), further=changed(self.further), worse=tuple(worse)
        )

    @property
    def references(self) -> list[str]:
        """Every content, once."""
        return sorted({name for part in (*self.rated, self.synthetic) for name in part.references_N.tolist()})

    def scales(self, split: Split) -> Scales:
        """Where every part's labels stand on the photographs' scale, learned from the training fold alone.

        Clean pictures stand where a ridge regression on the rated photographs puts them, the worst ones at the
        photographs' 1 % quantile; KADID's clean and lowest cell, and the ends of a rated set's nominal range where it
        has pristine references, are put there. (A fit of the ridge's predictions to all labels would shrink the scale
        fivefold: the ridge has not seen such distortions.) A set without references is taken at its nominal range.
        """
        low, high = self._anchors(split)
        slope = (high - low) / (KADID_CLEAN_MOS - lowest_kadid_mos())
        share = (high - low) / 100
        nominal = [Scale(*part.dataset.scale.to_score()) for part in self.rated]
        rated = tuple(
            Scale(scale.slope * share, scale.offset * share + low) if part.dataset.has_references else scale
            for part, scale in zip(self.rated, nominal, strict=True)
        )
        return Scales(rated, Scale(slope, high - slope * KADID_CLEAN_MOS))

    def _anchors(self, split: Split) -> tuple[float, float]:
        rows = split.indices(self.photographs.references_N.tolist(), "train")
        if not rows.size:  # the first set is held out whole: a scale of its own, of which only the order counts
            return 0.0, 100.0
        scores_N = Scale(*self.photographs.dataset.scale.to_score())(self.photographs.labels_N[rows])
        ridge = make_pipeline(StandardScaler(), Ridge(RIDGE_ALPHA))
        ridge.fit(self.photographs.table.features_ND[rows], scores_N)
        synthetic_rows = split.indices(self.synthetic.references_N.tolist(), "train")
        clean = [row for row in synthetic_rows if self.synthetic.dataset.examples[row].level == 0]
        high = float(ridge.predict(self.synthetic.table.features_ND[clean]).mean())
        return float(np.quantile(scores_N, _LOW_QUANTILE)), high

    def source_splits(self) -> dict[str, Split]:
        """Splits of all contents that leave each source of the photographs out, by its name; none without sources."""
        part = self.photographs
        if not part.has_sources:
            return {}
        subset_of = {e.reference: e.subset for e in part.dataset.examples}
        references = self.references
        return subset_splits(references, [subset_of.get(reference) for reference in references])

    def training_set(self, split: Split, scales: Scales) -> TrainingSet:
        """The training fold as tensors, beside the validation fold's synthetic pictures."""
        parts = [(part, split.indices(part.references_N.tolist(), "train")) for part in (self.synthetic, self.further)]
        examples = [part.dataset.examples[row] for part, rows in parts for row in rows]
        held_out = [(self.synthetic, split.indices(self.synthetic.references_N.tolist(), "validation"))]
        pairs = [_pairs(copies, split) for copies in self.worse]
        return TrainingSet(
            rated=tuple(_rated(fold) for fold in self.rated_folds(split, "train", scales) if len(fold.scores_N)),
            synthetic=_synthetic(parts, scales.synthetic),
            chains_QL=torch.from_numpy(level_chains(examples)),
            pairs=OrderPairs(*(torch.from_numpy(np.concatenate(side)) for side in zip(*pairs, strict=True))),
            calibration=_synthetic(held_out, scales.synthetic),
        )

    def rated_folds(self, split: Split, role: Role, scales: Scales) -> tuple[Fold, ...]:
        """The rated pictures that have the role, set by set."""
        return tuple(self.fold(part, split, role, scale) for part, scale in zip(self.rated, scales.rated, strict=True))

    def fold(self, part: LabelledFeatures, split: Split, role: Role, scale: Scale) -> Fold:
        """The pictures of one data set that have the role."""
        rows = split.indices(part.references_N.tolist(), role)
        return part.fold(rows, scale(part.labels_N[rows]))


def _rated(fold: Fold) -> RatedPictures:
    return RatedPictures(fold.features_ND, torch.from_numpy(fold.scores_N), fold.crops)


def _synthetic(parts: Sequence[tuple[LabelledFeatures, NDArray[np.int64]]], scale: Scale) -> SyntheticPictures:
    _, reference_N = np.unique(np.concatenate([part.references_N[rows] for part, rows in parts]), return_inverse=True)
    classes_N = np.concatenate([part.table.class_index_N[rows] for part, rows in parts])
    return SyntheticPictures(
        features_ND=torch.from_numpy(np.concatenate([part.table.features_ND[rows] for part, rows in parts])),
        scores_N=torch.from_numpy(scale(np.concatenate([part.labels_N[rows] for part, rows in parts]))),
        classes_N=torch.from_numpy(classes_N.astype(np.int64)),
        references_N=torch.from_numpy(reference_N),
        crops=_leading_crops(parts),
    )


def _leading_crops(parts: Sequence[tuple[LabelledFeatures, NDArray[np.int64]]]) -> Crops | None:
    """Crops of the first part's pictures, and none of the others'."""
    (first, rows), *others = parts
    return None if first.crops is None else first.crops[rows].without(sum(len(more) for _, more in others))


def _pairs(worse: WorseCopies, split: Split) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    copy_N = np.arange(len(worse.position_N)) if worse.copy_N is None else worse.copy_N
    rows = split.indices(worse.copies.references_N[copy_N].tolist(), "train")
    better_ND, worse_ND = worse.originals.table.features_ND, worse.copies.table.features_ND
    return better_ND[worse.position_N[rows]], worse_ND[copy_N[rows]]


def level_chains(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Positions (Q, L) of each reference's clean picture and its five levels of one type."""
    position = {(e.reference, e.distortion_type, e.level): index for index, e in enumerate(examples)}
    chains = [
        [position[reference, CLEAN, 0], *(position[reference, name, level] for level in LEVELS)]
        for reference, name, level in position
        if level == LEVELS[0]
    ]
    return np.array(chains, dtype=np.int64)


def load_corpus(
    *,
    rated: Sequence[Dataset],
    pristine: list[Path],
    trunk: Trunk,
    preprocess: Preprocess,
    cache: Path,
    crop_px: int | None = None,
) -> Corpus:
    """Features of all data sets, from the cache or computed; the best of the first rated set are further contents.

    With a `crop_px` the rated and the synthetic pictures have crops, too, as variants of that `crop_px` need.
    """

    def with_features(dataset: Dataset) -> LabelledFeatures:
        return LabelledFeatures(dataset, trunk_features(dataset, trunk, preprocess, cache=cache))

    def with_crops(dataset: Dataset) -> LabelledFeatures:
        return replace(with_features(dataset), crops=cached_crops(dataset, crop_px, root=cache))

    photographs = pristine_photographs(pristine)
    sets = tuple(with_crops(dataset) for dataset in rated)
    further = with_features(synthetic_from_rated(rated[0]))
    return Corpus(
        rated=sets,
        synthetic=with_crops(synthetic(photographs)),
        further=further,
        worse=(
            _worse_copies(with_features(blurred(rated[0])), sets[0], "blurred/"),
            _worse_copies(with_features(compounds(further.dataset)), further, "compound/"),
            _worse_cells(with_features(mixed(photographs))),
        ),
    )


def _worse_copies(copies: LabelledFeatures, originals: LabelledFeatures, prefix: str) -> WorseCopies:
    position = {example.example_id: row for row, example in enumerate(originals.dataset.examples)}
    names = (example.example_id.removeprefix(prefix) for example in copies.dataset.examples)
    return WorseCopies(copies, originals, np.array([position[name] for name in names], dtype=np.int64))


def _worse_cells(cells: LabelledFeatures) -> WorseCopies:
    better_N, worse_N = order_pairs(cells.dataset)
    return WorseCopies(cells, cells, better_N, worse_N)

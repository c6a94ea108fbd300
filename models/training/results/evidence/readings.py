"""Figures that lie in parts which a variant may lack: read alike from one split and from the summary over splits."""

from __future__ import annotations

from typing import Literal

from models.figures.measurements import Measurements
from models.figures.records import Agreement, ClusterAgreement, L, N, Part, Replacements
from models.training.results.evidence.measured import LIVE

Labelling = Literal["group", "type", "content"]


def clusters_and(found: Measurements[N, L], labelling: Labelling) -> ClusterAgreement[N] | None:
    """Agreement of the clusters with a labelling."""
    if found.clusters is None:
        return None
    agreements = {"group": found.clusters.group, "type": found.clusters.type, "content": found.clusters.content}
    return agreements[labelling]


def group_ami(found: Measurements[N, L]) -> N | None:
    """AMI of clusters and distortion group."""
    agreement = clusters_and(found, "group")
    return None if agreement is None else agreement.ami


def content_ami(found: Measurements[N, L]) -> N | None:
    """AMI of clusters and content."""
    agreement = clusters_and(found, "content")
    return None if agreement is None else agreement.ami


def replacements(found: Measurements[N, L], part: Part) -> Replacements[N] | None:
    """SRCC on one part with the routing, or the posteriors, replaced."""
    return None if found.interventions is None else found.interventions.of(part)


def live_unseen(found: Measurements[N, L]) -> Agreement[N] | None:
    """Agreement on the test fold of LIVE, regenerated."""
    figures = (found.further_rated or {}).get(LIVE)
    return None if figures is None else figures.agreement


def live_srcc(found: Measurements[N, L]) -> N | None:
    """SRCC on the test fold of LIVE, regenerated."""
    agreement = live_unseen(found)
    return None if agreement is None else agreement.srcc


def posterior_saturation(found: Measurements[N, L]) -> N | None:
    """Share of posteriors above 0.99."""
    return None if found.clusters is None else found.clusters.posterior_saturation


def dead_clusters(found: Measurements[N, L]) -> N | None:
    """How many clusters are hardly ever used."""
    return None if found.clusters is None else found.clusters.dead_clusters


def dead_experts(found: Measurements[N, L]) -> N | None:
    """How many experts are hardly ever used."""
    return None if found.routing is None else found.routing.dead_experts

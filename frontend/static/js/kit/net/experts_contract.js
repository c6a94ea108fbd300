/**
 * What `/checkpoints/{id}/experts` answers; documentation only, nothing is exported at run time.
 * E experts, K clusters, X experts or clusters. A part that a variant does not have is null.
 *
 * @typedef {{median: number, min: number, max: number}} Spread over splits
 * @typedef {{nats: number, normalised: number}} Information
 * @typedef {{name: string, count: number, mean_weights: number[]}} Weights (X), adding up to one
 *
 * @typedef {object} Entropy
 * @property {number[]} edges in nats
 * @property {number[]} counts
 * @property {number} mean
 * @property {number} maximum
 * @property {number} saturation share of pictures whose largest weight is above 0.99
 *
 * @typedef {object} Use
 * @property {string[]} names (X)
 * @property {number[]} mean_weights (X), adding up to one
 * @property {number[]} top_shares (X), adding up to one
 * @property {number[]} dead
 * @property {number} effective_number 1 to X
 * @property {Entropy} entropy
 * @property {Weights[]} by_group
 * @property {Weights[]} by_type
 * @property {Information | null} type_information
 * @property {Information | null} group_information
 *
 * @typedef {object} Skill
 * @property {string} group
 * @property {number} count
 * @property {number[]} errors (E) mean absolute, in points
 * @property {(number | null)[]} correlations (E) Spearman's
 * @property {number} score_error
 * @property {number | null} score_correlation
 *
 * @typedef {object} Portrait
 * @property {string} name
 * @property {string[]} called_for groups that give it more weight than any other expert
 * @property {string[]} best_at groups in which no other expert comes closer to the labels
 * @property {{name: string, error: number}[]} strongest types with its smallest errors
 * @property {{name: string, error: number}[]} weakest types with its largest errors
 *
 * @typedef {object} Example
 * @property {number} row
 * @property {number} posterior
 * @property {boolean} is_top
 * @property {string} reference
 * @property {string | null} type
 * @property {number} level
 *
 * @typedef {object} MeasuredMap
 * @property {string} address
 * @property {string} image_set
 * @property {"mos" | "pseudo_mos" | null} label_kind
 * @property {"nominal" | "moments" | null} label_scale
 * @property {boolean} is_training_data
 * @property {number} num_pictures
 * @property {number} num_contents
 * @property {number} num_rated
 * @property {number} num_visible
 * @property {number} min_visible_level
 * @property {import("../../contract.js").Thumbnails} thumbnails
 *
 * @typedef {object} Usage
 * @property {Use | null} experts
 * @property {Use | null} clusters
 * @property {Skill[] | null} skill
 * @property {Portrait[] | null} portraits
 * @property {Weights[] | null} experts_by_cluster
 * @property {Information | null} cluster_expert_information
 * @property {Record<"group" | "type" | "content", {ami: number, nmi: number}> | null} agreement
 *
 * @typedef {object} Folds
 * @property {number} num_splits
 * @property {Partial<Record<"group" | "type" | "content", {ami: Spread | null, nmi: Spread | null}>> | null} agreement
 * @property {(Spread & {num_clusters: number})[] | null} bic
 * @property {{replaced: "routing_weights" | "posteriors", photographs: Record<string, Spread>, synthetic: Record<string, Spread>} | null} interventions
 *
 * @typedef {object} Experts
 * @property {string} checkpoint
 * @property {string} weights_sha256
 * @property {string} variant
 * @property {string} formulation
 * @property {number | null} num_clusters
 * @property {number | null} num_experts
 * @property {{address: string, name: string, count: number}[]} maps
 * @property {import("../../contract.js").RefusedMap[]} refused
 * @property {MeasuredMap | null} map
 * @property {Usage | null} usage
 * @property {Example[][] | null} examples (K)
 * @property {Folds | null} folds
 * @property {string | null} folds_fault
 */

export {};

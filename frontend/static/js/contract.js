/**
 * The service's answers as the page reads them; documentation only, nothing is exported at run time.
 * K clusters, E experts, S severities. A part that a variant does not have is null (`experts`: an empty list).
 *
 * @typedef {object} Score
 * @property {number} value predicted MOS inside `range`, higher is better
 * @property {number} std predictive standard deviation, in points
 * @property {number} low lower end of the 90 % interval
 * @property {number} high upper end of the 90 % interval
 * @property {[number, number]} range
 * @property {boolean} higher_is_better
 * @property {string} word ITU's word for `value`
 *
 * @typedef {object} Expert
 * @property {string} name
 * @property {"expert" | "fusion"} kind
 * @property {number} score the expert's own prediction, 0-100
 * @property {number} weight 0-1
 * @property {number} contribution score × weight, in points; all of them add up to the score
 *
 * @typedef {object} Distortion
 * @property {Record<string, number>} groups 8 probabilities that sum to 1
 * @property {Record<string, number>} types 26 probabilities that sum to 1
 *
 * @typedef {object} Analysis
 * @property {string} id
 * @property {string} created_at ISO 8601, UTC
 * @property {string} filename as the uploader named it: hostile text
 * @property {string} checkpoint
 * @property {string} variant
 * @property {string} formulation
 * @property {Score} score
 * @property {number[] | null} posteriors (K), sums to 1
 * @property {string[] | null} cluster_names (K)
 * @property {number | null} log_likelihood log p(embedding)
 * @property {number[] | null} gating_weights (E), sums to 1
 * @property {number[] | null} routing_weights (E), sums to 1
 * @property {number[] | null} attention_weights (K), mean over heads
 * @property {number[] | null} severities (S), at least 0
 * @property {string[] | null} severity_names (S), distortion groups
 * @property {Expert[]} experts
 * @property {Distortion | null} distortion
 * @property {{width: number, height: number, format: string, notes: string[]}} image
 * @property {Record<string, number>} timing_ms wall time by stage, with `total`
 * @property {string} weights_sha256
 * @property {string[]} scored_checkpoints
 * @property {{self: string, page: string, picture: string, thumbnail: string}} links
 *
 * @typedef {object} AnalysisSummary an entry of the list, under the checkpoint that scored it first
 * @property {string} id
 * @property {string} created_at ISO 8601, UTC
 * @property {string} filename as the uploader named it: hostile text
 * @property {string} checkpoint
 * @property {Score} score
 * @property {{self: string, page: string, picture: string, thumbnail: string}} links
 *
 * @typedef {object} AnalysisList
 * @property {AnalysisSummary[]} items
 * @property {string | null} next_cursor
 * @property {number} total how many the whole list has
 *
 * @typedef {object} WindowAxis in pixels of the picture
 * @property {[number, number][]} spans first pixel of each window, and the one after its last
 * @property {number[]} edges borders of the windows' cells, which cover the side
 *
 * @typedef {object} LocalQuality a checkpoint's word on overlapping windows of a picture
 * @property {string} analysis
 * @property {string} checkpoint
 * @property {string} weights_sha256
 * @property {number} window_px
 * @property {number} stride_px
 * @property {WindowAxis} rows
 * @property {WindowAxis} columns
 * @property {number[][]} scores rows of columns, 0-100
 * @property {number[][] | null} clusters the most probable of each window, an index into `cluster_names`
 * @property {string[] | null} cluster_names
 * @property {string[]} notes
 *
 * @typedef {object} Checkpoint
 * @property {string} id
 * @property {string} variant
 * @property {string} formulation
 * @property {string} title
 * @property {string} weights_sha256
 * @property {number} parameter_count
 * @property {number | null} num_clusters
 * @property {number | null} num_experts
 * @property {string[]} training_data
 *
 * @typedef {object} Refusal
 * @property {string} id
 * @property {string} file
 * @property {string} field
 * @property {string} reason
 *
 * @typedef {object} CheckpointList
 * @property {string} default
 * @property {Checkpoint[]} checkpoints
 * @property {Refusal[]} refused
 *
 * @typedef {"types" | "mixture" | "gate" | "attention" | "severities" | "experts" | "fusion"} Part
 *
 * @typedef {{median: number, low: number, high: number}} Spread a figure over splits
 *
 * @typedef {object} HeldOut agreement with the labels of pictures that the head did not see
 * @property {string} name photographs, synthetic, or a rated set's name
 * @property {"test_fold" | "held_out_whole"} fold
 * @property {Spread | null} srcc
 * @property {Spread | null} plcc
 *
 * @typedef {object} CardFacts
 * @property {Part[]} parts
 * @property {string} backbone
 * @property {boolean} is_fine_tuned
 * @property {string} recipe
 * @property {string} fitted_on
 * @property {{name: string, num_pictures: number}[]} datasets
 * @property {number | null} num_splits
 * @property {HeldOut[]} figures
 * @typedef {Checkpoint & CardFacts} Card
 *
 * @typedef {object} CardList
 * @property {string | null} default
 * @property {Part[]} parts every part, in the order of the way through a model
 * @property {Card[]} cards
 * @property {Refusal[]} refused
 *
 * @typedef {object} FileCheck a file below the folder of all checkpoints
 * @property {string} path
 * @property {"as_recorded" | "unrecorded" | "changed" | "missing" | "unreadable"} state
 * @property {number | null} recorded_bytes
 * @property {number | null} found_bytes
 * @property {string | null} recorded_sha256
 * @property {string | null} found_sha256
 *
 * @typedef {object} Integrity
 * @property {"served" | "refused" | "served_as_before"} state
 * @property {Refusal | null} refusal
 * @property {FileCheck[]} files
 *
 * @typedef {object} Verification
 * @property {number | null} golden_score
 * @property {number | null} expected_score
 * @property {number} tolerance points
 * @property {Refusal | null} refusal
 * @property {number} seconds
 *
 * @typedef {object} MapColumn how a column is stored, and where it is
 * @property {"category" | "number" | "vector"} kind
 * @property {"<f4" | "<f2" | "|u1" | "<u2" | "<u4"} dtype
 * @property {number[]} shape (N), or (N, width) of a vector
 * @property {number} scale
 * @property {number} offset
 * @property {number | null} missing
 * @property {string | null} labels key of the names in `categories`, or `reference`; null: codes without names
 * @property {string} url
 *
 * @typedef {{tile_px: number, columns: number, tiles_per_sheet: number, sheets: string[]}} Thumbnails
 *
 * @typedef {object} ImageSet
 * @property {string} address
 * @property {string} name
 * @property {number} count
 * @property {"mos" | "pseudo_mos" | null} label_kind
 * @property {{credit: string, source: string | null, references: string[]}[]} credits
 * @property {Thumbnails} thumbnails
 * @property {string} rows_url
 * @property {string} pictures_url
 *
 * @typedef {object} ImageSetRows
 * @property {string[]} ids
 * @property {{name: string, has_picture: boolean}[]} references
 *
 * @typedef {object} EmbeddingMap
 * @property {string} address
 * @property {number} count N
 * @property {ImageSet} image_set
 * @property {{source: "embedding" | "features", input_dim: number, dim: number}} space
 * @property {{method: string, library: string, seed: number, parameters: Record<string, string | number>}} projection
 * @property {{kind: "nominal" | "moments"} | null} label_scale how labels were brought to the scores' scale for errors
 * @property {Record<string, string[]>} categories
 * @property {Record<string, MapColumn>} columns
 * @property {("features" | "posteriors")[]} neighbour_spaces
 * @property {string} neighbours_url
 *
 * @typedef {{address: string, file: string, field: string, reason: string}} RefusedMap
 *
 * @typedef {object} MapList
 * @property {string} checkpoint
 * @property {EmbeddingMap[]} maps the first is shown unless asked otherwise
 * @property {RefusedMap[]} refused
 *
 * @typedef {object} Neighbours
 * @property {{row: number, distance: number}[]} neighbours nearest first
 * @property {number} tied further rows exactly as near as the last one
 *
 * @typedef {object} Placement
 * @property {number} x
 * @property {number} y
 * @property {number} distance mean to its neighbours
 * @property {number} warning_distance
 * @property {boolean} is_far
 * @property {{row: number, distance: number, weight: number}[]} neighbours
 *
 * @typedef {object} LevelFacts what an answer of the Distortion lab has beside the prediction
 * @property {string} analysis
 * @property {string} distortion_type
 * @property {number} level 0 clean, 1 mild to 5
 * @property {boolean} equals_original
 * @property {{map: string, x: number, y: number, is_far: boolean} | null} place
 * @property {string} picture address of the pixels
 *
 * @typedef {Pick<Analysis, "checkpoint" | "variant" | "score" | "posteriors" | "cluster_names" | "experts"> & LevelFacts} Level
 *
 * @typedef {object} Problem an RFC 9457 answer
 * @property {string} [type]
 * @property {string} title
 * @property {number} [status] absent where no answer came
 * @property {string} detail
 * @property {string} code
 * @property {string | null} request_id
 *
 * @typedef {{median: number | null, min: number | null, max: number | null}} Spread a figure over splits
 *
 * @typedef {{srcc: Spread, plcc: Spread, plcc_fitted: Spread, krcc: Spread, rmse: Spread}} Agreement
 *
 * @typedef {"better" | "worse" | "hinted at: better" | "hinted at: worse" | "no difference shown" | "too few splits"} Verdict
 *
 * @typedef {object} Comparison paired differences over splits
 * @property {number | null} median_difference
 * @property {{low: number | null, high: number | null}} interval 95 % of the median
 * @property {number | null} p_value Wilcoxon's
 * @property {number} num_pairs
 *
 * @typedef {{comparison: Comparison, p_holm: number | null, p_corrected: number | null, verdict: Verdict}} AgainstBaseline
 *
 * @typedef {object} MeasuredRow figures of one checkpoint on one kind of features
 * @property {number} num_splits
 * @property {Record<"photographs" | "synthetic", Agreement & {srcc_interval: {low: number | null, high: number | null}}>} figures
 * @property {{recipe: string, parameter_count: number, photographs: AgainstBaseline, synthetic: AgainstBaseline} | null} matched_baseline
 *
 * @typedef {object} BoardRow
 * @property {string} id
 * @property {string} variant
 * @property {"seed" | "stable"} formulation
 * @property {string} title
 * @property {number} parameter_count
 * @property {Record<"photographs" | "synthetic", number>} ranks 1 is best
 * @property {MeasuredRow} frozen
 * @property {MeasuredRow | null} fine_tuned
 * @property {Record<string, Spread | null> | null} srcc_by_type
 *
 * @typedef {object} Pairwise C × C in the order of `ids`, row less column; null on the diagonal
 * @property {"photographs" | "synthetic"} part
 * @property {string[]} ids (C)
 * @property {(number | null)[][]} median_difference
 * @property {(number | null)[][]} low
 * @property {(number | null)[][]} high
 * @property {(number | null)[][]} p_holm
 * @property {(number | null)[][]} p_corrected
 * @property {(number | null)[][]} num_pairs
 * @property {(Verdict | null)[][]} verdict
 * @property {number} num_comparisons
 * @property {number} smallest_p_holm
 *
 * @typedef {object} Leaderboard
 * @property {string} split_sha256
 * @property {number[]} seeds of the splits
 * @property {{level: number, min_splits: number}} rule
 * @property {BoardRow[]} checkpoints best median SRCC on photographs first
 * @property {Pairwise} pairwise
 *
 * @typedef {object} RouterCost
 * @property {Record<string, Spread>} srcc by intervention
 * @property {Comparison} shuffled_cost own less shuffled
 * @property {Comparison} uniform_cost own less uniform
 * @property {boolean} is_decorative
 * @property {number} min_cost
 *
 * @typedef {object} FeatureFigures
 * @property {number} num_splits
 * @property {Agreement} photographs
 * @property {Agreement} synthetic
 * @property {Record<"upper_edges" | "mean_absolute_error" | "bias", {median: (number | null)[]}> | null} quality_errors
 * @property {{replaced: "routing_weights" | "posteriors", photographs: RouterCost, synthetic: RouterCost} | null} router
 *
 * @typedef {object} Metrics
 * @property {string} checkpoint
 * @property {string} recipe
 * @property {string} split_sha256
 * @property {FeatureFigures} frozen
 * @property {FeatureFigures | null} fine_tuned
 *
 * @typedef {{checkpoint: string, steps: number[], terms: Record<string, number[]>}} TrainingCurve
 *
 * @typedef {object} Predictions test photographs of the first split (N)
 * @property {string} checkpoint
 * @property {string[]} ids
 * @property {string[]} references
 * @property {string[]} classes
 * @property {number[]} levels
 * @property {number[]} labels human scores, points
 * @property {number[]} scores points
 * @property {(number | null)[]} top_clusters position from 0
 * @property {(number | null)[]} top_experts position from 0
 */

export {};

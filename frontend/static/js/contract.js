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
 * @typedef {object} ImageSet
 * @property {string} address
 * @property {string} name
 * @property {number} count
 * @property {"mos" | "pseudo_mos" | null} label_kind
 * @property {{credit: string, source: string | null, references: string[]}[]} credits
 * @property {import("./map/thumbnails.js").Thumbnails} thumbnails
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
 * @typedef {"text" | "score" | "points" | "percent" | "number"} CellFormat
 *
 * @typedef {object} Table the readable twin of a chart; cells are raw, the page formats them
 * @property {{label: string, format: CellFormat}[]} columns
 * @property {(string | number | null)[][]} rows
 *
 * @typedef {object} Theme colours as CSS strings, and the font of the page
 * @property {string} ink text and the strongest marks
 * @property {string} muted secondary text
 * @property {string} soft quiet marks
 * @property {string} line grid lines
 * @property {string} surface background of a chart
 * @property {string} band every second background band
 * @property {string} neutral the colour of `clean` and of names outside the taxonomy
 * @property {string} font
 *
 * @typedef {{data: object[], layout: object}} Figure what Plotly draws
 *
 * @typedef {object} Chart one chart module
 * @property {string} id
 * @property {(analysis: Analysis) => boolean} applies false where the variant lacks the part
 * @property {(analysis: Analysis, theme: Theme) => Figure} figure
 * @property {(analysis: Analysis) => Table} table
 * @property {{title: string, help: string}} [words] its texts, where `messages.js` does not have them
 */

export {};

/** The Score page's charts, in reading order. */

import * as contributions from "./contributions.js";
import * as distortion from "./distortion.js";
import * as experts from "./experts.js";
import * as posteriors from "./posteriors.js";
import * as routing from "./routing.js";
import * as score from "./score.js";
import * as severities from "./severities.js";

/** @type {readonly import("../../../drawing/chart_card.js").Chart<import("contract").AnalysisResponse>[]} */
export const CHARTS = Object.freeze([score, contributions, experts, routing, posteriors, distortion, severities]);

/** The Score page's charts, in reading order. */

import * as distortion from "./distortion.js";
import * as score from "./score.js";
import * as severities from "./severities.js";

/** @type {readonly import("../../../drawing/chart_card.js").Chart<import("contract").AnalysisResponse>[]} */
export const CHARTS = Object.freeze([score, distortion, severities]);

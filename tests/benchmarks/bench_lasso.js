/**
 * How long the lasso takes, and what follows it: node tests/benchmarks/bench_lasso.js [repetitions]
 *
 * Prints the median of the polygon loop over maps of 10,000 to 300,000 points with a lasso of 96 corners around 30 % of
 * them, and of the filter and the counts by category that come after. Promised: at most 50 ms at 100,000 points.
 */

import { insidePolygon, shortPolygon } from "../../frontend/static/js/pages/map/lasso.js";
import { CrossFilter, countOf, countsByCode } from "../../frontend/static/js/pages/map/selection.js";

const REPETITIONS = Number(process.argv[2] ?? 31);
const SHARE = 0.3;
const CATEGORIES = 26;

/** A round cloud, so that a wobbly circle of the right radius holds the wanted share. */
function cloud(count) {
  const radius = Float32Array.from({ length: count }, () => Math.sqrt(Math.random()));
  const angle = Float32Array.from({ length: count }, () => 2 * Math.PI * Math.random());
  return { x: radius.map((r, row) => r * Math.cos(angle[row])), y: radius.map((r, row) => r * Math.sin(angle[row])) };
}

function handDrawn() {
  const corners = Array.from({ length: 480 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 480;
    const radius = Math.sqrt(SHARE) * (1 + 0.1 * Math.sin(9 * angle));
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return shortPolygon(corners);
}

function median_ms(act) {
  const times = Array.from({ length: REPETITIONS }, () => {
    const started = performance.now();
    act();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)];
}

const polygon = handDrawn();
for (const count of [10_000, 100_000, 300_000]) {
  const { x, y } = cloud(count);
  const codes = Uint16Array.from({ length: count }, (_, row) => row % CATEGORIES);
  const filter = new CrossFilter(count);
  const mask = insidePolygon(x, y, polygon);
  const lasso_ms = median_ms(() => insidePolygon(x, y, polygon));
  const counts_ms = median_ms(() => {
    filter.set("lasso", mask);
    countsByCode(codes, filter.mask(), CATEGORIES);
  });
  const share = ((100 * countOf(mask)) / count).toFixed(1);
  const [lasso, counts] = [lasso_ms, counts_ms].map((ms) => ms.toFixed(1).padStart(6));
  console.log(
    `${String(count).padStart(7)} points, ${share} % inside: lasso ${lasso} ms, filter and counts ${counts} ms`,
  );
}

/** The lasso: which points a polygon holds, by our own loop (Plotly's takes seconds at 100,000 points). */

/** @typedef {readonly (readonly [number, number])[]} Polygon corners in the map's coordinates, closed by itself */

const MAX_CORNERS = 96;
const DIGITS = 5;
const BANDS = 256;

/**
 * One byte per point: 1 inside the polygon, 0 outside (even-odd rule).
 * @param {Float32Array} x (N)
 * @param {Float32Array} y (N)
 * @param {Polygon} polygon
 */
export function insidePolygon(x, y, polygon) {
  const inside = new Uint8Array(x.length);
  if (polygon.length < 3) return inside;
  const [left, right, bottom, top] = boundsOf(polygon);
  const bandsPerUnit = BANDS / (top - bottom || 1);
  const bands = edgesByBand(polygon, bottom, bandsPerUnit);
  for (let row = 0; row < x.length; row += 1) {
    // Written so that a point that is no number is outside.
    if (!(x[row] >= left && x[row] <= right && y[row] >= bottom && y[row] <= top)) continue;
    inside[row] = crossings(x[row], y[row], bands[bandOf(y[row], bottom, bandsPerUnit)]) & 1;
  }
  return inside;
}

/** @param {number} y @param {number} bottom @param {number} bandsPerUnit */
function bandOf(y, bottom, bandsPerUnit) {
  return Math.min(BANDS - 1, Math.max(0, Math.floor((y - bottom) * bandsPerUnit)));
}

/**
 * For each horizontal band of the polygon, the few edges that a ray in it can cross, as (lower y, upper y, x at y = 0,
 * dx/dy) one after the other; level edges are none.
 * @param {Polygon} polygon
 * @param {number} bottom
 * @param {number} bandsPerUnit
 */
function edgesByBand(polygon, bottom, bandsPerUnit) {
  /** @type {number[][]} */
  const bands = Array.from({ length: BANDS }, () => []);
  for (let corner = 0; corner < polygon.length; corner += 1) {
    const [x0, y0] = polygon[corner];
    const [x1, y1] = polygon[(corner + 1) % polygon.length];
    if (y0 === y1) continue;
    const [low, high] = [Math.min(y0, y1), Math.max(y0, y1)];
    const slope = (x1 - x0) / (y1 - y0);
    const last = bandOf(high, bottom, bandsPerUnit);
    for (let band = bandOf(low, bottom, bandsPerUnit); band <= last; band += 1) {
      bands[band].push(low, high, x0 - slope * y0, slope);
    }
  }
  return bands.map((edges) => Float64Array.from(edges));
}

/**
 * How many edges lie to the right of a point, at its height.
 * @param {number} x
 * @param {number} y
 * @param {Float64Array} edges
 */
function crossings(x, y, edges) {
  let count = 0;
  for (let edge = 0; edge < edges.length; edge += 4) {
    // Half open, so that a corner between two edges counts once.
    if (y >= edges[edge] && y < edges[edge + 1] && x < edges[edge + 2] + edges[edge + 3] * y) count += 1;
  }
  return count;
}

/** @param {Polygon} polygon */
function boundsOf(polygon) {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
}

/**
 * The polygon that is applied and put in the address: few corners, short numbers; so a link selects the same points.
 * @param {Polygon} polygon
 * @returns {[number, number][]}
 */
export function shortPolygon(polygon) {
  const stride = Math.ceil(polygon.length / MAX_CORNERS);
  const kept = polygon.filter((_, index) => index % stride === 0);
  return kept.map(([x, y]) => [shortNumber(x), shortNumber(y)]);
}

/** @param {number} value */
function shortNumber(value) {
  return Number(value.toPrecision(DIGITS));
}

/** Pictures of each cluster, each a link to the map where it is picked. */

import { element } from "../../../kit/dom/element.js";
import * as format from "../../../kit/language/format.js";
import { shownName } from "../../../kit/language/names.js";
import { displayName } from "../../../kit/language/words.js";
import { thumbnail } from "../../../mapdata/thumbnail.js";
import { examples as words } from "../words.js";
import { partSwatch } from "./part_swatch.js";

/**
 * @param {import("contract").ExpertsResponse} experts
 * @param {string | null} study whose pictures they are
 * @param {import("../../../drawing/theme.js").Theme} theme
 */
export function clusterItems(experts, study, theme) {
  const { usage, examples, map, checkpoint } = experts;
  if (!usage?.clusters || !examples || !map) return [];
  const { names, top_shares: shares } = usage.clusters;
  return names.map((name, index) => {
    const count = Math.round(shares[index] * map.num_pictures);
    const line = count ? words.count(count, format.percent(shares[index])) : words.never;
    return element(
      "li",
      { className: "cluster-example", dataset: { cluster: name } },
      element("h4", {}, partSwatch(name, theme), displayName(name)),
      element("p", { className: "muted small" }, line),
      element("ul", { className: "example-grid" }, ...examples[index].map((example) => pictureItem(example, { study, checkpoint }, map))),
    );
  });
}

/**
 * @param {import("contract").ExampleResponse} example
 * @param {{study: string | null, checkpoint: string}} where
 * @param {import("contract").MeasuredMap} map
 */
function pictureItem(example, { study, checkpoint }, map) {
  const posterior = format.wholePercent(example.posterior);
  const name = study === null ? nameOf(example) : shownName(example.reference);
  const shown = { checkpoint, map: map.address, color: "cluster", row: String(example.row) };
  const query = new URLSearchParams(study === null ? shown : { study, ...shown });
  return element(
    "li",
    {},
    element(
      "a",
      {
        className: "example",
        href: `/map?${query}`,
        title: name,
        attributes: { "aria-label": words.link(name, posterior) },
      },
      thumbnail(map.thumbnails, example.row),
      element("span", { className: "small muted", attributes: { "aria-hidden": "true" } }, posterior),
    ),
  );
}

/** @param {import("contract").ExampleResponse} example */
function nameOf({ reference, type, level }) {
  const content = displayName(reference);
  if (type === null) return content;
  return level ? words.picture(content, displayName(type), format.count(level)) : words.clean(content, displayName(type));
}

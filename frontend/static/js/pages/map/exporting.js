/** The selection's CSV with every column of the map that has one value per picture. */

import { selectionCsv } from "./csv.js";
import { scalarFields } from "./fields.js";

/**
 * @param {Uint32Array} rows
 * @param {import("../../mapdata/data.js").MapData} data
 * @param {import("../../kit/csv.js").CsvOptions} options
 */
export async function exportedCsv(rows, data, options) {
  const { ids } = await data.rows();
  const columns = await Promise.all(scalarFields(data.map).map((name) => exportedColumn(name, data)));
  return selectionCsv(rows, ids, columns, options);
}

/**
 * @param {string} name
 * @param {import("../../mapdata/data.js").MapData} data
 */
async function exportedColumn(name, data) {
  const { kind, title } = data.map.columns[name];
  const called = title ?? name;
  if (kind === "category") return { ...(await data.categories(name)), name: called };
  return { name: called, values: await data.numbers(name) };
}

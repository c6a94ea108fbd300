/** A map's columns: raw little-endian arrays as the service sends them, decoded to typed arrays. */

const ITEM_BYTES = Object.freeze({ "<f4": 4, "<f2": 2, "|u1": 1, "<u2": 2, "<u4": 4 });

/**
 * How a column is stored; a value is `offset + scale * stored`, and `missing` stands for no value (for floats NaN does).
 * @typedef {object} ColumnRecord
 * @property {keyof typeof ITEM_BYTES} dtype
 * @property {number[]} shape (N) or (N, width)
 * @property {number} scale
 * @property {number} offset
 * @property {number | null} missing
 */

/** @param {ColumnRecord} record */
export function byteLength({ dtype, shape }) {
  return itemBytes(dtype) * shape.reduce((product, side) => product * side, 1);
}

/** @param {string} dtype */
function itemBytes(dtype) {
  if (!Object.hasOwn(ITEM_BYTES, dtype)) {
    throw new RangeError(`got dtype ${dtype}, expected one of ${Object.keys(ITEM_BYTES).join(", ")}`);
  }
  return ITEM_BYTES[/** @type {keyof typeof ITEM_BYTES} */ (dtype)];
}

/**
 * Numbers of a column, row by row; NaN where there is no value.
 * @param {ArrayBuffer} buffer
 * @param {ColumnRecord} record
 */
export function decodeNumbers(buffer, record) {
  const stored = storedValues(buffer, record);
  const { scale, offset, missing } = record;
  if (stored instanceof Float32Array && scale === 1 && offset === 0) return stored;
  return Float32Array.from(stored, (value) => (value === missing ? Number.NaN : offset + scale * value));
}

/**
 * Category codes of a column; a row without one gets `size`, one past the last category, so that tables need a row more.
 * @param {ArrayBuffer} buffer
 * @param {ColumnRecord} record
 * @param {number} size how many categories there are
 */
export function decodeCodes(buffer, record, size) {
  return Uint16Array.from(storedValues(buffer, record), (code) => (code === record.missing ? size : code));
}

/**
 * @param {ArrayBuffer} buffer
 * @param {ColumnRecord} record
 */
function storedValues(buffer, record) {
  const expected = byteLength(record);
  if (buffer.byteLength !== expected) throw new RangeError(`got ${buffer.byteLength} bytes, expected ${expected}`);
  switch (record.dtype) {
    case "<f4":
      return new Float32Array(buffer);
    case "<f2":
      return Float32Array.from(new Uint16Array(buffer), halfToNumber);
    case "|u1":
      return new Uint8Array(buffer);
    case "<u2":
      return new Uint16Array(buffer);
    case "<u4":
      return new Uint32Array(buffer);
  }
}

/** IEEE 754 binary16, for which not every browser has a typed array. @param {number} bits */
function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * A response's bytes, told as they come in.
 * @param {Response} response
 * @param {(received_bytes: number) => void} onProgress called with the bytes of each piece
 */
export async function readBytes(response, onProgress) {
  if (response.body === null) return new ArrayBuffer(0);
  const pieces = [];
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    onProgress(piece.value.byteLength);
  }
  return new Blob(pieces).arrayBuffer();
}

/**
 * Entries of an array at some rows.
 * @param {Float32Array} values
 * @param {Uint32Array} rows
 */
export function gather(values, rows) {
  return Float32Array.from(rows, (row) => values[row]);
}

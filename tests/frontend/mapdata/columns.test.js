import assert from "node:assert/strict";
import { test } from "node:test";

import { byteLength, decodeCodes, decodeNumbers, gather, readBytes } from "../../../frontend/static/js/mapdata/columns.js";

const record = (dtype, shape, rest = {}) => ({ dtype, shape, scale: 1, offset: 0, missing: null, ...rest });

test("floats are read as they are, NaN for no value", () => {
  const values = decodeNumbers(new Float32Array([1.5, Number.NaN, -3]).buffer, record("<f4", [3]));
  assert.deepEqual([...values], [1.5, Number.NaN, -3]);
});

test("whole numbers become offset + scale × stored, and the missing one NaN", () => {
  const stored = new Uint8Array([0, 200, 255]).buffer;
  const values = decodeNumbers(stored, record("|u1", [3], { scale: 0.5, offset: 10, missing: 255 }));
  assert.deepEqual([...values], [10, 110, Number.NaN]);
});

test("half floats are read by hand: one, the largest, a subnormal, minus two, infinity", () => {
  const bits = new Uint16Array([0x3c00, 0x7bff, 0x0001, 0xc000, 0x7c00]);
  assert.deepEqual([...decodeNumbers(bits.buffer, record("<f2", [5]))], [1, 65504, 2 ** -24, -2, Infinity]);
});

test("a row without a category gets the code after the last", () => {
  const codes = decodeCodes(new Uint8Array([2, 255, 0]).buffer, record("|u1", [3], { missing: 255 }), 3);
  assert.deepEqual([...codes], [2, 3, 0]);
});

test("a vector's length is its rows times its width", () => {
  assert.equal(byteLength(record("<u2", [10, 8])), 160);
});

test("a column cut short and an unknown type are refused", () => {
  assert.throws(() => decodeNumbers(new ArrayBuffer(5), record("<f4", [2])), /got 5 bytes, expected 8/);
  assert.throws(() => byteLength(record("<i8", [2])), /got dtype <i8/);
});

test("a response is read whole, and every byte is told", async () => {
  let told = 0;
  const buffer = await readBytes(new Response(new Uint8Array(1000).fill(7)), (bytes) => (told += bytes));
  assert.equal(told, 1000);
  assert.deepEqual(new Set(new Uint8Array(buffer)), new Set([7]));
});

test("gathering keeps type and order", () => {
  const gathered = gather(new Float32Array([5, 6, 7, 8]), new Uint32Array([3, 1]));
  assert.deepEqual(gathered, new Float32Array([8, 6]));
});

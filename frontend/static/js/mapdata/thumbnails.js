/** Thumbnails lie on sprite sheets, row by row; none is asked for by itself. */

/** @typedef {import("contract").ThumbnailsResponse} Thumbnails */

/**
 * The sheet of a row's thumbnail, and the tile's left and top in px.
 * @param {Thumbnails} thumbnails
 * @param {number} row
 */
export function tileOf({ tile_px: side, columns, tiles_per_sheet: perSheet, sheets }, row) {
  const place = row % perSheet;
  return {
    sheet: sheets[Math.floor(row / perSheet)],
    left: (place % columns) * side,
    top: Math.floor(place / columns) * side,
  };
}

/** The Map page: one checkpoint's view of a set of pictures; the address holds all of its state. */

import { preloadPlotly } from "../../drawing/plot.js";
import { chartTheme } from "../../drawing/theme.js";
import { rememberPicture } from "../../kit/context.js";
import { saveText } from "../../kit/dom/saving.js";
import { Latest } from "../../kit/net/latest.js";
import { AddressedPage } from "../../kit/page.js";
import { byteLength } from "../../mapdata/columns.js";
import { MapData } from "../../mapdata/data.js";
import { HoverCard } from "../../mapdata/hover_card.js";
import { NOTHING, Pictures, fieldWords, loadPictures } from "../../mapdata/pictures.js";
import { mapSource } from "../../mapdata/source.js";
import { showStudyLine } from "../../mapdata/study_line.js";
import { exportedCsv } from "./exporting.js";
import { colourFields, colourOf, histogramFields, kindOf } from "./fields.js";
import { shortPolygon } from "./lasso.js";
import { MapSession } from "./session.js";
import { START, readState, writeState } from "./state.js";
import { MapFrame } from "./views/frame.js";
import { HistogramPanel } from "./views/histogram_panel.js";
import { MapLegend } from "./views/legend.js";
import { pictureCard } from "./views/picture_card.js";
import { PictureGrid } from "./views/picture_grid.js";
import { PicturePanel } from "./views/picture_panel.js";
import { MapStage } from "./views/stage.js";
import { map as words } from "./words.js";

const NEIGHBOURS = 7;
/** Name of the mark that says when points were handed to the graphics; benchmarks read it. */
const DRAWN = "map-drawn";
/** Parts of the state that are the reader's selection. */
const NO_SELECTION = Object.freeze({
  hidden: START.hidden,
  brushes: START.brushes,
  lasso: START.lasso,
  page: START.page,
});

/** @typedef {import("./state.js").MapState} MapState */

/** @extends AddressedPage<MapState> */
class MapPage extends AddressedPage {
  #frame = new MapFrame({
    onCheckpoint: (checkpoint) => this.change({ ...NO_SELECTION, checkpoint, map: null, view: null }),
    onMap: (map) => this.change({ ...NO_SELECTION, map, view: null, row: null }),
    onColor: (color) => this.change({ color, hidden: [], page: 1 }),
    onTool: (isLasso) => (this.#stage.isLassoTool = isLasso),
    onZoom: (factor) => this.#stage.zoom(factor),
    onReset: () => this.#stage.show(null),
    onClear: () => this.#clear(),
    onCsv: (options) => this.#saveCsv(options),
    onPublish: () => this.#publish(),
  });
  #stage = new MapStage({
    onHover: (row, at) => this.#hover(row, at),
    onCursor: (row) => this.#describe(row),
    onPick: (row) => this.#pick(row),
    onLasso: (polygon) => this.change({ lasso: polygon.length < 3 ? null : shortPolygon(polygon), page: 1 }),
    onView: (view) => this.keep({ view }),
    onClear: () => this.#clear(),
  });
  #legend = new MapLegend({
    onToggle: (key, isShown) => this.#toggle(key, isShown),
    onAll: () => this.change({ hidden: [], page: 1 }),
    onNone: () => this.change({ hidden: [...(this.#opened?.session.keys ?? [])], page: 1 }),
  });
  #histograms = new HistogramPanel((field, range) => this.#brush(field, range));
  #grid = new PictureGrid({ onPage: (page) => this.#turnTo(page), onPick: (row) => this.#pick(row) });
  #panel = new PicturePanel((row) => this.#pick(row));
  #card = new HoverCard();

  #source = mapSource(this.api, this.state.study);
  /** @type {import("contract").StudyResponse | null} */
  #study = null;
  /** @type {string | null} */
  #defaultCheckpoint = null;
  #opening = new Latest();
  #asking = new Latest();
  /** @type {{session: MapSession, data: MapData, pictures: Pictures} | null} the map that is on the page */
  #opened = null;
  /** @type {string} colour field whose legend is on the page */
  #legendField = "";
  /** @type {Promise<void> | null} */
  #reselecting = null;
  #isStale = false;

  constructor() {
    super("map-page", { read: readState, write: writeState });
  }

  get isShown() {
    return this.#opened !== null;
  }

  async open() {
    // Meanwhile, so that the first map need not wait for it.
    preloadPlotly();
    await this.#openSource();
    await this.#load();
  }

  /** The checkpoints whose maps there are: all, or those of a study. */
  async #openSource() {
    this.#source = mapSource(this.api, this.state.study);
    const choice = await this.#source.choice();
    this.#study = choice.study;
    this.#frame.fillCheckpoints(choice);
    showStudyLine(choice.study, "experts");
    this.#defaultCheckpoint = choice.default;
    this.fillGaps();
  }

  /** Where the address names no checkpoint, the service's default or the study's best is meant. */
  fillGaps() {
    this.assume({ checkpoint: this.state.checkpoint ?? this.#defaultCheckpoint });
  }

  /**
   * Does something beside other work, which may end it, and says if it fails.
   * @param {AbortSignal} signal
   * @param {() => Promise<unknown>} task
   */
  async #beside(signal, task) {
    try {
      await task();
    } catch (error) {
      if (!signal.aborted) this.fail(error, () => this.#beside(signal, task));
    }
  }

  /** Opens the map that the state asks for, and shows it. */
  async #load() {
    this.#opened = null;
    this.show("loading");
    this.announce(words.loading);
    this.#frame.pickCheckpoint(this.#checkpoint);
    document.title = words.title(this.#checkpoint);
    await this.#opening.run(async (signal) => {
      const { maps, refused } = await this.#source.maps(this.#checkpoint, signal);
      const map = maps.find(({ address }) => address === this.state.map) ?? maps[0];
      this.#frame.listRefused(refused);
      if (!map) {
        this.#frame.sayWhyEmpty(this.#study, this.#checkpoint);
        this.show("empty");
        return;
      }
      this.#frame.fillMaps(maps, map.address);
      await this.#openMap(map, signal);
    });
  }

  /** The checkpoint that the state asks for; empty where nothing is served. */
  get #checkpoint() {
    return this.state.checkpoint ?? "";
  }

  /**
   * @param {import("contract").MapResponse} map
   * @param {AbortSignal} signal
   */
  async #openMap(map, signal) {
    const [data, pictures] = [new MapData(this.api, map, signal, this.#progress(map)), new Pictures(map, NOTHING)];
    const session = await MapSession.open(data);
    await session.apply(this.state);
    signal.throwIfAborted();
    this.#opened = { session, data, pictures };
    this.#frame.fillColors(colourFields(map).map((field) => [field, fieldWords(field, map).name]));
    this.#frame.about(map);
    this.#histograms.clear();
    this.#legendField = "";
    this.#stage.mark({ picked: null, neighbours: {}, upload: null });
    this.#panel.clear();
    this.#panel.showPlaced(null, pictures);
    this.show("map");
    this.#stage.open(session.extent, this.state.view);
    await this.#showSelection();
    await this.#loadRest(signal);
  }

  /** @param {import("contract").MapResponse} map */
  #progress(map) {
    const { columns } = map;
    const total =
      byteLength(columns.x) + byteLength(columns.y) + byteLength(columns[colourOf(map, this.state.color)]);
    let received = 0;
    return (/** @type {number} */ bytes) => {
      received = Math.min(total, received + bytes);
      this.#frame.progress(received, total);
    };
  }

  /** What the first look does not need: words for the pictures, histograms, the picked picture, the upload. @param {AbortSignal} signal */
  async #loadRest(signal) {
    const opened = this.#opened;
    if (!opened) return;
    const { session, data } = opened;
    const loaded = await loadPictures(data, this.#source);
    signal.throwIfAborted();
    opened.pictures = new Pictures(session.map, loaded);
    this.#showGrid();
    // These wait for the service; the histograms need not wait for them.
    this.#beside(signal, () => this.#showPicked());
    this.#beside(signal, () => this.#place(signal));
    for (const field of histogramFields(session.map)) {
      const { edges } = await session.bins(field);
      signal.throwIfAborted();
      const { name, axis } = fieldWords(field, session.map);
      this.#histograms.add(field, { name, title: axis, edges, isLevel: kindOf(field, session.map) === "level" });
    }
    await session.apply(this.state);
    await this.#showHistograms();
  }

  async follow() {
    await super.follow();
    this.#stage.show(this.state.view);
    await this.guard(() => this.#showPicked());
  }

  /** @param {MapState} before */
  async catchUp(before) {
    if (before.study !== this.state.study) await this.guard(() => this.#openSource());
    const isOther = /** @type {const} */ (["study", "checkpoint", "map"]).some((key) => before[key] !== this.state[key]);
    if (isOther || !this.#opened) await this.guard(() => this.#load());
    else await this.guard(() => this.#reselect());
  }

  /** Shows the selection that the state asks for; states that come meanwhile are taken together afterwards. */
  async #reselect() {
    this.#isStale = true;
    this.#reselecting ??= this.#reselectUntilFresh().finally(() => (this.#reselecting = null));
    await this.#reselecting;
  }

  async #reselectUntilFresh() {
    // Another map, once it is opened, takes the state as it is then.
    while (this.#isStale && this.#opened) {
      this.#isStale = false;
      const opened = this.#opened;
      await opened.session.apply(this.state);
      if (opened !== this.#opened) return;
      await this.#showSelection();
      await this.#showHistograms();
    }
  }

  /** Legend, counts, thumbnails and points. */
  async #showSelection() {
    if (!this.#opened) return;
    const { session } = this.#opened;
    this.#frame.pickColor(session.color);
    this.#showLegend(session);
    this.#frame.count(session.shownCount, session.map.count, session.drawnCount);
    this.#showGrid();
    this.#stage.mark({ lasso: this.state.lasso });
    await this.#stage.draw(session.picture(chartTheme()));
    performance.mark(DRAWN);
  }

  /** @param {MapSession} session */
  #showLegend(session) {
    const { counts, totals } = session.legendCounts;
    if (this.#legendField !== session.color) {
      this.#legend.fill(session.picture(chartTheme()).entries, totals);
      this.#legendField = session.color;
    }
    this.#legend.show(counts, totals, new Set(this.state.hidden));
  }

  #showGrid() {
    if (this.#opened) this.#grid.show(this.#opened.session.rows, this.state.page, this.#opened.pictures);
  }

  async #showHistograms() {
    for (const field of this.#histograms.fields) {
      if (!this.#opened) return;
      const range = this.state.brushes[field] ?? null;
      await this.#histograms.show(field, { ...this.#opened.session.histogramCounts(field), range });
    }
  }

  async repaint() {
    this.#legendField = "";
    await this.#showSelection();
    await this.#showPicked();
    await this.#showHistograms();
  }

  /** @param {string} key @param {boolean} isShown */
  #toggle(key, isShown) {
    const others = this.state.hidden.filter((hidden) => hidden !== key);
    this.change({ hidden: isShown ? others : [...others, key], page: 1 });
  }

  /** @param {string} field @param {[number, number] | null} range */
  #brush(field, range) {
    const { [field]: _, ...others } = this.state.brushes;
    this.change({ brushes: range ? { ...others, [field]: range } : others, page: 1 });
  }

  #clear() {
    this.#pick(null);
    this.announce(words.cleared);
    this.change(NO_SELECTION);
  }

  /** @param {number} page */
  #turnTo(page) {
    this.keep({ page });
    this.#showGrid();
  }

  /** Says a picture to screen readers. @param {number} row */
  #describe(row) {
    if (!this.#opened) return;
    const { pictures } = this.#opened;
    this.announce(words.described(pictures.nameOf(row), pictures.captionOf(row)));
  }

  /** @param {number | null} row @param {[number, number]} at px from the window's top left */
  #hover(row, at) {
    if (row === null || !this.#opened) {
      this.#card.hide();
      return;
    }
    const { pictures } = this.#opened;
    this.#card.show(pictureCard(row, pictures.factsOf(row, chartTheme()), pictures.thumbnails), at);
  }

  /** @param {number | null} row */
  #pick(row) {
    this.#card.hide();
    this.keep({ row });
    this.guard(() => this.#showPicked());
  }

  /** The picked picture and its neighbours; a row that the map does not have is none. */
  async #showPicked() {
    if (!this.#opened) return;
    const [{ row }, { session, pictures }] = [this.state, this.#opened];
    const isPicked = row !== null && row < session.map.count;
    this.#stage.mark({ picked: isPicked ? row : null, neighbours: {} });
    if (!isPicked) {
      this.#asking.cancel();
      this.#panel.clear();
      return;
    }
    this.#panel.show(row, pictures, null);
    await this.#asking.run((signal) => this.#showNeighbours(row, signal));
  }

  /** @param {number} row @param {AbortSignal} signal */
  async #showNeighbours(row, signal) {
    if (!this.#opened) return;
    const { session, data, pictures } = this.#opened;
    const { neighbour_spaces: spaces, neighbours_url: url, image_set: images } = session.map;
    const ask = async (/** @type {string} */ space) => {
      const query = new URLSearchParams({ row: String(row), space, count: String(NEIGHBOURS) });
      return { space, found: await this.api.neighbours(`${url}?${query}`, signal) };
    };
    const [rows, found] = await Promise.all([data.rows(), Promise.all(spaces.map(ask))]);
    signal.throwIfAborted();
    const { codes } = await data.categories("reference");
    const isThere = this.#source.isOwn || rows.references[codes[row]]?.has_picture;
    const picture = isThere ? `${images.pictures_url}/${row}` : null;
    this.#panel.show(row, pictures, { id: rows.ids[row], url: picture, isSmall: this.#source.isOwn });
    this.#panel.showNeighbours(found, pictures);
    const marked = found.map(({ space, found: { neighbours } }) => [
      space,
      neighbours.map((neighbour) => neighbour.row),
    ]);
    this.#stage.mark({ neighbours: Object.fromEntries(marked) });
  }

  /** The upload that the address names, on this map. @param {AbortSignal} signal */
  async #place(signal) {
    const { analysis: id } = this.state;
    if (id === null || !this.#opened) return;
    const { session, pictures } = this.#opened;
    this.#panel.showPlacing();
    try {
      const where = { checkpoint: this.#checkpoint, map: session.map.address };
      const [analysis, placement] = await Promise.all([
        this.api.analysis(id, null, signal),
        this.#source.place(id, where, signal),
      ]);
      this.#panel.showPlaced({ analysis, placement }, pictures);
      rememberPicture(analysis);
      this.#stage.mark({ upload: [placement.x, placement.y] });
    } catch (error) {
      this.#panel.showPlaced(null, pictures);
      throw error;
    }
  }

  /** @param {import("../../kit/csv.js").CsvOptions} options */
  async #saveCsv(options) {
    await this.guard(async () => {
      if (!this.#opened) return;
      const { session, data } = this.#opened;
      const text = await exportedCsv(session.rows, data, options);
      saveText(text, `${this.#exportName(session)}-selection.csv`, "text/csv");
    });
  }

  async #publish() {
    if (!this.#opened) return;
    const { session } = this.#opened;
    const title = words.figureTitle(this.#checkpoint, fieldWords(session.color, session.map).name);
    await this.guard(() => this.#stage.publish(title, `${this.#exportName(session)}-${session.color}`));
  }

  /** @param {MapSession} session */
  #exportName({ map }) {
    return `${this.#checkpoint}-${map.image_set.name}`;
  }
}

await new MapPage().start();

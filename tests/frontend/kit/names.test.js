import assert from "node:assert/strict";
import { test } from "node:test";

import { nameInText, shownName } from "../../../frontend/static/js/kit/language/names.js";
import * as labs from "../../../frontend/static/js/lab/words.js";
import * as analyses from "../../../frontend/static/js/pages/analyses/words.js";
import * as batches from "../../../frontend/static/js/pages/batches/words.js";
import * as lab from "../../../frontend/static/js/pages/lab/words.js";
import * as mixed from "../../../frontend/static/js/pages/mixed/words.js";
import * as score from "../../../frontend/static/js/pages/score/words.js";
import * as studies from "../../../frontend/static/js/pages/studies/words.js";
import * as sending from "../../../frontend/static/js/sending/words.js";

const SPOOF = "invoice\u202egpj.exe";
const SHOWN = "invoice[U+202E]gpj.exe";
const ARABIC = "صورة.png";

test("what turns text around is shown by its number", () => {
  assert.equal(shownName(SPOOF), SHOWN);
  assert.equal(
    shownName("\u061c\u200e\u200f\u202a\u202c\u2066\u2069"),
    "[U+061C][U+200E][U+200F][U+202A][U+202C][U+2066][U+2069]",
  );
});

test("names in any script stay as they are, and amid other words those from right to left are kept apart", () => {
  for (const name of ["cat.jpg", "猫.png", "👨\u200d👩\u200d👧.png"]) assert.equal(nameInText(name), name);
  assert.equal(shownName(ARABIC), ARABIC);
  assert.equal(nameInText(ARABIC), `\u2068${ARABIC}\u2069`);
  assert.equal(nameInText(`\u2069${ARABIC}`), `\u2068[U+2069]${ARABIC}\u2069`);
});

test("no sentence of a page is turned around by the name in it", () => {
  const sentences = [
    analyses.select(SPOOF),
    analyses.showOnMap(SPOOF),
    analyses.takeToLab(SPOOF),
    analyses.removeOne(SPOOF),
    sending.chosenArchive(SPOOF, "1 MB"),
    batches.batchTitle({ filename: SPOOF, total: 1 }, "0"),
    batches.batchTitle({ filename: SPOOF, total: 3 }, "2"),
    ...Object.values(sending.leftOutLine).map((line) => line(SPOOF, "1 MB")),
    lab.verdict(SPOOF, "JPEG", 1),
    labs.status.uploading(SPOOF),
    lab.titles.title(SPOOF),
    mixed.titles.title(SPOOF),
    lab.pictures.originalAlt(SPOOF),
    studies.tableTitle(SPOOF),
    studies.labelsAbsent(SPOOF),
    score.pictureAlt(SPOOF),
    score.pageTitle(SPOOF),
    score.status.scoring(SPOOF),
    score.status.scored(SPOOF, "50.0", "fair", "40.0", "60.0"),
  ];
  for (const sentence of sentences) {
    assert.ok(sentence.includes(SHOWN), sentence);
    assert.ok(!sentence.includes(SPOOF), sentence);
  }
});

import assert from "node:assert/strict";
import test from "node:test";

const page = {
  documentElement: { lang: "zh-Hans" },
  getElementById: () => ({
    textContent: JSON.stringify({ "Score {filename}": "为 {filename} 评分", "{count} picture": ["{count} 张图片"] }),
  }),
};

/** A module of its own for each page, because it reads the page when it is loaded. */
async function loaded(document) {
  globalThis.document = document;
  try {
    return await import(`../../../frontend/static/js/kit/language/translate.js?${document ? "page" : "none"}`);
  } finally {
    delete globalThis.document;
  }
}

test("without a catalogue the English text is the message", async () => {
  const { LOCALE, t, tn } = await loaded(undefined);
  assert.equal(LOCALE, "en");
  assert.equal(t("Score {filename}", { filename: "a.png" }), "Score a.png");
  assert.equal(tn("{count} picture", "{count} pictures", 1), "1 picture");
  assert.equal(tn("{count} picture", "{count} pictures", 2000, { count: "2,000" }), "2,000 pictures");
});

test("a catalogue's message takes the same values, and what it lacks stays English", async () => {
  const { LOCALE, t, tn } = await loaded(page);
  assert.equal(LOCALE, "zh-Hans");
  assert.equal(t("Score {filename}", { filename: "{count}" }), "为 {count} 评分");
  assert.equal(tn("{count} picture", "{count} pictures", 1), "1 张图片");
  assert.equal(tn("{count} picture", "{count} pictures", 3), "3 张图片");
  assert.equal(t("Unknown"), "Unknown");
});

test("a hole without a value stays visible", async () => {
  const { t } = await loaded(undefined);
  assert.equal(t("Score {filename}"), "Score {filename}");
});

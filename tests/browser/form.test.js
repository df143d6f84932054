// The form: by keyboard alone, readable by assistive technology, and with errors for people.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import axe from "axe-core";
import { openPage, startBrowser } from "./support/browser.js";
import { askForToken, focused, picture, shownClaims, shownError } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { startService } from "./support/service.js";

let relay, service, browser, opened;

before(async () => {
  relay = await startRelay();
  service = await startService({ MOCK: "1" });
  browser = await startBrowser(relay);
});

afterEach(() => opened?.close());

after(async () => {
  await browser?.close();
  await service?.stop();
  await relay?.stop();
});

async function open() {
  opened = await openPage(browser, service.url);
  return opened.page;
}

/** What is wrong for people who do not see the page, or see it badly. */
async function barriers(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}

test("the page loads without a complaint", async () => {
  const page = await open();
  assert.equal(await page.title(), "Join a room");
  assert.match(await page.$eval("#about", (node) => node.textContent), /a mock makes the tokens/);
  assert.deepEqual(opened.record.problems, []);
  await picture(page, "form");
});

test("the form works by keyboard alone", async () => {
  const page = await open();
  assert.equal(await focused(page), "name");
  await page.keyboard.type("Bob");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "room");
  await page.keyboard.type("math-101"); // what was there is selected
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown"); // from participant to moderator
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Get a token");
  await page.keyboard.press("Enter");

  const claims = await shownClaims(page);
  assert.equal(claims.Name, "Bob");
  assert.equal(claims.Room, "math-101");
  assert.match(claims["Over others"], /remove/);
  assert.equal(await focused(page), "token-title");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "join");
});

test("there are no barriers, in light and in dark", async () => {
  const page = await open();
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.locator("#name").fill("Mallory");
    await page.locator("form button").click();
    await shownError(page);
    assert.deepEqual(await barriers(page), []);
    await askForToken(page, { name: "Alice" });
    await shownClaims(page);
    assert.deepEqual(await barriers(page), []);
    await picture(page, scheme);
  }
});

test("errors are spoken, and go away", async () => {
  const page = await open();
  assert.equal(await page.$eval("#error", (node) => node.role), "alert");
  await askForToken(page, { name: "Mallory" });
  assert.equal(await shownError(page), "We do not know anybody of this name.");
  await askForToken(page, { name: "Bob", role: "moderator" });
  await page.waitForFunction(() => document.getElementById("error").textContent.includes("participant"));
  assert.equal(await shownError(page), "The highest role that you may take here is participant.");
  await picture(page, "error");

  await askForToken(page, { name: "Bob", role: "participant" });
  await shownClaims(page);
  assert.equal(await page.$eval("#error", (node) => node.textContent), "");
});

test("names that are not ASCII are shown as they are", async () => {
  const page = await open();
  const text = await page.evaluate(async () => {
    const { claims } = await import("/token.js");
    const payload = btoa(String.fromCharCode(...new TextEncoder().encode('{"u":"Émilie ✏️>>>???"}')));
    return claims(`e30.${payload.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.c2ln`).u;
  });
  assert.equal(text, "Émilie ✏️>>>???");
});

test("windows of all kinds are told in words", async () => {
  const page = await open();
  const told = await page.evaluate(async () => {
    const { inWords } = await import("/token.js");
    const now = new Date(1_800_000_000_000);
    const words = (claims) => Object.fromEntries(inWords(claims, now));
    return [
      words({}),
      words({ jf: 1_800_007_200, ju: 1_800_100_000 }),
      words({ ju: 1_799_999_000, rat: 1_800_000_060, rse: 5400 }),
    ];
  });
  assert.equal(told[0]["You can join"], "at any time: the token does not expire");
  assert.equal(told[0]["You can stay"], "as long as the room is open");
  assert.match(told[1]["You can join"], /^from .*, which is in 2 hours until .*, which is in 1 day 3 hours$/);
  assert.match(told[2]["You can join"], /^until .*, which is past$/);
  assert.match(told[2]["You can stay"], /^until .*, which is in 1 minute, or for 1 hour 30 minutes after joining$/);
});

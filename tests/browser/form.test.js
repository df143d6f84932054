// Tests for the form: keyboard use, accessibility, error messages and token descriptions.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { focused, requestToken, screenshot, shownClaims, shownError, violations } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { startMint, startService } from "./support/service.js";

const PHONE = { width: 390, height: 844 };

let relay, mint, mock, service, browser, opened;

before(async () => {
  relay = await startRelay();
  mint = await startMint();
  mock = await startService({ MOCK: "1" });
  service = await startService(mint.variables);
  browser = await startBrowser(relay);
});

afterEach(() => opened?.close());

after(async () => {
  await browser?.close();
  await service?.stop();
  await mock?.stop();
  await mint?.stop();
  await relay?.stop();
});

async function open({ url } = mock) {
  opened = await openPage(browser, url);
  return opened.page;
}

/** Presses Tab until an element has the focus. */
async function tabTo(page, name) {
  for (let count = 0; count < 20; count += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return;
  }
  assert.fail(`${name} cannot be reached by Tab`);
}

test("the page loads without errors", async () => {
  const page = await open();
  assert.equal(await page.title(), "Join a room");
  assert.match(await page.$eval("#about-mock:not([hidden])", (node) => node.textContent), /minted by a mock server/);
  assert.deepEqual(opened.record.problems, []);
  await screenshot(page, "form");
});

test("mock mode offers rooms and members", async () => {
  const page = await open();
  const shown = (selector) => page.$$eval(selector, (nodes) => nodes.map((node) => node.textContent));
  assert.deepEqual(await shown("#room option"), ["math-101", "standup"]);
  assert.deepEqual(await shown("#member-buttons button"), ["Alice, moderator", "Bob, participant", "Carol, audience"]);
  await page.select("#room", "math-101");
  assert.deepEqual(await shown("#member-buttons button"), ["Alice, participant", "Bob, moderator"]);

  await page.locator("#member-buttons button:nth-child(2)").click();
  const claims = await shownClaims(page);
  assert.deepEqual([claims.Name, claims.Role, claims.Room], ["Bob", "moderator", "math-101"]);
});

test("members can be chosen with the keyboard alone", async () => {
  const page = await open();
  await tabTo(page, "Carol, audience");
  await page.keyboard.press("Enter");
  assert.equal((await shownClaims(page)).Name, "Carol");
  assert.equal(await focused(page), "token-title");
});

test("the form works with the keyboard alone", async () => {
  const page = await open(service);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "room");
  await page.keyboard.type("math-101"); // replaces the selected text
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "name");
  await page.keyboard.type("Bob");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown"); // from participant to moderator
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "submit");
  await page.keyboard.press("Enter");

  const claims = await shownClaims(page);
  assert.equal(claims.Name, "Bob");
  assert.equal(claims.Room, "math-101");
  assert.match(claims["Permissions for others"], /remove/);
  assert.equal(await focused(page), "token-title");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "join");
});

test("axe finds no violations in light or dark mode, on desktop or phone", async () => {
  for (const scheme of ["light", "dark"]) {
    for (const [device, viewport] of [["desktop", { width: 1200, height: 900 }], ["phone", PHONE]]) {
      const page = await open();
      await page.setViewport(viewport);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await screenshot(page, `start-${device}-${scheme}`);
      assert.deepEqual(await violations(page), []);
      await requestToken(page, { name: "Mallory" });
      await shownError(page);
      assert.deepEqual(await violations(page), []);
      await page.locator("#member-buttons button").click();
      await shownClaims(page);
      await page.locator("#raw summary").click();
      assert.deepEqual(await violations(page), []);
      await screenshot(page, `token-${device}-${scheme}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${device}: the page scrolls horizontally (${width} px)`);
      await opened.close();
      opened = undefined;
    }
  }
});

test("errors are announced and cleared", async () => {
  const page = await open();
  assert.equal(await page.$eval("#error", (node) => node.role), "alert");
  await requestToken(page, { name: "Mallory" });
  assert.equal(await shownError(page), "There is no user with this name.");
  await requestToken(page, { name: "Bob", role: "participant" });
  await shownClaims(page);
  assert.equal(await page.$eval("#error", (node) => node.textContent), "");
});

test("a role that is too high can be replaced with the highest allowed role", async () => {
  const page = await open();
  await requestToken(page, { name: "Bob", role: "moderator" });
  assert.equal(await shownError(page), "You can join as participant at most.");
  assert.equal(await page.$eval("#use-highest-role", (node) => node.textContent), "Continue as participant");
  assert.deepEqual(await violations(page), []);
  await screenshot(page, "role");

  await page.locator("#use-highest-role").click();
  const claims = await shownClaims(page);
  assert.deepEqual([claims.Name, claims.Role], ["Bob", "participant"]);
  assert.ok(await page.$("#use-highest-role[hidden]"));

  const struck = await page.$$eval("#claims s", (nodes) => nodes.map((node) => node.textContent));
  assert.equal(struck.length, 13, `the permissions of moderators only: ${struck}`);
  assert.ok(struck.includes("remove from the room") && !struck.includes("share screen"), `${struck}`);
  const note = "The participant role does not include the permissions that are struck through.";
  assert.equal(await page.$eval("#refused-note", (node) => node.textContent), note);
  assert.deepEqual(await violations(page), []);
  await screenshot(page, "refused");

  await page.locator("#member-buttons button:nth-child(2)").click();
  await page.waitForFunction(() => document.querySelectorAll("#claims s").length === 0);
  assert.ok(await page.$("#refused-note[hidden]"));
});

test("non-ASCII names are decoded", async () => {
  const page = await open();
  const text = await page.evaluate(async () => {
    const { claims } = await import("/token.js");
    const payload = btoa(String.fromCharCode(...new TextEncoder().encode('{"u":"Émilie ✏️>>>???"}')));
    return claims(`e30.${payload.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.c2ln`).u;
  });
  assert.equal(text, "Émilie ✏️>>>???");
});

test("time windows are described in plain words", async () => {
  const page = await open();
  const described = await page.evaluate(async () => {
    const { inWords, validity } = await import("/token.js");
    const now = new Date(1_800_000_000_000);
    return [
      {},
      { jf: 1_800_007_200, ju: 1_800_100_000 },
      { ju: 1_799_999_000, rat: 1_800_000_060, rse: 5400 },
      { ju: 1_800_000_600 },
    ].map((claims) => ({ ...Object.fromEntries(inWords(claims, [], now)), pill: validity(claims, now) }));
  });
  assert.equal(described[0]["You can join"], "at any time: the token does not expire");
  assert.equal(described[0]["You can stay"], "as long as the room is open");
  assert.match(described[1]["You can join"], /^from .* \(in 2 hours\) until .* \(in 1 day 3 hours\)$/);
  assert.match(described[2]["You can join"], /^until .* \(expired\)$/);
  assert.match(described[2]["You can stay"], /^until .* \(in 1 minute\), or for 1 hour 30 minutes after joining$/);
  assert.deepEqual(described.map(({ pill }) => pill), [
    { expired: false, text: "does not expire" },
    { expired: false, text: "valid 1 day 3 hours" },
    { expired: true, text: "expired" },
    { expired: false, text: "valid 10 min" },
  ]);
});

// Tests for joining and leaving a room, using a stub of the SDK.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { focused, requestToken, screenshot, shownClaims, violations, waitForStatus } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { startMint, startService } from "./support/service.js";

let relay, mint, browser;

before(async () => {
  relay = await startRelay();
  mint = await startMint();
  browser = await startBrowser(relay);
});

after(async () => {
  await browser?.close();
  await mint?.stop();
  await relay?.stop();
});

/** Opens the page, requests a token for Alice and runs a test. */
async function withToken(variables, run) {
  const service = await startService({ ...mint.variables, ...variables });
  const { page, close } = await openPage(browser, service.url);
  try {
    await requestToken(page, { name: "Alice" });
    await shownClaims(page);
    await run(page);
  } finally {
    await close();
    await service.stop();
  }
}

const STUB = { SDK: fileURLToPath(new URL("support/sdk-stub.js", import.meta.url)) };

test("a room can be joined and left with the keyboard", () =>
  withToken(STUB, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#stage:not([hidden]) video");
    await waitForStatus(page, "You are in the room.");
    assert.equal(await focused(page), "leave");
    assert.deepEqual(await violations(page), []);
    await screenshot(page, "room");

    await page.keyboard.press("Enter");
    await page.waitForSelector("#stage[hidden]", { hidden: true });
    await waitForStatus(page, "");
    assert.equal(await focused(page), "join");
  }));

test("requesting a new token leaves the room", () =>
  withToken(STUB, async (page) => {
    await page.locator("#join").click();
    await waitForStatus(page, "You are in the room.");
    await requestToken(page, { name: "Bob" });
    await page.waitForFunction(() => document.getElementById("token-title").textContent.startsWith("Bob"));
    await page.waitForSelector("#stage[hidden]", { hidden: true });
    assert.ok(await page.$("#join:not([hidden])"));
  }));

test("joining can be canceled before the stage is shown", () =>
  withToken(STUB, async (page) => {
    await page.evaluate(() => { window.joinNever = true; });
    await page.locator("#join").click();
    await waitForStatus(page, "Joining …");
    await page.waitForSelector("#spinner", { visible: true });
    assert.ok(await page.$("#stage[hidden]"), "the stage is hidden");
    assert.deepEqual(await violations(page), []);
    await screenshot(page, "joining");

    await page.locator("#cancel").click();
    await waitForStatus(page, "Canceled.");
    assert.ok(await page.evaluate(() => window.isDestroyed), "the room session must be destroyed");
    assert.ok(await page.$("#cancel[hidden]"));
    assert.equal(await page.$eval("#error", (node) => node.textContent), "");
    assert.equal(await focused(page), "join");

    await page.evaluate(() => { window.joinNever = false; });
    await page.locator("#join").click();
    await waitForStatus(page, "You are in the room.");
  }));

test("without the SDK, the page explains how to install it", () =>
  withToken({ SDK: "/no/such/file" }, async (page) => {
    assert.match(await page.$eval("#join-no-sdk:not([hidden])", (node) => node.textContent), /npm ci --prefix/);
    assert.ok(await page.$("#join:disabled[aria-describedby=join-no-sdk]"));
    assert.deepEqual(await violations(page), []);
  }));

test("in mock mode, the page explains why joining is disabled", () =>
  withToken({ ...STUB, MOCK: "1" }, async (page) => {
    assert.match(await page.$eval("#join-mock:not([hidden])", (node) => node.textContent), /mock token/);
    assert.ok(await page.$("#join:disabled[aria-describedby=join-mock]"));
  }));

test("without the demo sign-in, the page explains how to enable it", async () => {
  const service = await startService({ ...mint.variables, DEMO_SIGN_IN: "0" });
  const { page, close } = await openPage(browser, service.url);
  try {
    await page.waitForSelector("#about-sign-in:not([hidden])");
    assert.ok(await page.$("#submit:disabled"));
    assert.deepEqual(await violations(page), []);
    await screenshot(page, "no-sign-in");
  } finally {
    await close();
    await service.stop();
  }
});

test("joining fails if SignalWire does not respond", () =>
  withToken({}, async (page) => {
    relay.respond = () => undefined;
    const outcome = await page.evaluate(async () => {
      const { join, TimeoutError } = await import("/room.js");
      const token = "eyJ0eXAiOiJWUlQiLCJjaCI6InJlbGF5LnNpZ25hbHdpcmUuY29tIn0.e30.c2ln";
      return join(token, document.createElement("div"), () => {}, { timeLimit: 200 }).then(
        () => "joined",
        (error) => error instanceof TimeoutError && error.message,
      );
    });
    assert.equal(outcome, "joining took too long");
  }));

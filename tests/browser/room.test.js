// In the room, and out of it again: the page around the SDK.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { askForToken, focused, picture, shownClaims } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { startService } from "./support/service.js";

let relay, browser;

before(async () => {
  relay = await startRelay();
  browser = await startBrowser(relay);
});

after(async () => {
  await browser?.close();
  await relay?.stop();
});

/** Runs a test of the page with Alice's token on it. */
async function withToken(variables, run) {
  const service = await startService({ MOCK: "1", ...variables });
  const { page, close } = await openPage(browser, service.url);
  try {
    await askForToken(page, { name: "Alice" });
    await shownClaims(page);
    await run(page);
  } finally {
    await close();
    await service.stop();
  }
}

const STUB = { SDK: fileURLToPath(new URL("support/sdk-stub.js", import.meta.url)) };

test("joining and leaving by keyboard", () =>
  withToken(STUB, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#stage video");
    await page.waitForFunction(() => document.getElementById("status").textContent === "You are in the room.");
    assert.equal(await focused(page), "leave");
    await picture(page, "room");

    await page.keyboard.press("Enter");
    await page.waitForSelector("#stage[hidden]", { hidden: true });
    await page.waitForFunction(() => document.getElementById("status").textContent === "");
    assert.equal(await focused(page), "join");
  }));

test("a new token ends the stay in the room", () =>
  withToken(STUB, async (page) => {
    await page.locator("#join").click();
    await page.waitForFunction(() => document.getElementById("status").textContent === "You are in the room.");
    await askForToken(page, { name: "Bob" });
    await page.waitForFunction(() => document.querySelector("#claims dd").textContent === "Bob");
    await page.waitForSelector("#stage[hidden]", { hidden: true });
    assert.ok(await page.$("#join:not([hidden])"));
  }));

test("without the SDK the page says so", () =>
  withToken({ SDK: "/no/such/file" }, async (page) => {
    assert.ok(await page.$("#sdk-missing:not([hidden])"));
    assert.ok(await page.$("#join[hidden]"));
  }));

test("joining is given up when SignalWire says nothing", () =>
  withToken({}, async (page) => {
    relay.answer = () => undefined;
    const outcome = await page.evaluate(async () => {
      const { join } = await import("/room.js");
      const token = "eyJ0eXAiOiJWUlQiLCJjaCI6InJlbGF5LnNpZ25hbHdpcmUuY29tIn0.e30.c2ln";
      return join(token, document.createElement("div"), () => {}, 200).then(
        () => "joined",
        (error) => error.message,
      );
    });
    assert.equal(outcome, "joining took too long");
  }));

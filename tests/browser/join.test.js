// Tests that the page describes a token and passes it to SignalWire's SDK.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { decode, requestToken, screenshot, shownClaims, shownError } from "./support/page.js";
import { authorized, HOST, startRelay } from "./support/relay.js";
import { ACCOUNT, startMint, startService } from "./support/service.js";

let relay, mint, service, browser, opened;

before(async () => {
  relay = await startRelay();
  mint = await startMint();
  service = await startService(mint.variables);
  browser = await startBrowser(relay);
});

afterEach(() => opened?.close());

after(async () => {
  await browser?.close();
  await service?.stop();
  await mint?.stop();
  await relay?.stop();
});

/** Opens the page and requests a token for Alice. */
async function getToken(fields = {}) {
  relay.messages.length = 0;
  opened = await openPage(browser, service.url);
  const response = opened.page.waitForResponse((response) => response.url().endsWith("/tokens"));
  await requestToken(opened.page, { name: "Alice", ...fields });
  const { token } = await (await response).json();
  return { ...opened, token, claims: await shownClaims(opened.page) };
}

test("a token is described in plain words", async () => {
  const { page, record, token, claims } = await getToken({ role: "moderator" });
  assert.equal(claims.Name, "Alice");
  assert.equal(claims.Role, "moderator");
  assert.equal(claims.Room, "standup");
  assert.equal(claims.As, "member: you take part");
  assert.match(await page.$eval("#validity", (node) => node.textContent), /^valid (9|10) min$/);
  assert.match(claims["You can join"], /^until .* \(in (9|10) minutes\)$/);
  assert.equal(claims["You can stay"], "for 4 hours after joining");
  assert.match(claims["Permissions for yourself"], /mute microphone, unmute microphone/);
  assert.match(claims["Permissions for others"], /remove/);
  assert.deepEqual(record.problems, []);

  assert.ok(await page.$("#raw:not([open])"), "the token must be hidden at first");
  await page.locator("#raw summary").click();
  assert.equal(await page.$eval("#raw-token", (node) => node.value), token);
});

test("the token can be copied", async () => {
  const { page, token } = await getToken();
  await page.browserContext().overridePermissions(new URL(service.url).origin, ["clipboard-read", "clipboard-sanitized-write"]);
  await page.locator("#raw summary").click();
  await page.locator("#copy").click();
  await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
});

test("an audience member has no permissions", async () => {
  const { claims } = await getToken({ role: "audience" });
  assert.equal(claims.As, "audience: you watch and listen");
  assert.equal(claims.Permissions, "none");
});

test("the SDK sends the token to the host in the token", async () => {
  relay.respond = ({ method, params }) => {
    if (method === "signalwire.connect") return authorized(decode(params.authentication.jwt_token));
    return { error: { code: -32603, message: "no media here" } };
  };
  const { page, record, token } = await getToken();
  await page.locator("#join").click();
  assert.match(await shownError(page), /^SignalWire rejected the request to join\./);
  assert.deepEqual(record.problems.filter((problem) => problem.includes("Content Security Policy")), []);

  const connect = relay.messages.find(({ method }) => method === "signalwire.connect");
  assert.equal(connect.params.authentication.jwt_token, token);
  assert.equal(relay.host, HOST);
  assert.equal(`${relay.origin}/`, service.url);

  // After authentication, the SDK offers fake audio and video.
  const invite = relay.messages.find(({ params }) => params.message?.method === "verto.invite");
  assert.ok(invite, JSON.stringify(relay.messages.map(({ method }) => method)));
  assert.match(invite.params.message.params.sdp, /m=video/);
});

test("a rejected token is reported without details", async () => {
  relay.respond = () => ({ error: { code: -32002, message: "Authentication failed: internal-detail" } });
  const { page } = await getToken();
  await page.locator("#join").click();
  const message = "SignalWire rejected the request to join. The token may have expired. Request a new one.";
  assert.equal(await shownError(page), message);
  assert.ok(await page.$("#stage[hidden]"), "the stage must be hidden");
  assert.ok(!(await page.content()).includes("internal-detail"));
  await screenshot(page, "rejected");
});

test("the browser connects only to the service and SignalWire, and never receives credentials", async () => {
  relay.respond = ({ params }) => authorized(decode(params.authentication.jwt_token));
  const { page, record, token } = await getToken();
  await page.locator("#join").click();
  await page.waitForFunction(() => window.SignalWire !== undefined);
  while (relay.messages.length === 0) await new Promise(setImmediate);

  const traffic = await record.all();
  assert.ok(traffic.includes(token), "the record must include response bodies");
  assert.ok(traffic.includes("signalwire.connect"), "the record must include WebSocket messages");
  const { projectId, apiToken } = ACCOUNT;
  for (const secret of [apiToken, btoa(apiToken), btoa(`${projectId}:${apiToken}`), "Basic "]) {
    assert.ok(!traffic.includes(secret), secret);
  }
  assert.deepEqual([...record.hosts].sort(), [new URL(service.url).host, HOST].sort());
});

// A token arrives, says what it allows, and is accepted by SignalWire's SDK.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { askForToken, decode, picture, shownClaims, shownError } from "./support/page.js";
import { authorized, HOST, startRelay } from "./support/relay.js";
import { MOCK_ACCOUNT, startService } from "./support/service.js";

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

/** Opens the page and gets Alice a token. */
async function getToken(wish = {}) {
  relay.messages.length = 0;
  opened = await openPage(browser, service.url);
  const answer = opened.page.waitForResponse((response) => response.url().endsWith("/tokens"));
  await askForToken(opened.page, { name: "Alice", ...wish });
  const { token } = await (await answer).json();
  return { ...opened, token, claims: await shownClaims(opened.page) };
}

test("a token is shown in plain words", async () => {
  const { page, record, claims } = await getToken({ role: "moderator" });
  assert.equal(claims.Name, "Alice");
  assert.equal(claims.Room, "standup");
  assert.equal(claims.As, "member: you take part");
  assert.match(claims["You can join"], /^until .*, which is in (9|10) minutes$/);
  assert.equal(claims["You can stay"], "for 4 hours after joining");
  assert.match(claims["Over yourself"], /audio mute, audio unmute/);
  assert.match(claims["Over others"], /remove/);
  assert.deepEqual(record.problems, []);
  await picture(page, "token");
});

test("an audience controls nothing", async () => {
  const { claims } = await getToken({ role: "audience" });
  assert.equal(claims.As, "audience: you watch and listen");
  assert.equal(claims["You may control"], "nothing");
});

test("the SDK takes the token to the host that the token names", async () => {
  relay.answer = ({ method, params }) => {
    if (method === "signalwire.connect") return authorized(decode(params.authentication.jwt_token));
    return { error: { code: -32603, message: "no media here" } };
  };
  const { page, record, token } = await getToken();
  await page.locator("#join").click();
  assert.match(await shownError(page), /^SignalWire did not let you in\./);
  assert.deepEqual(record.problems.filter((problem) => problem.includes("Content Security Policy")), []);

  const connect = relay.messages.find(({ method }) => method === "signalwire.connect");
  assert.equal(connect.params.authentication.jwt_token, token);
  assert.equal(relay.host, HOST);
  assert.equal(`${relay.origin}/`, service.url);

  // Once it is let in, the SDK asks to take part in the room: an offer of fake sound and pictures.
  const invite = relay.messages.find(({ params }) => params.message?.method === "verto.invite");
  assert.ok(invite, JSON.stringify(relay.messages.map(({ method }) => method)));
  assert.match(invite.params.message.params.sdp, /m=video/);
});

test("a token that SignalWire refuses is told in words for people", async () => {
  relay.answer = () => ({ error: { code: -32002, message: "Authentication failed: internal-detail" } });
  const { page } = await getToken();
  await page.locator("#join").click();
  const message = "SignalWire did not let you in. A mock made the token.";
  assert.equal(await shownError(page), message);
  assert.ok(!(await page.content()).includes("internal-detail"));
  await picture(page, "refused");
});

test("the browser speaks to the service and to SignalWire alone, and never sees the account", async () => {
  relay.answer = ({ params }) => authorized(decode(params.authentication.jwt_token));
  const { page, record, token } = await getToken();
  await page.locator("#join").click();
  await page.waitForFunction(() => window.SignalWire !== undefined);
  while (relay.messages.length === 0) await new Promise(setImmediate);

  const traffic = await record.all();
  assert.ok(traffic.includes(token), "the record has the bodies of answers");
  assert.ok(traffic.includes("signalwire.connect"), "the record has what went through the websocket");
  const { projectId, apiToken } = MOCK_ACCOUNT;
  for (const secret of [apiToken, btoa(apiToken), btoa(`${projectId}:${apiToken}`), "Basic "]) {
    assert.ok(!traffic.includes(secret), secret);
  }
  assert.deepEqual([...record.hosts].sort(), [new URL(service.url).host, HOST].sort());
});

// Tests that after a SignalWire error, the page shows a helpful message without details of the account or the
// response.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./support/browser.js";
import { requestToken, shownError } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { ACCOUNT, startService, startUpstream } from "./support/service.js";

let relay, browser;

before(async () => {
  relay = await startRelay();
  browser = await startBrowser(relay);
});

after(async () => {
  await browser?.close();
  await relay?.stop();
});

for (const [status, message] of [
  [401, "The room cannot be joined because of a problem on our side."],
  [422, "The room cannot be joined with these settings."],
  [500, "The video service cannot be reached right now. Please try again in a moment."],
]) {
  test(`SignalWire responds with ${status}`, async () => {
    const { projectId, apiToken } = ACCOUNT;
    const detail = `internal-detail of ${projectId} with ${apiToken}`;
    const body = { errors: [{ type: "error", code: "internal-code", message: detail, url: "https://internal.example" }] };
    const upstream = await startUpstream(status, () => body);
    const service = await startService(upstream.variables);
    const { page, record, close } = await openPage(browser, service.url);
    try {
      await requestToken(page, { name: "Alice" });
      assert.equal(await shownError(page), message);
      assert.ok(await page.$("#token[hidden]"), "no token may be shown");

      const traffic = await record.all();
      assert.ok(traffic.includes(message), "the record must include response bodies");
      const credentials = [projectId, apiToken, btoa(`${projectId}:${apiToken}`), "Basic "];
      for (const secret of ["internal", upstream.variables.SIGNALWIRE_SPACE, ...credentials]) {
        assert.ok(!traffic.includes(secret), secret);
      }
    } finally {
      await close();
      await service.stop();
      await upstream.stop();
    }
  });
}

test("the service is unreachable", async () => {
  const service = await startService({ MOCK: "1" });
  const { page, close } = await openPage(browser, service.url);
  await service.stop();
  await requestToken(page, { name: "Alice" });
  assert.equal(await shownError(page), "The service cannot be reached. Please try again in a moment.");
  await close();
});

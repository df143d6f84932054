// Creates the README's pictures in `docs/pictures`: the output of two commands, and the token service's page.
//
//     npm run pictures --prefix tests/browser

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, startBrowser } from "./support/browser.js";
import { requestToken, shownClaims, shownError } from "./support/page.js";
import { startRelay } from "./support/relay.js";
import { debugProgram, startService } from "./support/service.js";
import { terminal, THEMES } from "./support/terminal.js";

const DIRECTORY = new URL("../../docs/pictures/", import.meta.url).pathname;
mkdirSync(DIRECTORY, { recursive: true });

commands();
await page();

/** Draws a terminal with the output of `create` and `inspect`. */
function commands() {
  const create = "create standup --user-name Alice --valid-for 1h --mock";
  const { stdout: token, stderr } = spawnSync(debugProgram("room-token"), create.split(" "), { encoding: "utf8" });
  const inspected = execFileSync(debugProgram("room-token"), ["inspect"], { input: token, encoding: "utf8" });
  const summary = inspected.slice(0, inspected.indexOf("\nheader\n"));
  const lines = [
    { command: `room-token ${create} > token` },
    { note: stderr.trim() },
    { command: "cat token" },
    { output: token.trim(), isCut: true },
    { command: "room-token inspect < token" },
    ...summary.trim().split("\n").map((output) => ({ output })),
    { note: "…" },
  ];
  const title = "A terminal in which room-token creates a token with a mock server and shows its claims";
  for (const [name, theme] of Object.entries(THEMES)) {
    writeFileSync(join(DIRECTORY, `terminal-${name}.svg`), terminal(title, lines, theme));
  }
}

/** Takes screenshots of the page after a participant has asked to be a moderator. */
async function page() {
  const relay = await startRelay();
  const service = await startService({ MOCK: "1" });
  const browser = await startBrowser(relay);
  for (const scheme of Object.keys(THEMES)) {
    const { page, close } = await openPage(browser, service.url);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width: 1000, height: 800, deviceScaleFactor: 1.25 });
    await requestToken(page, { name: "Bob", role: "moderator" });
    await shownError(page);
    await page.locator("#use-highest-role").click();
    await shownClaims(page);
    await page.screenshot({ path: join(DIRECTORY, `page-${scheme}.png`), fullPage: true });
    await close();
  }
  await browser.close();
  await service.stop();
  await relay.stop();
}

// A headless browser that can reach only localhost. Its traffic is recorded.

import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { HOST } from "./relay.js";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser. SignalWire's host resolves to the relay; no other host resolves. */
export function startBrowser(relay) {
  const executablePath = process.env.CHROMIUM ?? PATHS.find((path) => existsSync(path));
  if (!executablePath) throw new Error("Chromium not found; install it or set CHROMIUM to its path");
  return puppeteer.launch({
    executablePath,
    args: [
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${relay.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${relay.keyHash}`,
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--disable-background-networking",
      "--no-proxy-server",
      // Chromium's sandbox doesn't work for root, which is common in containers.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

/** Opens a page in a new profile and records its traffic. */
export async function openPage(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 900, height: 1000 });
  const record = await recordTraffic(page);
  await page.goto(url, { waitUntil: "networkidle0" });
  return { page, record, close: () => context.close() };
}

/** Records everything the page sends and receives. */
async function recordTraffic(page) {
  const texts = [];
  const pending = [];
  const hosts = new Set();
  const problems = [];
  const note = (...parts) => texts.push(parts.map(text).join(" "));

  page.on("request", (request) => {
    hosts.add(new URL(request.url()).host);
    note(request.method(), request.url(), request.headers(), request.postData() ?? "");
  });
  page.on("response", (response) => {
    note(response.status(), response.url(), response.headers());
    pending.push(response.text().then(note, () => {}));
  });
  page.on("console", (message) => {
    note(message.text());
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  const protocol = await page.createCDPSession();
  await protocol.send("Network.enable");
  protocol.on("Network.webSocketCreated", ({ url }) => {
    hosts.add(new URL(url).host);
    note(url);
  });
  protocol.on("Network.webSocketFrameSent", ({ response }) => note(response.payloadData));
  protocol.on("Network.webSocketFrameReceived", ({ response }) => note(response.payloadData));

  return {
    hosts,
    /** Console errors, including violations of the content security policy. */
    problems,
    /** Returns the complete record, including the page's HTML, storage and cookies. */
    async all() {
      await Promise.all(pending);
      const state = await page.evaluate(() =>
        JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
      return [...texts, state].join("\n");
    },
  };
}

function text(part) {
  return typeof part === "object" ? JSON.stringify(part) : String(part);
}

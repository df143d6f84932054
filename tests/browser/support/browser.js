// A headless browser that knows no host but this machine, and notes all that goes to and fro.

import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { HOST } from "./relay.js";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser; SignalWire's host leads to the relay, and all others to nowhere. */
export function startBrowser(relay) {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error("no Chromium: install it, or name it in the variable CHROMIUM");
  return puppeteer.launch({
    executablePath,
    args: [
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${relay.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${relay.keyHash}`,
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--disable-background-networking",
      "--no-proxy-server",
      // The sandbox of Chromium does not work for root, as whom containers run things.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

/** A page in a profile of its own, and the record of its traffic. */
export async function openPage(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 900, height: 1000 });
  const record = await recordTraffic(page);
  await page.goto(url, { waitUntil: "networkidle0" });
  return { page, record, close: () => context.close() };
}

/** Everything that the page sends and gets, as one growing list of texts. */
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
    /** Errors in the console, those of the content security policy among them. */
    problems,
    /** All of it, with what the page shows and keeps. */
    async all() {
      await Promise.all(pending);
      const kept = await page.evaluate(() =>
        JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
      return [...texts, kept].join("\n");
    },
  };
}

function text(part) {
  return typeof part === "object" ? JSON.stringify(part) : String(part);
}

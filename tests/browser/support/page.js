// Helpers that interact with the page and read its contents.

import axe from "axe-core";

/** Fills in the form and submits it. */
export async function requestToken(page, { name, room, role }) {
  await page.$eval("#custom", (details) => { details.open = true; });
  await page.locator("#name").fill(name);
  if (room) await page.locator("#room").fill(room);
  if (role) await page.locator(`input[value=${role}]`).click();
  await page.locator("#submit").click();
}

/** Waits for a token and returns its description as an object. */
export async function shownClaims(page) {
  await page.waitForSelector("#token:not([hidden])");
  return page.evaluate(() => {
    const [Name, Role, Room] = document.getElementById("token-title").textContent.split(" · ");
    const rows = [...document.querySelectorAll("#claims dt")].map((term) => {
      const chips = [...term.nextElementSibling.querySelectorAll("li")].map((chip) => chip.textContent);
      return [term.textContent, chips.join(", ") || term.nextElementSibling.textContent];
    });
    return { Name, Role, Room, ...Object.fromEntries(rows) };
  });
}

/** Waits for an error and returns its message. */
export async function shownError(page) {
  await page.waitForFunction(() => document.getElementById("error").textContent !== "");
  return page.$eval("#error", (node) => node.textContent);
}

/** Waits for a status message. */
export function waitForStatus(page, text) {
  return page.waitForFunction((text) => document.getElementById("status").textContent === text, {}, text);
}

/** Returns the ID or the text of the focused element. */
export function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
}

/** Returns the accessibility violations that axe finds. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}

/** Saves a screenshot if the environment variable SCREENSHOTS names a directory. */
export async function screenshot(page, name) {
  const directory = process.env.SCREENSHOTS;
  if (directory) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

/** Decodes a token's claims. */
export function decode(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
}

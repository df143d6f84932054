// What people do with the page, and what it says.

/** Fills the form in and sends it off. */
export async function askForToken(page, { name, room, role }) {
  await page.locator("#name").fill(name);
  if (room) await page.locator("#room").fill(room);
  if (role) await page.locator(`input[value=${role}]`).click();
  await page.locator("form button").click();
}

/** Waits for the token, and gives what it says in words. */
export async function shownClaims(page) {
  await page.waitForSelector("#token:not([hidden])");
  const pairs = await page.$$eval("#claims > *", (nodes) => nodes.map((node) => node.textContent));
  return Object.fromEntries(Array.from({ length: pairs.length / 2 }, (_, at) => pairs.slice(2 * at, 2 * at + 2)));
}

/** Waits for an error, and gives what people are told. */
export async function shownError(page) {
  await page.waitForFunction(() => document.getElementById("error").textContent !== "");
  return page.$eval("#error", (node) => node.textContent);
}

export function focused(page) {
  return page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
}

/** Keeps a picture of the page, if the variable SCREENSHOTS names a folder. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** The claims of a token. */
export function decode(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
}

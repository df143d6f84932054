// The page: a form that requests a token, a card that describes the token, and the room.

import { join, SdkError, TimeoutError } from "/room.js";
import { about, PublicError, requestToken, RoleTooHigh, signIn } from "/service.js";
import { claims, inWords, validity } from "/token.js";

/** How often the remaining validity is updated, in milliseconds. */
const VALIDITY_INTERVAL = 10_000;

const element = (id) => document.getElementById(id);
const form = element("form");
const joinButton = element("join");
const leaveButton = element("leave");
const cancelButton = element("cancel");
const highestRoleButton = element("use-highest-role");

let service = { mock: false, sign_in: false, sdk: false };
let token;
let room;
/** The `AbortController` of the action in progress. */
let running;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run("Requesting a token …", (signal) => getToken(signal));
});
joinButton.addEventListener("click", () => run("Joining …", joinRoom));
leaveButton.addEventListener("click", () => run("Leaving …", () => room.leave()));
cancelButton.addEventListener("click", () => running?.abort());
highestRoleButton.addEventListener("click", continueWithHighestRole);
element("copy").addEventListener("click", copyToken);
setInterval(showValidity, VALIDITY_INTERVAL);
run("", configure);

/** Runs an action unless one is already in progress. Shows its progress and result. */
async function run(progress, action) {
  // Buttons stay enabled, because disabling a button would remove its focus.
  if (running) return;
  running = new AbortController();
  const { signal } = running;
  const focused = document.activeElement;
  show({ status: progress });
  setBusy(progress !== "");
  try {
    const status = await action(signal);
    show({ status });
  } catch (error) {
    show(signal.aborted ? { status: "Canceled." } : { error });
  } finally {
    running = undefined;
    const hadFocus = document.activeElement === cancelButton;
    setBusy(false);
    if (hadFocus) focused.focus();
  }
}

function setBusy(isBusy) {
  element("spinner").hidden = !isBusy;
  cancelButton.hidden = !isBusy;
}

/** Shows a status or an error. Screen readers announce both. */
function show({ status = "", error }) {
  const isPublic = error instanceof PublicError;
  element("error").textContent = !error || isPublic ? (error?.message ?? "") : "Something went wrong. Please try again.";
  element("status").textContent = status;
  const highestRole = error instanceof RoleTooHigh ? error.highestRole : undefined;
  highestRoleButton.hidden = !highestRole;
  if (highestRole) {
    highestRoleButton.value = highestRole;
    highestRoleButton.textContent = `Continue as ${highestRole}`;
  }
}

/** Adapts the page to the service's settings. */
async function configure() {
  service = await about();
  element("about-mock").hidden = !service.mock;
  element("about-sign-in").hidden = service.sign_in;
  element("submit").disabled = !service.sign_in;
  const obstacle = service.mock ? "join-mock" : service.sdk ? undefined : "join-no-sdk";
  joinButton.disabled = obstacle !== undefined;
  if (obstacle) {
    element(obstacle).hidden = false;
    joinButton.setAttribute("aria-describedby", obstacle);
  }
  if (service.rooms) offerRooms(service.rooms);
}

/** Replaces the room text field with a drop-down list, and shows a sign-in button for each member of the room. */
function offerRooms(rooms) {
  const input = element("room");
  const select = node("select", ...Object.keys(rooms).map((name) => node("option", name)));
  const selected = input.value in rooms ? input.value : Object.keys(rooms)[0];
  Object.assign(select, { id: input.id, name: input.name, required: true, value: selected });
  input.replaceWith(select);
  element("room-hint").hidden = true;

  const showMembers = () => {
    const buttons = Object.entries(rooms[select.value]).map(([name, role]) => {
      const button = node("button", `${name}, ${role}`);
      button.type = "button";
      button.addEventListener("click", () => submit({ name, role }));
      return button;
    });
    element("member-buttons").replaceChildren(...buttons);
  };
  select.addEventListener("change", showMembers);
  showMembers();
  element("members").hidden = false;
  element("custom").open = false;
}

/** Fills in form fields and submits the form. */
function submit(fields) {
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.requestSubmit();
}

/** Requests the permissions of the role that was too high, so that the page can show which ones are refused. */
function continueWithHighestRole() {
  const permissions = service.roles[form.elements.role.value];
  form.elements.role.value = highestRoleButton.value;
  run("Requesting a token …", (signal) => getToken(signal, permissions));
}

async function getToken(signal, permissions) {
  if (room) await room.leave();
  element("token").hidden = true;
  const fields = Object.fromEntries(new FormData(form));
  const session = await signIn(fields.name.trim(), signal);
  const granted = await requestToken(session, fields.room, { role: fields.role, permissions }, signal);
  token = granted.token;
  showToken(granted.role, granted.refused);
}

function showToken(role, refused) {
  const { u, r } = claims(token);
  element("token-title").textContent = [u, role, r].join(" · ");
  const rows = inWords(claims(token), refused).flatMap(([term, value]) => [node("dt", term), node("dd", chips(value))]);
  element("claims").replaceChildren(...rows);
  element("refused-note").hidden = refused.length === 0;
  element("refused-note").textContent = `The ${role} role does not include the permissions that are struck through.`;
  element("raw").open = false;
  element("raw-token").value = token;
  element("copy").textContent = "Copy";
  showValidity();
  element("token").hidden = false;
  element("token-title").focus();
}

function showValidity() {
  if (!token) return;
  const { expired, text } = validity(claims(token));
  element("validity").textContent = text;
  element("validity").classList.toggle("expired", expired);
}

/** Returns chips for a list of permissions, and any other description unchanged. */
function chips(value) {
  if (!Array.isArray(value)) return value;
  const list = node("ul", ...value.map(({ text, refused }) => node("li", ...(refused ? refusedChip(text) : [text]))));
  list.className = "chips";
  return list;
}

/** Returns the contents of a refused permission's chip. Most screen readers don't announce strikethrough. */
function refusedChip(text) {
  const hint = node("span", " (refused)");
  hint.className = "visually-hidden";
  return [node("s", text), hint];
}

function node(tag, ...children) {
  const created = document.createElement(tag);
  created.append(...children);
  return created;
}

async function copyToken() {
  try {
    await navigator.clipboard.writeText(token);
    element("copy").textContent = "Copied";
    show({ status: "Token copied." });
  } catch {
    show({ error: new PublicError("The browser does not allow copying. Select the token and copy it manually.") });
  }
}

async function joinRoom(signal) {
  const stage = element("stage");
  try {
    room = await join(token, stage, left, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new PublicError(joinProblem(error));
  }
  stage.hidden = false;
  joinButton.hidden = true;
  leaveButton.hidden = false;
  leaveButton.focus();
  return "You are in the room.";
}

/** Returns the message for a failed join. The SDK logs the details for developers. */
function joinProblem(error) {
  if (error instanceof SdkError) return "SignalWire’s browser SDK could not be loaded. Please reload the page.";
  if (error instanceof TimeoutError) return "SignalWire cannot be reached. Check your connection and try again.";
  if (error instanceof DOMException) return "The browser could not access the camera or microphone.";
  return "SignalWire rejected the request to join. The token may have expired. Request a new one.";
}

function left() {
  room = undefined;
  element("stage").hidden = true;
  leaveButton.hidden = true;
  joinButton.hidden = false;
  joinButton.focus();
  if (!running) show({ status: "You are no longer in the room." });
}

// The page: a form, a token in words, a room.

import { join } from "/room.js";
import { about, PublicError, signIn, token as askForToken } from "/service.js";
import { claims, inWords } from "/token.js";

const element = (id) => document.getElementById(id);
const form = element("form");
const joinButton = element("join");
const leaveButton = element("leave");

let service = { mock: false, sign_in: false, sdk: false };
let token;
let room;
let isBusy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt("Asking for a token …", getToken);
});
joinButton.addEventListener("click", () => attempt("Joining …", joinRoom));
leaveButton.addEventListener("click", () => attempt("Leaving …", () => room.leave()));
attempt("", introduce);

/** Does one thing at a time; says what is going on, and what went wrong if it did. */
async function attempt(doing, action) {
  // A button that is disabled loses the focus, so it is ignored instead.
  if (isBusy) return;
  isBusy = true;
  say("", doing);
  try {
    say("", (await action()) ?? "");
  } catch (error) {
    say(error instanceof PublicError ? error.message : "Something went wrong. Please try again.");
  } finally {
    isBusy = false;
  }
}

/** What a screen reader speaks: an error at once, the state of things when there is a pause. */
function say(error, status = "") {
  element("error").textContent = error;
  element("status").textContent = status;
}

async function introduce() {
  service = await about();
  element("sdk-missing").hidden = service.sdk;
  joinButton.hidden = !service.sdk;
  const note = element("about");
  if (service.mock) {
    note.textContent =
      "This is a trial without an account: a mock makes the tokens, and SignalWire does not accept them. " +
      "Alice, Bob and Carol are known, in the rooms standup and math-101.";
  } else if (!service.sign_in) {
    note.textContent = "Nobody can sign in here: the service needs the sign-in of your application.";
  }
  note.hidden = note.textContent === "";
}

async function getToken() {
  if (room) await room.leave();
  element("token").hidden = true;
  const wish = Object.fromEntries(new FormData(form));
  const session = await signIn(wish.name.trim());
  token = await askForToken(session, wish.room, wish.role);
  showClaims();
}

function showClaims() {
  const pairs = inWords(claims(token)).flatMap(([term, text]) => [node("dt", term), node("dd", text)]);
  element("claims").replaceChildren(...pairs);
  element("token").hidden = false;
  element("token-title").focus();
}

function node(tag, text) {
  const created = document.createElement(tag);
  created.textContent = text;
  return created;
}

async function joinRoom() {
  const stage = element("stage");
  stage.hidden = false;
  try {
    room = await join(token, stage, left);
  } catch {
    left();
    // What the SDK says is for developers, and in its own log.
    const why = service.mock ? "A mock made the token." : "The token may be too old: please get a new one.";
    throw new PublicError(`SignalWire did not let you in. ${why}`);
  }
  joinButton.hidden = true;
  leaveButton.hidden = false;
  leaveButton.focus();
  return "You are in the room.";
}

function left() {
  element("stage").hidden = true;
  leaveButton.hidden = true;
  joinButton.hidden = false;
  if (room) {
    room = undefined;
    joinButton.focus();
  }
}

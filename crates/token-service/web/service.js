// Requests to the token service.

/** An error whose message can be shown to the user. */
export class PublicError extends Error {}

/** The error for a requested role that is higher than the user's role in the room. */
export class RoleTooHigh extends PublicError {
  constructor(message, highestRole) {
    super(message);
    this.highestRole = highestRole;
  }
}

/** Returns the settings that the page depends on. */
export function about() {
  return send("GET", "/about.json");
}

/** Signs in and returns the session key. The page keeps the key only in memory. */
export async function signIn(name, signal) {
  const { session } = await send("POST", "/session", { body: { name }, signal });
  return session;
}

/**
 * Requests a token for a room. The service decides whether to grant the role, and refuses permissions that the role may
 * not have. If no permissions are requested, it grants all permissions of the role.
 */
export function requestToken(session, room, { role, permissions }, signal) {
  const body = { role, permissions };
  return send("POST", `/rooms/${encodeURIComponent(room)}/tokens`, { body, session, signal });
}

async function send(method, path, { body, session, signal } = {}) {
  const headers = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (session) headers.authorization = `Bearer ${session}`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
  } catch {
    signal?.throwIfAborted();
    throw new PublicError("The service cannot be reached. Please try again in a moment.");
  }
  const json = await response.json().catch(() => ({}));
  signal?.throwIfAborted();
  if (response.ok) return json;
  const message = json.message ?? "Something went wrong on our side.";
  throw json.highest_role ? new RoleTooHigh(message, json.highest_role) : new PublicError(message);
}

// What the page asks of its own service.

/** What may be shown to whoever sits in front of the page. */
export class PublicError extends Error {}

/** What the service is: whether a mock mints, whether anybody can sign in, whether the SDK is there. */
export function about() {
  return ask("GET", "/about.json");
}

/** Signs in, and gives the key of the session. It is kept in memory alone. */
export async function signIn(name) {
  const { session } = await ask("POST", "/session", { name });
  return session;
}

/** A token for a room. The service decides what it allows; this is only a wish. */
export async function token(session, room, role) {
  const granted = await ask("POST", `/rooms/${encodeURIComponent(room)}/tokens`, { role }, session);
  return granted.token;
}

async function ask(method, path, body, session) {
  const headers = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (session) headers.authorization = `Bearer ${session}`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new PublicError("The service cannot be reached. Please try again in a moment.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new PublicError(answer.message ?? "Something went wrong on our side.");
  }
  return answer;
}

// What a token says of itself, in words. Read and not verified: only SignalWire has the key.

/** The claims of a token. */
export function claims(token) {
  const base64 = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The claims as pairs of a term and what it comes to. */
export function inWords(claims, now = new Date()) {
  return [
    ["Name", claims.u ?? "a random name at each join"],
    ["Room", claims.r ?? "not said"],
    ["As", claims.ja === "audience" ? "audience: you watch and listen" : "member: you take part"],
    ["You can join", joinWindow(claims, now)],
    ["You can stay", stay(claims, now)],
    ...permissions(claims.s ?? []),
  ];
}

function joinWindow({ jf, ju }, now) {
  if (!jf && !ju) return "at any time: the token does not expire";
  const from = jf && `from ${instant(jf, now)}`;
  const until = ju && `until ${instant(ju, now)}`;
  return [from, until].filter(Boolean).join(" ");
}

function stay({ rat, rse }, now) {
  const at = rat && `until ${instant(rat, now)}`;
  const after = rse && `for ${duration(rse)} after joining`;
  return [at, after].filter(Boolean).join(", or ") || "as long as the room is open";
}

/** Permissions grouped by whom they concern: `room.self.audio_mute` is “audio mute”, over yourself. */
function permissions(names) {
  if (names.length === 0) return [["You may control", "nothing"]];
  const groups = { self: [], member: [], room: [] };
  for (const name of names) {
    const [, scope, action] = /^room\.(?:(self|member)\.)?(.+)$/.exec(name) ?? [null, undefined, name];
    groups[scope ?? "room"].push(action.replaceAll("_", " ").replaceAll(".", " "));
  }
  const terms = { self: "Over yourself", member: "Over others", room: "Over the room" };
  return Object.entries(groups)
    .filter(([, actions]) => actions.length > 0)
    .map(([scope, actions]) => [terms[scope], actions.join(", ")]);
}

/** An instant in the zone of the browser, with the day if that is not today. */
function instant(seconds, now) {
  const time = new Date(seconds * 1000);
  const isToday = time.toDateString() === now.toDateString();
  const text = time.toLocaleString(undefined, {
    ...(isToday ? {} : { dateStyle: "medium" }),
    timeStyle: "short",
  });
  const left = Math.round((time - now) / 1000);
  return left < 0 ? `${text}, which is past` : `${text}, which is in ${duration(left)}`;
}

function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "less than a minute";
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor(minutes / 60) % 24, "hour"],
    [minutes % 60, "minute"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`)
    .join(" ");
}

// Describes a token's claims. The signature is not verified because only SignalWire has the key.

/** Decodes a token's claims. */
export function claims(token) {
  const base64 = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Returns whether the token has expired, and a short description of its validity. */
export function validity({ ju }, now = new Date()) {
  if (!ju) return { expired: false, text: "does not expire" };
  const seconds = ju - now / 1000;
  if (seconds <= 0) return { expired: true, text: "expired" };
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return { expired: false, text: "valid less than a minute" };
  return { expired: false, text: `valid ${minutes < 120 ? `${minutes} min` : duration(seconds)}` };
}

/**
 * Describes the claims and the refused permissions as pairs of a term and a description. For permissions, the
 * description is a list of objects with the fields `text` and `refused`.
 */
export function inWords(claims, refused = [], now = new Date()) {
  return [
    ...permissions(claims.s ?? [], refused),
    ["As", claims.ja === "audience" ? "audience: you watch and listen" : "member: you take part"],
    ["You can join", joinWindow(claims, now)],
    ["You can stay", stay(claims, now)],
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

/** Names of permissions whose identifiers are unclear. */
const ACTIONS = {
  audio_mute: "mute microphone",
  audio_unmute: "unmute microphone",
  video_mute: "turn camera off",
  video_unmute: "turn camera on",
  deaf: "turn sound off",
  undeaf: "turn sound on",
  set_input_volume: "set microphone volume",
  set_output_volume: "set speaker volume",
  set_input_sensitivity: "set microphone sensitivity",
  set_meta: "change metadata",
  raisehand: "raise hand",
  lowerhand: "lower hand",
  remove: "remove from the room",
  screenshare: "share screen",
  additional_source: "add a camera or microphone",
  hide_video_muted: "hide members without camera",
  show_video_muted: "show members without camera",
  list_available_layouts: "list layouts",
  playback: "play media",
  playback_seek: "seek in media",
  prioritize_handraise: "prioritize raised hands",
  recording: "record",
};

/** Groups permissions by scope, refused ones last. `room.self.raisehand` is “raise hand” in the group `self`. */
function permissions(granted, refused) {
  const groups = { self: [], member: [], room: [] };
  const add = (name, refused) => {
    const [, scope, action] = /^room\.(?:(self|member)\.)?(.+)$/.exec(name) ?? [null, undefined, name];
    groups[scope ?? "room"].push({ text: ACTIONS[action] ?? action.replace(/[_.]/g, " "), refused });
  };
  for (const name of granted) add(name, false);
  for (const name of refused) add(name, true);
  if (granted.length + refused.length === 0) return [["Permissions", "none"]];
  const terms = { self: "Permissions for yourself", member: "Permissions for others", room: "Permissions for the room" };
  return Object.entries(groups)
    .filter(([, actions]) => actions.length > 0)
    .map(([scope, actions]) => [terms[scope], actions]);
}

/** Formats an instant in the browser's time zone, with the date unless it is today. */
function instant(seconds, now) {
  const time = new Date(seconds * 1000);
  const isToday = time.toDateString() === now.toDateString();
  const text = time.toLocaleString(undefined, {
    ...(isToday ? {} : { dateStyle: "medium" }),
    timeStyle: "short",
  });
  const left = Math.round((time - now) / 1000);
  return left < 0 ? `${text} (expired)` : `${text} (in ${duration(left)})`;
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

// Joins a room with SignalWire's browser SDK, which is loaded on first use.

/** The default time limit for joining, in milliseconds, including the browser's camera prompt. The SDK has no limit. */
const TIME_LIMIT = 60_000;

/** The SDK could not be loaded. */
export class SdkError extends Error {}

/** SignalWire did not respond within the time limit. */
export class TimeoutError extends Error {}

/**
 * Joins a room, shows it in an element and returns it. The token determines the room, role and SignalWire host.
 *
 * Calls `onLeft` after the user leaves the room. If `signal` is aborted, rejects with its reason.
 */
export async function join(token, rootElement, onLeft, { signal, timeLimit = TIME_LIMIT } = {}) {
  const { Video } = await loadSdk();
  signal?.throwIfAborted();
  const room = new Video.RoomSession({ token, rootElement });
  let timer;
  let onAbort;
  const stopped = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError("joining took too long")), timeLimit);
    onAbort = () => reject(signal.reason);
    signal?.addEventListener("abort", onAbort);
  });
  try {
    await Promise.race([room.join(), stopped]);
    room.on("room.left", onLeft);
    return room;
  } catch (error) {
    room.destroy();
    rootElement.replaceChildren();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

let loading;

/** Loads the SDK. It is a classic script, not a module, and sets `window.SignalWire`. */
function loadSdk() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/sdk.js";
    script.onload = () => resolve(window.SignalWire);
    script.onerror = () => {
      loading = undefined;
      reject(new SdkError("the SDK cannot be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

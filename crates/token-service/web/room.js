// The room, by SignalWire's browser SDK. It is loaded when somebody joins, and not before.

/** How long joining may take, in milliseconds; the SDK itself tries for ever. It includes asking for the camera. */
const TIME_LIMIT = 60_000;

/**
 * Joins a room and shows it in an element; `onLeft` is called when it is over. Which room, and as what, is in the
 * token, and so is the host of SignalWire that the SDK connects to.
 */
export async function join(token, rootElement, onLeft, timeLimit = TIME_LIMIT) {
  const { Video } = await sdk();
  const room = new Video.RoomSession({ token, rootElement });
  room.on("room.left", onLeft);
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("joining took too long")), timeLimit);
  });
  try {
    await Promise.race([room.join(), tooLate]);
    return room;
  } catch (error) {
    room.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

let loading;

/** The SDK is no module: it is loaded as a script, and puts itself into `window.SignalWire`. */
function sdk() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/sdk.js";
    script.onload = () => resolve(window.SignalWire);
    script.onerror = () => {
      loading = undefined;
      reject(new Error("the SDK cannot be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

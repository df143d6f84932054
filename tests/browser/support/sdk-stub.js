// A replacement for the SDK in page tests. Joining succeeds immediately, or never completes if
// `window.joinNever` is set.
window.SignalWire = {
  Video: {
    RoomSession: class {
      #left;
      constructor({ rootElement }) {
        this.rootElement = rootElement;
      }
      on(event, listener) {
        if (event === "room.left") this.#left = listener;
      }
      async join() {
        if (window.joinNever) await new Promise(() => {});
        this.rootElement.replaceChildren(document.createElement("video"));
      }
      async leave() {
        this.rootElement.replaceChildren();
        this.#left();
      }
      destroy() {
        window.isDestroyed = true;
      }
    },
  },
};

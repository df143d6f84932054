// In place of the SDK where a test is of the page: a room that lets everybody in.
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
        this.rootElement.replaceChildren(document.createElement("video"));
      }
      async leave() {
        this.rootElement.replaceChildren();
        this.#left();
      }
      destroy() {}
    },
  },
};

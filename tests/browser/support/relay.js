// A mock of SignalWire's WebSocket server, `relay.signalwire.com`, whose host name is part of every token. It
// uses TLS, records messages from the SDK, and responds as the test specifies.

import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import { generate } from "selfsigned";
import { WebSocketServer } from "ws";

export const HOST = "relay.signalwire.com";

export async function startRelay() {
  const { private: key, cert } = await generate([{ name: "commonName", value: HOST }], {
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: HOST }] }],
  });
  const server = createServer({ key, cert });
  const sockets = new WebSocketServer({ server });
  const relay = {
    /** Messages from the SDK, in order. */
    messages: [],
    /** Returns the response to a request: `{ result }`, `{ error }`, or `undefined` for no response. */
    respond: () => undefined,
    port: 0,
    /** Hash of the public key that the browser must accept. */
    keyHash: publicKeyHash(cert),
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
  sockets.on("connection", (socket, request) => {
    relay.origin = request.headers.origin;
    relay.host = request.headers.host;
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      relay.messages.push(message);
      const response = message.method && relay.respond(message);
      if (response) socket.send(JSON.stringify({ jsonrpc: "2.0", id: message.id, ...response }));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  relay.port = server.address().port;
  return relay;
}

function publicKeyHash(cert) {
  const key = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

/** Returns SignalWire's response to a valid token. */
export function authorized(claims) {
  return {
    result: {
      identity: "tests@signalwire",
      protocol: "signalwire_tests",
      ice_servers: [],
      authorization: {
        type: "video",
        project_id: claims.sub,
        scopes: ["video"],
        scope_id: "4c0b7a2e-3d51-4e0f-a0c2-6d6c9e1f2b3a",
        resource: "5d1c8b3f-4e62-4f1a-b1d3-7e7d0f2a3c4b",
        join_as: claims.ja,
        user_name: claims.u,
        room: { name: claims.r, display_name: claims.r, scopes: claims.s, meta: {} },
        signature: "signature",
        media_allowed: "all",
        audio_allowed: "both",
        video_allowed: "both",
        meta: {},
      },
    },
  };
}

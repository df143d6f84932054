// Starts upstreams and the token service, which `npm test` has built.

import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { HOST } from "./relay.js";

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { maxBuffer: 1 << 26 }),
);

/** Returns the path of a program's debug build. */
export const debugProgram = (name) => join(metadata.target_directory, "debug", name);

/** Starts the service with the given environment variables. Returns its URL and a function that stops it. */
export async function startService(variables) {
  const env = { LISTEN: "127.0.0.1:0", REQUESTS_PER_MINUTE: "1000", SIGN_INS_PER_MINUTE: "1000", ...variables };
  const child = spawn(debugProgram("token-service"), { env, stdio: ["ignore", "ignore", "pipe"] });
  const log = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    const address = /listening address=(\S+)/.exec(line)?.[1];
    if (address) {
      child.stderr.resume();
      return { url: `http://${address}/`, stop: () => stop(child) };
    }
  }
  throw new Error(`the service did not start:\n${log.join("\n")}`);
}

async function stop(child) {
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the service exited with code ${code}`);
}

/** Starts an upstream that mints an unsigned token for every request. */
export function startMint() {
  return startUpstream(200, (fields) => ({ token: mint(fields) }));
}

/** Returns a token with the same host and claims as SignalWire's tokens. */
function mint(fields) {
  const header = { typ: "VRT", alg: "HS512", ch: HOST };
  const claims = {
    sub: ACCOUNT.projectId,
    u: fields.user_name,
    ja: fields.join_as,
    r: fields.room_name,
    s: fields.join_as === "audience" ? [] : fields.permissions,
    ju: fields.join_until && Date.parse(fields.join_until) / 1000,
    rse: fields.remove_after_seconds_elapsed,
  };
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, "c2ln"].join(".");
}

/** Starts an upstream with an account. It responds to every request with the given status and the body from `respond`. */
export async function startUpstream(status, respond) {
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const body = respond(JSON.parse(Buffer.concat(chunks)));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    variables: {
      SIGNALWIRE_SPACE: `http://127.0.0.1:${server.address().port}`,
      SIGNALWIRE_PROJECT_ID: ACCOUNT.projectId,
      SIGNALWIRE_API_TOKEN: ACCOUNT.apiToken,
      DEMO_SIGN_IN: "1",
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

/** A made-up account. Its API token must not reach a browser. */
export const ACCOUNT = {
  projectId: "9b1d6f0a-52a7-4a3f-8a53-0d1c6a3b7e55",
  apiToken: "PT5ecretOfTheBrowserTests0123456789",
};

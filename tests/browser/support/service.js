// The token service as a process of its own, built by `npm test`.

import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { maxBuffer: 1 << 26 }),
);
const program = join(metadata.target_directory, "debug", "token-service");

/** Starts the service with these variables, and gives its address and a way to end it. */
export async function startService(variables) {
  const env = { LISTEN: "127.0.0.1:0", REQUESTS_PER_MINUTE: "1000", SIGN_INS_PER_MINUTE: "1000", ...variables };
  const child = spawn(program, { env, stdio: ["ignore", "ignore", "pipe"] });
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
  if (code !== 0) throw new Error(`the service ended with ${code}`);
}

/** An account at an upstream of our own, which answers with what it is told. */
export async function startUpstream(status, body) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
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

/** Made up; no part of it may reach a browser. */
export const ACCOUNT = {
  projectId: "9b1d6f0a-52a7-4a3f-8a53-0d1c6a3b7e55",
  apiToken: "PT5ecretOfTheBrowserTests0123456789",
};

/** The account of the mock within the service. The project's id is in the tokens themselves, as it is in real ones. */
export const MOCK_ACCOUNT = {
  projectId: "5f3c2a10-7b1e-4c55-9a0d-2f6e8d4b1c37",
  apiToken: "PTmock-room-tokens-opens-nothing",
};

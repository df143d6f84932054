// Mints tokens with Node's `fetch`. Takes a task as JSON in its first argument and prints the outcome as
// JSON. See support/src/lib.rs for the fields. NODE_EXTRA_CA_CERTS must name the certificate to trust.

import { readFileSync } from "node:fs";

const task = JSON.parse(process.argv[2]);
const url = `${task.base_url}/api/video/room_tokens`;
const authorization = `Basic ${Buffer.from(`${task.project_id}:${task.api_token}`).toString("base64")}`;

async function mint() {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({
      room_name: "standup",
      user_name: "Alice",
      permissions: ["room.self.audio_mute", "room.self.audio_unmute"],
    }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()).token.length;
}

async function mintAll(tokens) {
  let left = tokens;
  let bytes = 0;
  const latencies = [];
  async function worker() {
    while (left-- > 0) {
      const started = process.hrtime.bigint();
      bytes += await mint();
      latencies.push(Number(process.hrtime.bigint() - started));
    }
  }
  await Promise.all(Array.from({ length: task.in_flight }, worker));
  return { bytes, latencies: latencies.sort((a, b) => a - b) };
}

const percentile = (ascending, percent) => ascending[Math.max(Math.ceil((ascending.length * percent) / 100) - 1, 0)];
const peakMemoryKib = () => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);

await mintAll(task.warm_up);
const started = process.hrtime.bigint();
const cpuBefore = process.cpuUsage();
const { bytes, latencies } = await mintAll(task.tokens);
const elapsed = Number(process.hrtime.bigint() - started);
const cpu = process.cpuUsage(cpuBefore);
console.log(
  JSON.stringify({
    tokens: latencies.length,
    token_bytes: bytes,
    elapsed_ns: elapsed,
    cpu_ns: (cpu.user + cpu.system) * 1000,
    p50_ns: percentile(latencies, 50),
    p99_ns: percentile(latencies, 99),
    peak_memory_kib: peakMemoryKib(),
  }),
);
process.exit(0);

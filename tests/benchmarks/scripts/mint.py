"""Mints tokens with SignalWire's own Python package. Takes a task as JSON in its first argument and prints the outcome as
JSON. See support/src/lib.rs for the fields. The package uses plain HTTP for loopback hosts."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from signalwire.rest import RestClient

task = json.loads(sys.argv[1])
client = RestClient(
    project=task["project_id"],
    token=task["api_token"],
    host=task["base_url"].removeprefix("http://"),
)
pool = ThreadPoolExecutor(task["in_flight"]) if task["in_flight"] > 1 else None


def mint(_):
    started = time.perf_counter_ns()
    response = client.video.room_tokens.create(
        room_name="standup",
        user_name="Alice",
        permissions=["room.self.audio_mute", "room.self.audio_unmute"],
    )
    return len(response["token"]), time.perf_counter_ns() - started


def mint_all(tokens):
    return list(pool.map(mint, range(tokens)) if pool else map(mint, range(tokens)))


def percentile(ascending, percent):
    return ascending[max(-(-len(ascending) * percent // 100) - 1, 0)]


def peak_memory_kib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


mint_all(task["warm_up"])
started, cpu = time.perf_counter_ns(), time.process_time_ns()
calls = mint_all(task["tokens"])
elapsed, cpu = time.perf_counter_ns() - started, time.process_time_ns() - cpu
latencies = sorted(latency for _, latency in calls)
print(
    json.dumps(
        {
            "tokens": len(calls),
            "token_bytes": sum(length for length, _ in calls),
            "elapsed_ns": elapsed,
            "cpu_ns": cpu,
            "p50_ns": percentile(latencies, 50),
            "p99_ns": percentile(latencies, 99),
            "peak_memory_kib": peak_memory_kib(),
        }
    )
)

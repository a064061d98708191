import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../lib/adapters/net/create-prober.ts'
import { httpConfigSchema } from '../../lib/domain/monitor/config.ts'
import type { ProbeOutcome } from '../../lib/domain/probe/outcome.ts'
import { targetFormats } from '../../lib/wiring/target-formats.ts'

export interface BenchTarget {
  url: string
  stop(): void
}

export async function startBenchTarget(delayMs: number): Promise<BenchTarget> {
  const path = fileURLToPath(new URL('./probe-target.mjs', import.meta.url))
  const child: ChildProcess = fork(path, [String(delayMs)], { execArgv: [] })
  const [port] = await once(child, 'message')
  return { url: `http://127.0.0.1:${port}/health`, stop: () => child.kill() }
}

/** A monitor with phases, guard and all cheap assertions, as a project would configure it. */
export function createBenchProbe(url: string, timeoutMs: number): () => Promise<ProbeOutcome> {
  const prober = createProber({
    allow: createAddressPolicy(['127.0.0.0/8']),
    clock: { now: Date.now },
    formats: targetFormats,
  })
  const config = httpConfigSchema.parse({
    url,
    expect: {
      status: [200],
      latencyMs: 60_000,
      json: [{ path: '$.status', equals: 'healthy' }],
      headers: [{ name: 'content-type', contains: 'json' }],
    },
  })
  const request = { target: { kind: 'http' as const, config }, secrets: {}, timeoutMs }
  return () => prober.probe(request)
}

/** A benchmark of probes that fail would measure something else. */
export function assertUp(outcome: ProbeOutcome): void {
  if (outcome.verdict !== 'up') throw new Error(`the benchmark's target was ${outcome.verdict}: ${outcome.message}`)
}

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { assertUp, createBenchProbe, startBenchTarget } from './probe-run.ts'

const IN_FLIGHT = 5_000
const HOLD_MS = 3_000
const TIMEOUT_MS = 30_000
const SAMPLE_EVERY_MS = 20

export interface ProbeMemoryResult {
  probesInFlight: number
  /** Highest resident set of the whole prober process, runtime included. */
  peakRssMegabytes: number
  /** The same process with its code loaded, before the first probe. */
  idleRssMegabytes: number
}

/** Measured in a fresh child process, so that what ran before in this one does not count. */
export async function benchProbeMemory(): Promise<ProbeMemoryResult> {
  const child = fork(fileURLToPath(import.meta.url), ['--measure'], { execArgv: ['--import', 'tsx', '--expose-gc'] })
  const [result] = await once(child, 'message')
  return result as ProbeMemoryResult
}

/** 5,000 probes wait for a target that holds its answers for 3 s. */
async function measure(): Promise<ProbeMemoryResult> {
  const target = await startBenchTarget(HOLD_MS)
  try {
    const probe = createBenchProbe(target.url, TIMEOUT_MS)
    assertUp(await probe())
    globalThis.gc?.()
    const idle = process.memoryUsage.rss()
    let peak = idle
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, SAMPLE_EVERY_MS)
    const outcomes = await Promise.all(Array.from({ length: IN_FLIGHT }, probe))
    clearInterval(sampler)
    outcomes.forEach(assertUp)
    return { probesInFlight: IN_FLIGHT, peakRssMegabytes: megabytes(peak), idleRssMegabytes: megabytes(idle) }
  } finally {
    target.stop()
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 104_857.6) / 10
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv[2] === '--measure') void measure().then((result) => process.send?.(result))
  else void benchProbeMemory().then((result) => console.log(JSON.stringify(result)))
}

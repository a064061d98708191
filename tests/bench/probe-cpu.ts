import { pathToFileURL } from 'node:url'
import { assertUp, createBenchProbe, startBenchTarget } from './probe-run.ts'

const WARM_UP = 2_000
const ROUNDS = 5
const PROBES_PER_ROUND = 5_000
const IN_FLIGHT = 100
const TIMEOUT_MS = 30_000

export interface ProbeCpuResult {
  /** Median over the rounds. */
  cpuMicrosPerProbe: number
  rounds: number[]
  probesPerRound: number
  probesPerSecond: number
}

/** CPU of the prober's process, user and system, per plain-HTTP probe on a fresh connection with phases, guard and assertions. */
export async function benchProbeCpu(): Promise<ProbeCpuResult> {
  const target = await startBenchTarget(0)
  try {
    const probe = createBenchProbe(target.url, TIMEOUT_MS)
    await runProbes(probe, WARM_UP)
    const rounds: number[] = []
    const startedMs = performance.now()
    for (let round = 0; round < ROUNDS; round++) {
      const before = process.cpuUsage()
      await runProbes(probe, PROBES_PER_ROUND)
      const used = process.cpuUsage(before)
      rounds.push(Math.round(((used.user + used.system) / PROBES_PER_ROUND) * 10) / 10)
    }
    const elapsedMs = performance.now() - startedMs
    const cpuMicrosPerProbe = [...rounds].sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
    const probesPerSecond = Math.round((ROUNDS * PROBES_PER_ROUND * 1_000) / elapsedMs)
    return { cpuMicrosPerProbe, rounds, probesPerRound: PROBES_PER_ROUND, probesPerSecond }
  } finally {
    target.stop()
  }
}

async function runProbes(probe: ReturnType<typeof createBenchProbe>, count: number): Promise<void> {
  let started = 0
  const worker = async () => {
    while (started++ < count) assertUp(await probe())
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  void benchProbeCpu().then((result) => console.log(JSON.stringify(result)))
}

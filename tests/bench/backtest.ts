import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { createIncidentReader } from '../../lib/adapters/supabase/incident-reader.ts'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { type BackTestDays, type BackTestDeps, backTest } from '../../lib/queries/back-test.ts'
import { startBackTestDatabase } from './backtest-database.ts'
import { BENCH_KINDS, BENCH_SLO, type BenchKind, benchRules } from './backtest-rules.ts'

const REPEATS = 5

export interface BackTestFigures {
  /** By kind and days. */
  [kindAndDays: string]: {
    /** Median of the whole answer, as the editor asks for it: read through the API, judged minute by minute, summed up. */
    totalMs: number
    /** CPU of this process, which is the API's, too, of the same: other work on the machine does not change it. */
    cpuMs: number
    /** Of that, judging alone: evaluator and life cycle. */
    judgedCpuMs: number
    evaluations: number
  }
}

/** How long the back-test of a rule of each kind takes over thirty days and over ninety. */
export async function benchBackTest(): Promise<BackTestFigures> {
  const { projectId, client, stop } = await startBackTestDatabase()
  try {
    const deps = { rules: createRuleReader(client as never), incidents: createIncidentReader(client as never) }
    const figures: BackTestFigures = {}
    for (const days of [30, 90] as const)
      for (const kind of BENCH_KINDS) figures[`${kind} ${days}d`] = await measure(deps, projectId, kind, days)
    return figures
  } finally {
    await stop()
  }
}

async function measure(deps: BackTestDeps, projectId: string, kind: BenchKind, days: BackTestDays) {
  const runs: Awaited<ReturnType<typeof runOnce>>[] = []
  for (let n = 0; n < REPEATS; n += 1) runs.push(await runOnce(deps, projectId, kind, days))
  const median = (of: 'totalMs' | 'cpuMs' | 'judgedCpuMs') =>
    Math.round(runs.map((run) => run[of]).sort((one, other) => one - other)[Math.floor(REPEATS / 2)] ?? Number.NaN)
  const evaluations = runs[0]?.evaluations ?? 0
  return { totalMs: median('totalMs'), cpuMs: median('cpuMs'), judgedCpuMs: median('judgedCpuMs'), evaluations }
}

async function runOnce(deps: BackTestDeps, projectId: string, kind: BenchKind, days: BackTestDays) {
  const rules = benchRules(kind)
  const rule = rules.at(-1)
  if (rule === undefined) throw new Error('there is nothing to test')
  const known = { projectId, timeZone: 'UTC', rules, monitors: [MONITOR], slos: new Map([[BENCH_SLO.key, BENCH_SLO]]) }
  let cpuAtRead = process.cpuUsage()
  const timed: BackTestDeps = {
    ...deps,
    rules: {
      readMinutes: async (...asked) => {
        const answer = await deps.rules.readMinutes(...asked)
        cpuAtRead = process.cpuUsage()
        return answer
      },
    },
  }
  const startedMs = performance.now()
  const cpuBefore = process.cpuUsage()
  const answer = await backTest(timed, known, rule, days, Date.now())
  const [cpu, judged] = [process.cpuUsage(cpuBefore), process.cpuUsage(cpuAtRead)]
  const totalMs = performance.now() - startedMs
  if (answer.kind !== 'tested') throw new Error(`${kind}: ${answer.kind}`)
  return { totalMs, cpuMs: msOf(cpu), judgedCpuMs: msOf(judged), evaluations: answer.run.evaluations }
}

function msOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000
}

const MONITOR = {
  key: 'api',
  name: 'API',
  tags: [],
  state: 'up' as const,
  failedInARow: 0,
  lastProbedAt: null,
  certificateExpiresAt: null,
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  benchBackTest().then((figures) => process.stdout.write(`${JSON.stringify(figures)}\n`))
}

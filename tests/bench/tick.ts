import { pathToFileURL } from 'node:url'
import { scrapeToSeries } from '../../lib/adapters/ingest/prometheus/to-series.ts'
import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../lib/adapters/net/create-prober.ts'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { systemClock } from '../../lib/adapters/system/clock.ts'
import { createLog } from '../../lib/adapters/system/log.ts'
import { systemRandom } from '../../lib/adapters/system/random.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import { httpConfigSchema } from '../../lib/domain/monitor/config.ts'
import { tick } from '../../lib/tasks/tick.ts'
import { targetFormats } from '../../lib/wiring/target-formats.ts'
import { startBenchStack } from './bench-stack.ts'
import { startBenchTarget } from './probe-run.ts'

const MONITORS = 1_000
const TARGET_DELAY_MS = 50
const ROUNDS = 5

export interface TickResult {
  monitors: number
  /** Wall time of a whole tick: claim, probe, decide, commit, roll up. Median of the rounds after one to warm up. */
  tickMs: number
  rounds: number[]
  /** CPU of this process (prober, decisions, embedded API) per probe; Postgres is a process of its own. */
  cpuMicrosPerProbe: number
}

/** A tick over 1,000 due monitors with 50 ms targets, stored, decided and committed on the embedded database. */
export async function benchTick(): Promise<TickResult> {
  const stack = await startBenchStack()
  const target = await startBenchTarget(TARGET_DELAY_MS)
  try {
    const config = httpConfigSchema.parse({
      url: target.url,
      expect: { json: [{ path: '$.status', equals: 'healthy' }] },
    })
    await seed(stack.sql, config)
    const deps = createDeps(stack.client)
    const rounds: number[] = []
    let cpuMicros = 0
    for (let round = 0; round <= ROUNDS; round++) {
      await stack.sql`update public.monitor_states set next_due_at = now(), last_slot_at = null`
      await stack.sql`truncate public.probe_results`
      const before = process.cpuUsage()
      const startedMs = performance.now()
      const summary = await tick(deps)
      if (summary.probed !== MONITORS) throw new Error(`the tick recorded ${summary.probed} of ${MONITORS} probes`)
      if (round === 0) continue
      rounds.push(Math.round(performance.now() - startedMs))
      const used = process.cpuUsage(before)
      cpuMicros += used.user + used.system
    }
    const tickMs = [...rounds].sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
    return { monitors: MONITORS, tickMs, rounds, cpuMicrosPerProbe: Math.round(cpuMicros / (ROUNDS * MONITORS)) }
  } finally {
    target.stop()
    await stack.stop()
  }
}

function createDeps(client: Awaited<ReturnType<typeof startBenchStack>>['client']) {
  return {
    store: createPipelineStore(client, createLog('silent')),
    clock: systemClock,
    random: systemRandom,
    log: createLog('silent'),
    secretBox: createSecretBox('bench-secret-key-of-32-characters'),
    prober: createProber({ allow: createAddressPolicy(['127.0.0.0/8']), clock: systemClock, formats: targetFormats }),
    sender: { send: async () => ({ outcome: 'rejected', detail: 'nothing is sent here', statusCode: null }) as const },
    acknowledgeUrl: () => 'http://localhost/ack',
    baseUrl: 'http://localhost',
    region: 'local',
    regions: { probe: async () => new Map() },
    controls: { findDoubt: async () => null },
    sendDueReports: async () => 0,
    collectDatabases: async () => 0,
    watchKpis: async () => 0,
    evaluateRules: async () => ({ changed: 0, nextDueAt: null }),
    telemetry: createTelemetryStore(client),
    scrapeToSeries,
    pingDeadman: null,
  }
}

async function seed(sql: Awaited<ReturnType<typeof startBenchStack>>['sql'], config: unknown): Promise<void> {
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('bench', 'Bench') returning id`
  if (project === undefined) throw new Error('no project')
  await sql`
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    select ${project.id}, 'monitor-' || n, 'Monitor ' || n, 'http', ${sql.json(config as never)}, 86400, 10000, 'high'
    from generate_series(1, ${MONITORS}) as n`
  await sql`insert into public.monitor_states (monitor_id, project_id, state, next_due_at) select id, project_id, 'up', now() from public.monitors`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  void benchTick().then((result) => console.log(JSON.stringify(result)))
}

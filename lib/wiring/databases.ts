import { addCount, type KeyCounts, keyOf, toHistogram } from '../adapters/ingest/histogram-key.ts'
import { parseMetricLines } from '../adapters/ingest/prometheus/metric-lines.ts'
import { createAddressPolicy } from '../adapters/net/address-policy.ts'
import { createGuardedRequest } from '../adapters/net/guarded-request.ts'
import { createDatabaseReader } from '../adapters/net/read-database.ts'
import { createMachineReader } from '../adapters/net/read-machine.ts'
import { createDatabaseStore, createOwnDatabaseReader } from '../adapters/supabase/database-store.ts'
import { createTelemetryStore } from '../adapters/supabase/telemetry-store.ts'
import type { DatabaseCollector, MachineAddress } from '../ports/database-collector.ts'
import { collectDatabases } from '../tasks/collect-databases.ts'
import { wireMachine } from './machine.ts'

/** `https://abcdefghijklmnopqrst.supabase.co`: a hosted project has its reference in its address. */
const HOSTED = /^https:\/\/([a-z0-9]+)\.supabase\.co$/

/** What looking into databases needs, for the scheduler and for an admin who asks for it at once. */
export function wireDatabases() {
  const { env, client, log, secretBox } = wireMachine()
  const allow = createAddressPolicy(env.allowTargets)
  const readFigures = createDatabaseReader({ allow })
  const readOwn = createOwnDatabaseReader(client)
  const readMachine = createMachineReader({
    request: createGuardedRequest({ allow }),
    parseMetrics: parseMetricLines,
    originOf: (projectRef) => `https://${projectRef}.supabase.co`,
  })
  const deps = {
    databases: createDatabaseStore(client),
    collector: composeCollector(readFigures, readOwn, readMachine),
    telemetry: createTelemetryStore(client),
    secretBox,
    log,
    toHistogram: countDurations,
    ownMachine: ownMachineOf(env.supabaseUrl, env.supabaseSecretKey),
  }
  return { secretBox, collect: (sourceId?: string) => collectDatabases(deps, sourceId) }
}

/** Figures and machine are read side by side; a machine that does not answer takes nothing from the figures. */
export function composeCollector(
  readFigures: ReturnType<typeof createDatabaseReader>,
  readOwn: ReturnType<typeof createOwnDatabaseReader>,
  readMachine: ReturnType<typeof createMachineReader>,
): DatabaseCollector {
  return {
    async collect(connection, machine) {
      const [answer, totals] = await Promise.all([
        connection === null ? readOwn() : readFigures(connection),
        machine === null ? null : readMachine(machine),
      ])
      if (!answer.ok) return answer
      const reading = {
        figures: answer.figures,
        machine: totals?.ok ? totals.totals : null,
        machineError: totals === null || totals.ok ? null : totals.message,
      }
      return { ok: true, reading }
    },
  }
}

/** Durations in seconds as the series store keeps them. */
export function countDurations(values: readonly { value: number; count: number }[]) {
  const counts: KeyCounts = new Map()
  for (const { value, count } of values) addCount(counts, keyOf(value), count)
  return toHistogram(counts)
}

function ownMachineOf(supabaseUrl: string, key: string): MachineAddress | null {
  const projectRef = HOSTED.exec(supabaseUrl)?.[1]
  return projectRef === undefined ? null : { projectRef, key }
}

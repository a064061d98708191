import { kpiSecretsSchema, METRIC_PREFIX } from '../domain/kpi/config.ts'
import { parseConnection } from '../domain/kpi/connection.ts'
import type { KpiReading } from '../domain/kpi/reading.ts'
import { nextCronAt } from '../domain/time/cron.ts'
import { type Instant, SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { FigureReader } from '../ports/figure-reader.ts'
import type { KpiClaim, KpiStore } from '../ports/kpi-store.ts'
import type { Log } from '../ports/log.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

export interface RunKpisDeps {
  kpis: KpiStore
  figures: FigureReader
  telemetry: Pick<TelemetryStore, 'storeBatch'>
  secretBox: SecretBox
  clock: Clock
  log: Log
}

/** Side by side: one slow database must not hold up the others, and nobody's gets more than a few connections at once. */
const BATCH = 5
/** What one query may take, all told: none is begun that could not end by the deadline. */
const RUN_MS = 10 * SECOND

/**
 * Runs the queries that are due until none is left or until `deadlineAt`, and answers how many it ran. Never rejects, and never outlives the
 * deadline by more than a moment: whatever is wrong with somebody's database must not stop the watching.
 */
export async function runDueKpis(deps: RunKpisDeps, deadlineAt: Instant): Promise<number> {
  let count = 0
  try {
    while (deps.clock.now() + RUN_MS < deadlineAt) {
      const claims = await deps.kpis.claimDue(BATCH)
      if (claims.length === 0) break
      // All of them end before one that could not be noted ends the run.
      const runs = await Promise.allSettled(claims.map((claim) => runOne(deps, claim, false)))
      count += claims.length
      for (const run of runs) if (run.status === 'rejected') throw run.reason
    }
  } catch (error) {
    deps.log.error('kpis.not_run', { error: String(error) })
  }
  return count
}

/** Runs one KPI at once, if it is due and in nobody else's hands, and looks at its role too; null when it was not. */
export async function runKpiNow(deps: RunKpisDeps, kpiId: string): Promise<KpiReading | null> {
  const [claim] = await deps.kpis.claimDue(1, kpiId)
  return claim === undefined ? null : runOne(deps, claim, true)
}

async function runOne(deps: RunKpisDeps, claim: KpiClaim, inspectsRole: boolean): Promise<KpiReading> {
  const reading = await readOne(deps, claim, inspectsRole)
  const now = deps.clock.now()
  const kept = await deps.kpis.finish(claim, reading, nextCronAt(claim.schedule, claim.timeZone, now))
  // Not before: what was saved anew meanwhile asks something else, under the same name.
  if (kept && reading.ok) await keepSample(deps, claim, reading.value, now)
  const fields = { kpiId: claim.id, key: claim.key, kept }
  if (reading.ok) deps.log.info('kpi.read', fields)
  // Not its sentence: that may quote somebody's data.
  else deps.log.warn('kpi.failed', { ...fields, fault: reading.fault })
  return reading
}

async function readOne(
  { figures, secretBox, log }: RunKpisDeps,
  { id, query, secretCiphertext }: KpiClaim,
  inspectsRole: boolean,
): Promise<KpiReading> {
  try {
    const { database } = kpiSecretsSchema.parse(secretCiphertext === null ? {} : secretBox.open(secretCiphertext))
    const parsed = parseConnection(database ?? '')
    if (parsed.ok) return await figures.read({ connection: parsed.connection, sql: query, inspectsRole })
  } catch (error) {
    log.error('kpi.unreadable_secret', { kpiId: id, error: String(error) })
  }
  const message = 'The connection string cannot be read with the present VIGIE_SECRET_KEY; enter it again.'
  return { ok: false, fault: 'unreadable', message, canWrite: null }
}

/** As a sample of a gauge: Explore, charts and rules know nothing of KPIs, and need not. */
async function keepSample({ telemetry }: RunKpisDeps, claim: KpiClaim, value: number, at: Instant): Promise<void> {
  const { projectId, key, unit, id, token } = claim
  const series = {
    name: `${METRIC_PREFIX}${key}`,
    kind: 'gauge' as const,
    temporality: null,
    unit,
    environment: 'production',
    attributes: {},
  }
  await telemetry.storeBatch({
    projectId,
    source: 'kpi',
    // Of the lease: what a worker sends twice is one.
    digest: `kpi ${id} ${token}`,
    series: [{ series, samples: [{ at, startAt: null, value }] }],
    logs: [],
    rejections: [],
  })
}

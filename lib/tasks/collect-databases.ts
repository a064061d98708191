import { countersOf } from '../domain/database/compare.ts'
import { connectionStringSchema } from '../domain/database/config.ts'
import { toSeries, upSeries } from '../domain/database/database-series.ts'
import { type DatabaseReading, takeSnapshot } from '../domain/database/snapshot.ts'
import type { ConnectionParts, DatabaseFailure } from '../domain/database/source.ts'
import type { Histogram } from '../domain/series/histogram.ts'
import type { SeriesSamples } from '../domain/series/sample.ts'
import type { DatabaseCollector, MachineAddress } from '../ports/database-collector.ts'
import type { DatabaseClaim, DatabaseStore } from '../ports/database-store.ts'
import type { Log } from '../ports/log.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { TelemetryStore } from '../ports/telemetry-store.ts'

export interface CollectDatabasesDeps {
  databases: DatabaseStore
  collector: DatabaseCollector
  telemetry: Pick<TelemetryStore, 'storeBatch'>
  secretBox: Pick<SecretBox, 'open'>
  log: Log
  /** Counts by bucket of scale 6. */
  toHistogram: (values: readonly { value: number; count: number }[]) => Histogram
  /** The machine of the installation's own database, where the environment tells of one. */
  ownMachine: MachineAddress | null
}

/** Looked into at the same time; further ones are claimed by the next tick, or by another instance. */
const CLAIM_LIMIT = 100

/**
 * Looks into every database that is due. Never rejects: whatever is wrong with somebody's database must not stop the watching. With
 * `sourceId` it looks into that one alone, due or not. Answers how many were looked into.
 */
export async function collectDatabases(deps: CollectDatabasesDeps, sourceId?: string): Promise<number> {
  try {
    const claims = await deps.databases.claim(CLAIM_LIMIT, sourceId)
    await Promise.all(claims.map((claim) => collectOne(deps, claim)))
    return claims.length
  } catch (error) {
    deps.log.error('database.not_claimed', { error: String(error) })
    return 0
  }
}

async function collectOne(deps: CollectDatabasesDeps, claim: DatabaseClaim): Promise<void> {
  try {
    const answer = await look(deps, claim)
    if (answer.ok) await keepReading(deps, claim, answer.reading)
    else await keepFailure(deps, claim, answer.failure)
  } catch (error) {
    // The lease runs out by itself, and the next minute tries again.
    deps.log.error('database.not_collected', { source: claim.id, error: String(error) })
  }
}

async function look({ collector, secretBox, ownMachine }: CollectDatabasesDeps, claim: DatabaseClaim) {
  let connection: ConnectionParts | null
  let key: string | null
  try {
    connection =
      claim.kind === 'own' ? null : connectionStringSchema.parse(secretBox.open(claim.connectionCiphertext ?? ''))
    key = claim.metricsKeyCiphertext === null ? null : String(secretBox.open(claim.metricsKeyCiphertext))
  } catch {
    // Sealed with another VIGIE_SECRET_KEY. What exactly does not fit is not told: it might quote the secret.
    const failure: DatabaseFailure = {
      code: 'secret',
      message: 'the stored secret cannot be opened with this VIGIE_SECRET_KEY',
    }
    return { ok: false as const, failure }
  }
  const given = claim.projectRef === null || key === null ? null : { projectRef: claim.projectRef, key }
  return collector.collect(connection, given ?? (claim.kind === 'own' ? ownMachine : null))
}

/**
 * The snapshot first: its token says whether this worker still speaks for the database. A worker that was overtaken must not add its
 * statements to the histogram a second time.
 */
async function keepReading(deps: CollectDatabasesDeps, claim: DatabaseClaim, reading: DatabaseReading): Promise<void> {
  const { at, counters: before } = claim
  const { figures, machine } = reading
  const { snapshot, calls } = takeSnapshot(reading, before, claim.storageLimitBytes)
  const counters = countersOf(figures, machine, at)
  const isKept = await deps.databases.record(claim, { failure: null, snapshot, tables: figures.tables, counters })
  if (!isKept) return
  const since = before?.at ?? null
  const input = { source: claim.key, at, snapshot, figures, calls, since, toHistogram: deps.toHistogram }
  await storeSeries(deps, claim, toSeries(input))
}

async function keepFailure(deps: CollectDatabasesDeps, claim: DatabaseClaim, failure: DatabaseFailure): Promise<void> {
  if (await deps.databases.record(claim, { failure }))
    await storeSeries(deps, claim, upSeries(claim.key, claim.at, false))
}

async function storeSeries(
  { telemetry }: CollectDatabasesDeps,
  { projectId, id, token }: DatabaseClaim,
  series: SeriesSamples[],
): Promise<void> {
  // The token is new with each claim, so that it tells one reading from another as a body's digest does.
  const digest = `database ${id} ${token}`
  await telemetry.storeBatch({ projectId, source: 'database', digest, series, logs: [], rejections: [] })
}

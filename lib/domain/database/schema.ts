import { z } from 'zod'
import { shortenStatement } from './statement-text.ts'

/** What databases answer is checked here, whether it came from our own function or over the wire: a target may answer anything. */

const count = z.number().nonnegative().finite()
const text = z.string().max(1_000)
const statement = z.string().transform(shortenStatement)

/** Parts of a reading that a database may lack, or refuse, without the rest being wrong. */
export const READING_PARTS = ['statements', 'tables', 'indexes'] as const
export type ReadingPart = (typeof READING_PARTS)[number]

const runningSchema = z.object({
  pid: z.number().int(),
  user: text.nullable(),
  application: text.nullable(),
  state: z.enum(['active', 'idle_in_transaction']),
  durationMs: z.number().finite(),
  query: statement.nullable(),
})
/** A session that has been busy with one statement, or idle within one transaction, for a minute at least. */
export type RunningStatement = z.output<typeof runningSchema>

const slowStatementSchema = z.object({
  query: statement,
  calls: count,
  meanMs: count,
  maxMs: count,
  totalMs: count,
})
/** A statement as `pg_stat_statements` sums it up since its statistics began. */
export type SlowStatement = z.output<typeof slowStatementSchema>

export const tableSizeSchema = z.object({ name: text, sizeBytes: count, rows: count })
/** Indexes and out-of-line values included; partitions are counted with their root. */
export type TableSize = z.output<typeof tableSizeSchema>

const unusedIndexSchema = z.object({ name: text, table: text, sizeBytes: count })
export type UnusedIndex = z.output<typeof unusedIndexSchema>

const missingSchema = z.object({ part: z.enum(READING_PARTS), code: text })
/** `no_extension`, `not_preloaded`, or the SQLSTATE with which the database refused. */
export type MissingPart = z.output<typeof missingSchema>

export const databaseFiguresSchema = z.object({
  version: text,
  database: text,
  maxConnections: z.number().int().positive(),
  /** Whether the role sees the sessions and statements of others (`pg_read_all_stats`, part of `pg_monitor`). */
  hasFullView: z.boolean(),
  sizeBytes: count,
  /** When the totals below began to be counted; null when they never were reset. */
  statsResetAt: z.number().nullable(),
  blocksHit: count,
  blocksRead: count,
  deadlocks: count,
  /** Sessions by state; `unknown` where the role may not see it. */
  connections: z.partialRecord(z.enum(['active', 'idle', 'idle_in_transaction', 'unknown']), count),
  running: z.array(runningSchema).max(20),
  tables: z.array(tableSizeSchema).max(50).default([]),
  unusedIndexes: z.array(unusedIndexSchema).max(50).default([]),
  slowest: z.array(slowStatementSchema).max(20).default([]),
  /** Id, calls and total time in ms of the statements that took most time. */
  statementTotals: z
    .array(z.tuple([text, count, count]))
    .max(300)
    .default([]),
  missing: z.array(missingSchema).default([]),
})
/** Everything that one reading of a database answers; what is a total is a total since `statsResetAt`. */
export type DatabaseFigures = z.output<typeof databaseFiguresSchema>

export const machineTotalsSchema = z.object({
  cpuIdleSeconds: count.nullable(),
  cpuSeconds: count.nullable(),
  memoryAvailableBytes: count.nullable(),
  memoryBytes: count.nullable(),
  diskAvailableBytes: count.nullable(),
  diskBytes: count.nullable(),
})
/** Of the machine that a database runs on; CPU time is a total over all processors, the rest is of the moment. */
export type MachineTotals = z.output<typeof machineTotalsSchema>

export const databaseCountersSchema = z.object({
  at: z.number(),
  statsResetAt: z.number().nullable(),
  blocksHit: count,
  blocksRead: count,
  statementTotals: z.array(z.tuple([text, count, count])),
  machine: machineTotalsSchema.nullable(),
})
/** What the next reading is compared with. */
export type DatabaseCounters = z.output<typeof databaseCountersSchema>

const ratio = z.number().min(0).max(1)

export const databaseSnapshotSchema = z.object({
  version: text,
  database: text,
  hasFullView: z.boolean(),
  maxConnections: z.number().positive(),
  connections: z.partialRecord(z.enum(['active', 'idle', 'idle_in_transaction', 'unknown']), count),
  running: z.array(runningSchema),
  slowest: z.array(slowStatementSchema),
  unusedIndexes: z.array(unusedIndexSchema),
  missing: z.array(missingSchema),
  statsResetAt: z.number().nullable(),
  sizeBytes: count,
  storageLimitBytes: count.nullable(),
  /** Null where no statement ran, or nothing is known about statements, since the reading before. */
  statementP95Ms: count.nullable(),
  /** Null where nothing was read at all. */
  cacheHitRatio: ratio.nullable(),
  cpuRatio: ratio.nullable(),
  memoryRatio: ratio.nullable(),
  diskRatio: ratio.nullable(),
  /** Why the machine's figures are absent although an address for them is known; null when they are not. */
  machineError: text.nullable(),
})
/** What the page shows of a database: one reading, compared with the one before. Shares are from 0 to 1. */
export type DatabaseSnapshot = z.output<typeof databaseSnapshotSchema>

import type { DigestHistory } from '../domain/kpi/digest-due.ts'
import type { KpiFigure } from '../domain/kpi/figure.ts'
import type { KpiReading } from '../domain/kpi/reading.ts'
import type { ProjectFacts } from '../domain/notification/decision-context.ts'
import type { MessageData } from '../domain/notification/message.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { LocalDate } from '../domain/time/zoned.ts'

/** A leased KPI whose query is due. */
export interface KpiClaim {
  id: string
  token: number
  projectId: string
  key: string
  unit: string
  query: string
  schedule: string
  timeZone: string
  /** Sealed by `SecretBox`. */
  secretCiphertext: string | null
}

export interface DigestCandidate extends DigestHistory {
  project: ProjectFacts
}

/** Reads a stored connection string for a run that a person asked for. The caller has made sure that the person may ask for it. */
export interface KpiSecretReader {
  /** Sealed by `SecretBox`; null when there is none, or none in this project. */
  findCiphertext(projectId: string, kpiId: string): Promise<string | null>
}

/** The machine's side of KPIs. Throws when the database is away. */
export interface KpiStore {
  /** Leases at most `limit` KPIs that are due; with an id only that one. */
  claimDue(limit: number, kpiId?: string): Promise<KpiClaim[]>
  /** Notes what a run came to; false when the lease was lost. `nextRunAt` null: never again by itself. */
  finish(claim: KpiClaim, reading: KpiReading, nextRunAt: Instant | null): Promise<boolean>
  /** All KPIs of a project, by name, with what they were a day before. */
  readFigures(projectId: string): Promise<KpiFigure[]>
  listDigestCandidates(): Promise<{ now: Instant; candidates: DigestCandidate[] }>
  /** Puts a digest into the outbox; null when that day had its digest already, else how many channels get it. */
  queueDigest(projectId: string, day: LocalDate, payload: MessageData): Promise<number | null>
}

import type { Attributes } from '../series/sample.ts'
import type { Instant } from '../time/instant.ts'
import type { SeverityNumber } from './record.ts'

export interface LogSearch {
  from: Instant
  until: Instant
  /** This bad or worse; null for all. */
  severityAtLeast: SeverityNumber | null
  /** Of requests; null for all lines, whether they are of a request or not. */
  statusCode: { atLeast: number; below: number } | null
  service: string | null
  requestId: string | null
  /** Somewhere in the message, whatever its case. */
  text: string | null
  /** Lines older than the one at which the last page ended. */
  below: LogPosition | null
  limit: number
}

/** Where a line stands: several may have been written in one millisecond. */
export interface LogPosition {
  at: Instant
  id: string
}

/** A line as a page shows it. */
export interface ListedLine extends LogPosition {
  severity: SeverityNumber
  service: string
  environment: string
  message: string
  attributes: Attributes
  requestId: string | null
  userId: string | null
  traceId: string | null
}

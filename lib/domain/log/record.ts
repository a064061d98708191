import type { Attributes } from '../series/sample.ts'
import type { Instant } from '../time/instant.ts'

/** OpenTelemetry's `severityNumber`, 1 to 24: TRACE 1–4, DEBUG 5–8, INFO 9–12, WARN 13–16, ERROR 17–20, FATAL 21–24. */
export type SeverityNumber = number

/** One line of a log. */
export interface LogRecord {
  at: Instant
  /** The sender's own id of the line, when it has one: the same line sent twice is then one. */
  id: string | null
  severity: SeverityNumber
  /** `service.name`; empty when unknown. */
  service: string
  environment: string
  message: string
  attributes: Attributes
  requestId: string | null
  userId: string | null
  traceId: string | null
  /** Where it came from: `otlp`, `json`, `vercel`. */
  source: string
  measured: Measured | null
}

/**
 * What a line says about one request or one run of a function: the ops figures are made of these lines. `durationMs` is null where the
 * line does not tell.
 */
export type Measured =
  | { kind: 'request'; method: string | null; route: string; statusCode: number; durationMs: number | null }
  | { kind: 'function'; name: string; failed: boolean; durationMs: number | null }

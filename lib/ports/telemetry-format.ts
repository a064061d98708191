import type { LogRecord } from '../domain/log/record.ts'
import type { SeriesSamples } from '../domain/series/sample.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Rejection, RejectionCode } from './telemetry-store.ts'

/** One part of a body that is not taken. */
export interface Refusal {
  /** Where it stands: `metrics[3].value`, `line 4: message`. */
  field: string
  code: RejectionCode
  /** The end of a sentence that begins with the field: `must be a number`. Never holds a value that may be a secret. */
  message: string
  /** How many points or lines it stands for. */
  count: number
}

/** What a body says, as far as it could be read. */
export interface TelemetryReading {
  series: readonly SeriesSamples[]
  logs: readonly LogRecord[]
  /** The first of them, one by one; `rejections` counts all. */
  refusals: readonly Refusal[]
  rejections: readonly Rejection[]
  /** Points that were added up with another one of the same series and moment: in the store they are one sample. */
  mergedCount: number
  /** False when a part was stamped with the time of arrival: then the same bytes may be sent again and mean something new. */
  hasOwnTimes: boolean
  /** Something that is right and probably not meant, as a sentence; null for none. */
  warning: string | null
}

export type ReadTelemetry = { ok: true; reading: TelemetryReading } | { ok: false; field: string; message: string }

/** What became of a body, for the sender. */
export interface TelemetryOutcome {
  accepted: number
  rejections: readonly Rejection[]
  refusals: readonly Refusal[]
  isReplay: boolean
  warning: string | null
}

export type TelemetryAnswer =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; status: number; detail: string; errors: readonly { field: string; message: string }[] }

/** A way in which senders write metrics or logs. */
export interface TelemetryFormat {
  /** As the figures about what came in name it: `otlp`, `json`. */
  source: string
  /** Without parameters, in small letters. */
  mediaTypes: readonly string[]
  /** What to do for whoever sends something else, as a sentence without its full stop. */
  mediaTypeHint: string
  /** Never throws, whatever the text is. `receivedAt` stamps what has no time of its own; it may have a fraction. */
  read(text: string, receivedAt: Instant): ReadTelemetry
  answer(outcome: TelemetryOutcome): TelemetryAnswer
}

import type { Exposition } from '../domain/probe/exposition.ts'
import type { StatusPageSummary } from '../domain/probe/status-page.ts'

/** Why an answer could not be read: the words of an `AssertionFailure`. */
export interface FormatFault {
  /** Where it stands: `line 17`, `status.indicator`. */
  subject: string
  expected: string
  /** What stands there; may be anything that the target sent. */
  got: string
}

/** How answers of targets are read. Nothing here throws, whatever the text is. */
export interface TargetFormats {
  /** A summary as Statuspage publishes it. */
  readStatusPage(text: string): { ok: true; page: StatusPageSummary } | { ok: false; fault: FormatFault }
  /**
   * Metrics as Prometheus reads them: OpenMetrics 1.0, or the older text format 0.0.4. Stops after every few milliseconds, so that others
   * get their turn: ten megabytes take seconds.
   */
  readExposition(text: string, isOpenMetrics: boolean): Generator<void, ExpositionReading>
}

export type ExpositionReading = { ok: true; exposition: Exposition } | { ok: false; fault: FormatFault }

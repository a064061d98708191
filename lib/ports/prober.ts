import type { MonitorSecrets, MonitorTarget } from '../domain/monitor/config.ts'
import type { Exposition } from '../domain/probe/exposition.ts'
import type { ProbeOutcome } from '../domain/probe/outcome.ts'

export interface ProbeRequest {
  target: MonitorTarget
  secrets: MonitorSecrets
  /** Bounds the whole probe, body included. */
  timeoutMs: number
  signal?: AbortSignal
  /** Takes what a scrape read, before its verdict is known. Nobody keeps it when absent. */
  onExposition?: (exposition: Exposition) => void
}

/** Runs one probe and classifies what happened. Never rejects on account of the target. */
export interface Prober {
  probe(request: ProbeRequest): Promise<ProbeOutcome>
}

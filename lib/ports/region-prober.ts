import type { MonitorSecrets, MonitorTarget } from '../domain/monitor/config.ts'
import type { Seen } from '../domain/probe/quorum.ts'

export interface RegionProbe {
  /** Of the monitor: which answer is whose. */
  id: string
  target: MonitorTarget
  secrets: MonitorSecrets
  timeoutMs: number
}

/** Probers in other places. They look and tell; who asks decides. */
export interface RegionProber {
  /**
   * Has a region look at each target once, all in one request. Never rejects, and never takes longer than the longest time-out and a
   * margin: what a region does not tell, tells wrongly or cannot see comes back as unknown, with the reason. An answer for each probe.
   */
  probe(region: string, probes: readonly RegionProbe[]): Promise<ReadonlyMap<string, Seen>>
}

/** Tells whether the place that probes is itself cut off. */
export interface Controls {
  /** Why nothing that fails here is to be believed; null where a control target answers, or none is configured. Never rejects. */
  findDoubt(): Promise<string | null>
}

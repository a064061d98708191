import type { Instant } from '../time/instant.ts'
import type { MonitorBase, MonitorTarget } from './config.ts'

/**
 * What a monitor's last confirmed results say. `pending` has no result yet. `unknown` and `paused` are never stored:
 * they follow from the age of the last result and from `pausedAt` (`shownState`).
 */
export type MonitorState = 'pending' | 'up' | 'degraded' | 'down'
export type ShownState = MonitorState | 'unknown' | 'paused' | 'maintenance'

export type Monitor = MonitorBase &
  MonitorTarget & {
    id: string
    projectId: string
    pausedAt: Instant | null
  }

/** A monitor's address as people know it: what stands in a page's title and in a webhook's `url`. */
export function targetOf(target: MonitorTarget): string {
  switch (target.kind) {
    case 'http':
    case 'prometheus':
    case 'status_page':
      return target.config.url
    case 'tcp':
    case 'tls':
      return `${target.kind}://${target.config.host}:${target.config.port}`
    case 'dns':
      return `dns:${target.config.host}?type=${target.config.recordType}`
    case 'postgres':
      return `postgres://${target.config.host}:${target.config.port}/${target.config.database}`
    case 'heartbeat':
      return 'heartbeat'
  }
}

/** How many missed slots make a state unknown: one late tick is no reason to doubt, three are. */
const STALE_AFTER_INTERVALS = 3
/** A once-a-minute scheduler and a confirmation fit into this beside the interval. */
const STALE_MARGIN_MS = 90_000

export function shownState(
  state: MonitorState,
  monitor: { pausedAt: Instant | null; intervalSeconds: number; kind: string },
  lastResultAt: Instant | null,
  now: Instant,
): ShownState {
  if (monitor.pausedAt !== null) return 'paused'
  if (state === 'pending' || lastResultAt === null) return 'pending'
  // A heartbeat is silent by nature; its own deadline decides, not the age of its last ping.
  if (monitor.kind === 'heartbeat') return state
  const staleAfter = STALE_AFTER_INTERVALS * monitor.intervalSeconds * 1_000 + STALE_MARGIN_MS
  return now - lastResultAt > staleAfter ? 'unknown' : state
}

import type { ShownState } from '../domain/monitor/monitor.ts'
import type { Counts } from '../domain/rollup/uptime.ts'
import { HOUR, type Instant, SECOND } from '../domain/time/instant.ts'

/** What an hour was; null before the monitor existed, which is neither good nor bad. */
export type CellState = 'up' | 'degraded' | 'down' | 'unknown' | 'maintenance' | 'paused' | null

export interface HourCell {
  at: Instant
  state: CellState
  p95Ms: number | null
}

export interface StripSubject {
  kind: string
  intervalSeconds: number
  state: ShownState
  sinceAt: Instant
  createdAt: Instant
}

const CELLS = 24

/**
 * The last 24 hours of a monitor, one cell an hour, the running one last. The worst result names the hour. An hour without any is
 * unknown, except where results are further apart than an hour, and for a heartbeat: silence then means that nothing changed.
 */
export function toHourCells(
  hours: readonly (Counts & { at: Instant; p95Ms: number | null })[],
  subject: StripSubject,
  now: Instant,
): HourCell[] {
  const byHour = new Map(hours.map((hour) => [hour.at, hour]))
  const lastAt = Math.floor(now / HOUR) * HOUR
  const cells: HourCell[] = []
  for (let at = lastAt - (CELLS - 1) * HOUR; at <= lastAt; at += HOUR) {
    const hour = byHour.get(at)
    const state = hour === undefined ? silentState(at, now, subject, cells.at(-1)?.state ?? null) : worstOf(hour)
    cells.push({ at, state, p95Ms: hour?.p95Ms ?? null })
  }
  return cells
}

/** The worst that the counts hold; maintenance where they hold nothing else, unknown where nothing was probed. */
export function worstOf({
  up,
  degraded,
  down,
  maintenance,
}: Counts): 'up' | 'degraded' | 'down' | 'unknown' | 'maintenance' {
  if (down > 0) return 'down'
  if (degraded > 0) return 'degraded'
  if (up > 0) return 'up'
  return (maintenance ?? 0) > 0 ? 'maintenance' : 'unknown'
}

function silentState(at: Instant, now: Instant, subject: StripSubject, before: CellState): CellState {
  if (at + HOUR <= subject.createdAt || subject.state === 'pending') return null
  if (subject.state === 'paused') return at + HOUR > subject.sinceAt ? 'paused' : null
  const isSilentByNature = subject.kind === 'heartbeat' || subject.intervalSeconds * SECOND >= HOUR
  if (isSilentByNature) return before ?? stateSince(at, subject)
  // The running hour begins without a result; that says nothing before the monitor itself is silent for too long.
  return at + HOUR > now && subject.state !== 'unknown' ? null : 'unknown'
}

function stateSince(at: Instant, { state, sinceAt }: StripSubject): CellState {
  const isKnown = state === 'up' || state === 'degraded' || state === 'down'
  return isKnown && sinceAt < at + HOUR ? state : null
}

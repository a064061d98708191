import type { Instant } from '../time/instant.ts'
import type { MonitorState } from './monitor.ts'

/** What the store keeps of a monitor between two results. */
export interface StoredState {
  state: MonitorState
  sinceAt: Instant
  lastSlotAt: Instant | null
  lastResultAt: Instant | null
  /** When it turned to the worse lately, oldest first: what flapping is judged by. */
  downStartsAt: readonly Instant[]
  flappingSince: Instant | null
  /** An alert of it fires that nobody was told of: as soon as nothing keeps it quiet any more, it is to be told. */
  isMuted: boolean
  lastPingAt: Instant | null
  lastStartAt: Instant | null
  lastPingKind: 'success' | 'start' | 'fail' | null
}

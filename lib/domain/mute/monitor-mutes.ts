import type { MuteFacts } from './decide-mute.ts'

/** What of a monitor keeps rules about it quiet. */
export interface MonitorMutes {
  tags: readonly string[]
  downDependencies: MuteFacts['downDependencies']
}

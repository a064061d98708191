/** Monitors by key, or every monitor with a tag; all of them when both are null. */
export interface MonitorSelector {
  keys: readonly string[] | null
  tag: string | null
}

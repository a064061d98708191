import type { MonitorBase } from '../monitor/config.ts'
import type { Labels } from './matcher.ts'

/** What an alert of a monitor is called by, for silences. `alert` is `down` or `degraded`. */
export function labelsOfMonitor(
  monitor: Pick<MonitorBase, 'key' | 'severity' | 'tags' | 'groupName'> & { kind: string },
  alert: string,
): Labels {
  const { key, kind, severity, tags, groupName } = monitor
  return { alert, monitor: key, kind, severity, group: groupName, tag: tags }
}

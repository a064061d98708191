import { suggestName } from '../monitor/suggest-name.ts'
import type { CurrentConfiguration } from './current.ts'
import type { DesiredConfiguration } from './desired.ts'
import type { ConfigurationIssue } from './issue.ts'

/** Channels that a monitor names and that will not be there: neither in the file nor, made by people, in the project. */
export function findUnknownChannels(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
): ConfigurationIssue[] {
  const stays = (current?.channels ?? []).filter(({ managedBy }) => managedBy === null)
  const known = [...desired.channels, ...stays].map(({ key }) => key)
  return desired.monitors.flatMap((monitor) =>
    monitor.notify.flatMap((key, index) => {
      if (known.includes(key)) return []
      const near = suggestName(key, known)
      const hint = near === null ? '' : `: did you mean ${near}?`
      return [{ path: ['monitors', monitor.key, 'notify', index], message: `there is no channel "${key}"${hint}` }]
    }),
  )
}

import { findWrongRegions } from '../monitor/schema-regions.ts'
import { suggestName } from '../monitor/suggest-name.ts'
import type { CurrentConfiguration } from './current.ts'
import type { DesiredConfiguration } from './desired.ts'
import type { ConfigurationIssue } from './issue.ts'

/** What monitors of the file depend on, where it does not exist or leads back to them. A monitor of people's own may be named. */
export function findWrongDependencies(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
): ConfigurationIssue[] {
  const inFile = new Set(desired.monitors.map(({ key }) => key))
  const stays = (current?.monitors ?? []).filter(({ managedBy, key }) => managedBy === null && !inFile.has(key))
  const dependsOn = new Map([...desired.monitors, ...stays].map((monitor) => [monitor.key, monitor.dependsOn]))
  return desired.monitors.flatMap((monitor) =>
    monitor.dependsOn.flatMap((key, index) => {
      const path = ['monitors', monitor.key, 'dependsOn', index]
      if (!dependsOn.has(key)) {
        const near = suggestName(key, [...dependsOn.keys()])
        return [{ path, message: `there is no monitor "${key}"${near === null ? '' : `: did you mean ${near}?`}` }]
      }
      const way = wayTo(monitor.key, [key], dependsOn)
      if (way === null) return []
      return [{ path, message: `monitors would depend on each other: ${[monitor.key, ...way].join(' → ')}` }]
    }),
  )
}

/** The first way that leads from the end of `path` to `key`; null when none does. */
function wayTo(
  key: string,
  path: readonly string[],
  dependsOn: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const last = path.at(-1) ?? ''
  if (last === key) return [...path]
  for (const next of dependsOn.get(last) ?? []) {
    if (path.includes(next)) continue
    const way = wayTo(key, [...path, next], dependsOn)
    if (way !== null) return way
  }
  return null
}

/** Regions and quorums of monitors that cannot be meant. */
export function findWrongQuorums(desired: DesiredConfiguration): ConfigurationIssue[] {
  return desired.monitors.flatMap((monitor) =>
    findWrongRegions(monitor).map(({ field, message }) => ({ path: ['monitors', monitor.key, field], message })),
  )
}

/** Monitors that an SLO counts and that will not be there. */
export function findUncounted(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
): ConfigurationIssue[] {
  const stays = (current?.monitors ?? []).filter(({ managedBy }) => managedBy === null)
  const known = [...desired.monitors, ...stays].map(({ key }) => key)
  return desired.slos.flatMap(({ key: slo, indicator }) => {
    const keys = indicator.kind === 'availability' ? (indicator.monitors.keys ?? []) : []
    return keys.flatMap((key, index) => {
      if (known.includes(key)) return []
      const near = suggestName(key, known)
      const hint = near === null ? '' : `: did you mean ${near}?`
      return [
        { path: ['slos', slo, 'availability', 'monitors', index], message: `there is no monitor "${key}"${hint}` },
      ]
    })
  })
}

/** Channels that a monitor or a rule names and that will not be there: neither in the file nor, made by people, in the project. */
export function findUnknownChannels(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
): ConfigurationIssue[] {
  const stays = (current?.channels ?? []).filter(({ managedBy }) => managedBy === null)
  const known = [...desired.channels, ...stays].map(({ key }) => key)
  const named = [
    ...desired.monitors.map(({ key, notify }) => ({ of: 'monitors', key, notify })),
    ...desired.rules.map(({ key, file }) => ({ of: 'rules', key, notify: file.notify })),
  ]
  return named.flatMap(({ of, key: name, notify }) =>
    notify.flatMap((key, index) => {
      if (known.includes(key)) return []
      const near = suggestName(key, known)
      const hint = near === null ? '' : `: did you mean ${near}?`
      return [{ path: [of, name, 'notify', index], message: `there is no channel "${key}"${hint}` }]
    }),
  )
}

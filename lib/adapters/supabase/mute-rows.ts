import { nameDeployment } from '../../domain/deployment/name.ts'
import type { MuteFacts } from '../../domain/mute/decide-mute.ts'
import type { MaintenanceScope } from '../../domain/mute/maintenance.ts'
import { type Matcher, parseMatcher } from '../../domain/mute/matcher.ts'
import type { MonitorMutes } from '../../domain/mute/monitor-mutes.ts'
import type { Deployed, ProbeFigures } from '../../domain/notification/decision-context.ts'
import { fromIso, SECOND } from '../../domain/time/instant.ts'
import type { Log } from '../../ports/log.ts'
import { type DeploymentRow, toDeployment } from './deployment-rows.ts'

/** What `private.mutes_json` answers of a project; `load_mutes` adds the last deployment. */
export interface MutesRow {
  silences: {
    id: string
    matchers: string[]
    starts_at: string
    ends_at: string
    author: string
    comment: string
  }[]
  windows: {
    name: string
    scope_kind: MaintenanceScope['kind']
    scope_values: string[]
    starts_at: string
    ends_at: string
  }[]
  mute_after_deploy_seconds: number
  soak_minutes: number
  time_zone: string
}

/** The facts of a project; dependencies are a monitor's own. */
export function toMuteFacts(
  row: MutesRow & { last_deployment: DeploymentRow | null },
  log: Pick<Log, 'error'>,
): MuteFacts {
  return {
    silences: row.silences.flatMap(({ id, matchers, starts_at, ends_at, author, comment }) => {
      const read = toMatchers(matchers)
      if (read === null) {
        // Written past the application, or by a newer one. What it would silence is told: better once too often.
        log.error('store.unreadable_row', { id, error: `matchers ${matchers.join(', ')}` })
        return []
      }
      return [{ id, matchers: read, startsAt: fromIso(starts_at), endsAt: fromIso(ends_at), author, comment }]
    }),
    windows: row.windows.map(({ name, scope_kind, scope_values, starts_at, ends_at }) => ({
      name,
      scope: toScope(scope_kind, scope_values),
      startsAt: fromIso(starts_at),
      endsAt: fromIso(ends_at),
    })),
    downDependencies: [],
    lastDeployment: toLastDeployment(row.last_deployment),
    muteAfterDeployMs: row.mute_after_deploy_seconds * SECOND,
    timeZone: row.time_zone,
  }
}

/** What `private.monitor_mutes_json` answers of a monitor. */
export interface MonitorMutesRow {
  key: string
  tags: string[]
  down_dependencies: DependencyRow[]
}

export interface DependencyRow {
  key: string
  name: string
  since_at: string
}

export function toMonitorMutes(rows: readonly MonitorMutesRow[]): Map<string, MonitorMutes> {
  return new Map(
    rows.map(({ key, tags, down_dependencies }) => [
      key,
      { tags, downDependencies: down_dependencies.map(toDependency) },
    ]),
  )
}

export function toDependency({ key, name, since_at }: DependencyRow): MuteFacts['downDependencies'][number] {
  return { key, name, sinceAt: fromIso(since_at) }
}

/** What `private.results_json` answers. */
export interface ResultsRow {
  count: number
  answered: number
  min_ms: number | null
  max_ms: number | null
  keys: number[]
  counts: number[]
}

export function toProbeFigures({ count, answered, min_ms, max_ms, keys, counts }: ResultsRow): ProbeFigures {
  return { count, answered, minMs: min_ms, maxMs: max_ms, histogram: { keys, counts } }
}

/** Null when one of them cannot be read. */
export function toMatchers(texts: readonly string[]): Matcher[] | null {
  const read = texts.map(parseMatcher)
  return read.every((one) => one.ok) ? read.map(({ matcher }) => matcher) : null
}

export function toScope(kind: MaintenanceScope['kind'], values: readonly string[]): MaintenanceScope {
  switch (kind) {
    case 'project':
      return { kind }
    case 'tags':
      return { kind, tags: values }
    case 'monitors':
      return { kind, keys: values }
  }
}

export function toLastDeployment(row: DeploymentRow | null): MuteFacts['lastDeployment'] {
  return row && toDeployed(row)
}

export function toDeployed(row: DeploymentRow): Deployed {
  const deployment = toDeployment(row)
  return { at: deployment.readyAt ?? deployment.statusAt, name: nameDeployment(deployment) }
}

import type { Deployment } from '../domain/deployment/deployment.ts'
import type { Panel } from '../domain/series/panel.ts'
import type { Instant } from '../domain/time/instant.ts'
import { weekAt } from '../domain/time/week.ts'
import { localDateIn } from '../domain/time/zoned.ts'
import type { DeploymentReader } from '../ports/deployment-reader.ts'
import type { SloReader } from '../ports/slo-reader.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'
import type { VitalReader } from '../ports/vital-reader.ts'
import { loadDashboard, type ShownPanel } from './dashboards/dashboard.ts'
import { OPS } from './dashboards/ops.ts'
import { readSlos, type SloView } from './slos.ts'

export const OVERVIEW_PANELS = ['errorRate', 'databaseConnections', 'databaseSpeed'] as const
export type OverviewPanel = (typeof OVERVIEW_PANELS)[number]

export interface OverviewFigures {
  panels: readonly ShownPanel<OverviewPanel>[]
  /** Null while no page told of a visit. */
  users: { today: number; thisWeek: number } | null
  deployments: readonly Deployment[]
  /** Null while the project promises nothing. */
  slos: SloSummary | null
}

/** How the promises of a project stand: how many have budget left, and the one with the least of it. */
export interface SloSummary {
  total: number
  kept: number
  /** Null while nothing was counted for any of them. */
  worst: (Pick<SloView, 'state'> & { key: string; name: string; left: number }) | null
}

function summariseSlos(views: readonly SloView[]): SloSummary | null {
  if (views.length === 0) return null
  const counted = views.flatMap(({ slo: { key, name }, budget, state }) =>
    budget === null ? [] : [{ key, name, left: budget.left, state }],
  )
  const worst = counted.toSorted((one, other) => one.left - other.left)[0] ?? null
  return { total: views.length, kept: counted.filter(({ left }) => left > 0).length, worst }
}

/** How many deployments stand on the overview. */
const LATEST = 3

/** The limits are those of the database page, from the guides. */
const PANELS: readonly Panel<OverviewPanel>[] = [
  ...OPS.filter(({ key }) => key === 'errorRate').map((panel) => ({ ...panel, key: 'errorRate' as const })),
  {
    key: 'databaseConnections',
    sources: [{ of: { metric: 'db.connections.utilization', aggregate: 'max' } }],
    scale: 100,
    unit: '%',
    limits: { direction: 'above', warning: 80, critical: null },
  },
  {
    key: 'databaseSpeed',
    sources: [{ of: { metric: 'db.statement.duration', aggregate: 'p95' } }],
    scale: 1,
    unit: 's',
    limits: { direction: 'above', warning: 0.1, critical: null },
  },
]

/** What the applications of a project tell, in short: for the overview, which reads it beside the monitors. */
export async function readOverviewFigures(
  readers: {
    telemetry: Pick<TelemetryReader, 'queryMany'>
    vitals: Pick<VitalReader, 'listActiveUsers'>
    deployments: Pick<DeploymentReader, 'list'>
    slos: SloReader
  },
  project: { id: string; timeZone: string },
  now: Instant,
): Promise<OverviewFigures> {
  const monday = weekAt(project.timeZone, now).firstDay
  const [dashboard, users, deployments, slos] = await Promise.all([
    loadDashboard(readers.telemetry, project.id, PANELS, '1h', now),
    readers.vitals.listActiveUsers(project.id, monday),
    readers.deployments.list(project.id, {
      status: null,
      service: null,
      environment: null,
      below: null,
      above: null,
      limit: LATEST,
    }),
    readSlos(readers.slos, project.id, now),
  ])
  const today = localDateIn(project.timeZone, now)
  const count = (period: 'day' | 'week', startsOn: string) =>
    users.find((one) => one.period === period && one.startsOn === startsOn)?.count ?? 0
  return {
    panels: dashboard.panels,
    users: users.length === 0 ? null : { today: count('day', today), thisWeek: count('week', monday) },
    deployments,
    slos: summariseSlos(slos),
  }
}

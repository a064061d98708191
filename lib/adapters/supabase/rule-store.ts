import type { RuleContext } from '../../domain/notification/rule-settlement.ts'
import { needsHistogram } from '../../domain/rule/spans.ts'
import { isOfDeployments } from '../../domain/rule/virtual-metrics.ts'
import type { Figures, Span, SpanAnswer } from '../../domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../domain/series/histogram.ts'
import type { MetricKind } from '../../domain/series/sample.ts'
import { MINUTE } from '../../domain/time/instant.ts'
import type { Log } from '../../ports/log.ts'
import type { RuleStore } from '../../ports/rule-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import type { DeploymentRow } from './deployment-rows.ts'
import {
  type MonitorMutesRow,
  type MutesRow,
  toDeployed,
  toLastDeployment,
  toMonitorMutes,
  toMuteFacts,
} from './mute-rows.ts'
import {
  type OpenIncidentRow,
  type OwnIncidentRow,
  toOpenIncident,
  toOwnIncident,
  toWatchedMonitor,
  type WatchedMonitorRow,
} from './open-incident-rows.ts'
import { type ContextRow, readable, toProjectFacts } from './pipeline-store.ts'
import { toChannel, toInstant } from './rows.ts'
import { type ClaimAnswer, toClaims } from './rule-claim-rows.ts'
import { evaluationJson } from './rule-evaluation-json.ts'

/** Rules for the machine: every method is one database function. `client` holds the secret key. */
export function createRuleStore(client: Client, log: Pick<Log, 'error'>): RuleStore {
  return {
    async claimDue(limit) {
      const answer = (await call(client, 'claim_due_rules', { p_limit: limit })) as ClaimAnswer
      return { claims: toClaims(answer), nextDueAt: toInstant(answer.next_due_at) }
    },

    async readFigures(requests) {
      const asked = requests.map((request): Asked => ({ ...request, answer: [] }))
      const isDeployment = ({ span }: Asked) => isOfDeployments(span.term.metric)
      const others = asked.filter((one) => !isDeployment(one))
      await Promise.all([
        ...inParts(others).map((part) => fill(client, 'read_rule_figures', part)),
        fill(client, 'read_deployment_outcomes', asked.filter(isDeployment)),
      ])
      return asked.map(({ answer }) => answer)
    },

    async loadContexts(rules) {
      const projectIds = [...new Set(rules.map(({ projectId }) => projectId))]
      const [answer, mutes] = (await Promise.all([
        call(client, 'load_rule_contexts', {
          p_rule_ids: rules.map(({ id }) => id),
          p_monitor_keys: [...new Set(rules.flatMap(({ monitorKeys }) => monitorKeys))],
        }),
        call(client, 'load_mutes', { p_project_ids: projectIds }),
      ])) as [ContextAnswer, Record<string, ProjectMutesRow>]
      return new Map(
        Object.entries(answer.rules).flatMap(([id, row]): [string, RuleContext][] => {
          const project = answer.projects[row.project_id]
          const muted = mutes[row.project_id]
          if (project === undefined || muted === undefined) return []
          const context = {
            project: toProjectFacts(project.project),
            channels: readable(project.channels, toChannel, log),
            lastDeployment: toLastDeployment(project.last_deployment),
            ownIncidents: row.incidents.map(toOwnIncident),
            openIncidents: project.open_incidents.map(toOpenIncident),
            watchedMonitors: new Map(project.monitors.map((one) => [one.key, toWatchedMonitor(one)])),
            pack: row.pack,
            toldAt: toInstant(row.told_at),
            mutes: toMuteFacts(muted, log),
            monitorMutes: toMonitorMutes(muted.monitors),
            deployments: muted.recent_deployments.map(toDeployed),
            soakMs: muted.soak_minutes * MINUTE,
          }
          return [[id, context]]
        }),
      )
    },

    async record(evaluations) {
      const payload = { evaluations: evaluations.map(evaluationJson) }
      return (await call(client, 'record_rule_evaluations', { p_evaluations: payload as never })) as {
        recorded: number
        stale: number
      }
    },
  }
}

interface Asked {
  projectId: string
  span: Span
  answer: Mutable<SpanAnswer>
}

/** So many questions keep one connection busy for a tenth of a second: from there on two share the work. */
const MANY = 2_000

/** In two halves at most, however many there are: the number of calls must not grow with the number of rules. */
function inParts(asked: readonly Asked[]): (readonly Asked[])[] {
  if (asked.length < MANY) return [asked]
  const half = Math.ceil(asked.length / 2)
  return [asked.slice(0, half), asked.slice(half)]
}

async function fill(
  client: Client,
  name: 'read_rule_figures' | 'read_deployment_outcomes',
  asked: readonly Asked[],
): Promise<void> {
  if (asked.length === 0) return
  // Wrapped in an object: a bare array would reach the function as something else through the embedded stack.
  const requests = { requests: asked.map(({ projectId, span }) => toRequest(projectId, span)) }
  for (const row of (await call(client, name, { p_requests: requests as never })) as FigureRow[]) {
    asked[row[0]]?.answer.push({ group: row[1], figures: toFigures(row) })
  }
}

type Mutable<List> = List extends readonly (infer Item)[] ? Item[] : never

/** Arrays and short names: ten thousand rules ask for as many. */
type FigureRow = [
  request: number,
  group: string[],
  kind: MetricKind,
  count: number,
  sum: number,
  min: number | null,
  max: number | null,
  last: number | null,
  lastAt: number,
  keys: number[] | null,
  counts: number[] | null,
]

/** What `load_mutes` answers of a project. */
interface ProjectMutesRow extends MutesRow {
  last_deployment: DeploymentRow | null
  recent_deployments: DeploymentRow[]
  monitors: MonitorMutesRow[]
}

interface ContextAnswer {
  projects: Record<
    string,
    Pick<ContextRow, 'project' | 'channels' | 'last_deployment'> & {
      open_incidents: OpenIncidentRow[]
      monitors: WatchedMonitorRow[]
    }
  >
  rules: Record<
    string,
    { project_id: string; told_at: string | null; incidents: OwnIncidentRow[]; pack: string | null }
  >
}

function toRequest(projectId: string, { term, groupBy, from, until }: Span): Record<string, unknown> {
  const { metric, where } = term
  return {
    p: projectId,
    m: metric,
    f: from,
    u: until,
    ...(where === undefined || Object.keys(where).length === 0 ? {} : { w: where }),
    ...(groupBy.length === 0 ? {} : { g: groupBy }),
    ...(needsHistogram(term) ? { h: true } : {}),
  }
}

function toFigures([, , kind, count, sum, min, max, last, lastAt, keys, counts]: FigureRow): Figures {
  const histogram = keys === null || counts === null ? EMPTY_HISTOGRAM : { keys, counts }
  return { kind, count, sum, min, max, last, lastAt, histogram }
}

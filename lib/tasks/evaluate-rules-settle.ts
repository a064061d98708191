import type { OpenIncident } from '../domain/incident/open-incident.ts'
import { SEVERITIES } from '../domain/monitor/severity.ts'
import { noteOpened } from '../domain/notification/note-opened.ts'
import type { RuleContext, RuleSettlement } from '../domain/notification/rule-settlement.ts'
import type { SettleEnvironment } from '../domain/notification/settle.ts'
import { settleRule } from '../domain/notification/settle-rule.ts'
import { withSuspect } from '../domain/notification/suspect-rule.ts'
import { isWaiting, tellMore, type WaitingAlert } from '../domain/notification/tell-more.ts'
import { type SettledRule, tellTogether } from '../domain/notification/tell-together.ts'
import { monitorOf } from '../domain/rule/monitor-of.ts'
import { groupOf } from '../domain/rule/outcome.ts'
import type { EvaluateRulesDeps } from './evaluate-rules.ts'
import { addEvidence } from './evaluate-rules-evidence.ts'
import type { ChangedRule, EvaluatedProject } from './evaluate-rules-project.ts'
import { findSuspects } from './evaluate-rules-suspect.ts'

type Contexts = ReadonlyMap<string, RuleContext>

/** Decides what follows from the alerts that changed: settlements by project, in the order in which they must be stored. */
export async function settleChanges(
  deps: Pick<EvaluateRulesDeps, 'rules' | 'clock' | 'random' | 'log' | 'baseUrl'>,
  projects: readonly EvaluatedProject[],
): Promise<Map<string, RuleSettlement[]>> {
  const changed = projects.flatMap((project) => project.changed.map((one) => ({ project, ...one })))
  if (changed.length === 0) return new Map()
  const contexts = await deps.rules.loadContexts(
    changed.map((one) => ({ id: one.rule.id, projectId: one.rule.projectId, monitorKeys: monitorKeysOf(one) })),
  )
  const [withEvidence, suspects] = await Promise.all([
    addEvidence(deps, changed),
    findSuspects(deps, changed, contexts),
  ])
  const environment = { now: deps.clock.now(), baseUrl: deps.baseUrl, newId: () => deps.random.uuid() }
  return new Map(
    projects.map(({ claim: { projectId } }) => {
      const rules = withEvidence.filter(({ rule }) => rule.projectId === projectId)
      return [projectId, settleProject(rules, contexts, suspects, environment)]
    }),
  )
}

function settleProject(
  changed: readonly ChangedRule[],
  contexts: Contexts,
  suspects: ReadonlyMap<string, string>,
  environment: SettleEnvironment,
): RuleSettlement[] {
  let openIncidents: readonly OpenIncident[] | null = null
  const settled: SettledRule[] = []
  // The worst first: what begins an incident that others join says how bad it is, and whom to tell. Composites come after what they look at.
  const isComposite = ({ rule }: ChangedRule) => rule.condition.kind === 'composite'
  const ordered = [...changed.filter((one) => !isComposite(one)).toSorted(worstFirst), ...changed.filter(isComposite)]
  for (const { changes, ...subject } of ordered) {
    const { rule } = subject
    const context = contexts.get(rule.id)
    // Without a context the rule is gone, and with it the lease of its project.
    if (context === undefined) continue
    const current: RuleContext = { ...context, openIncidents: openIncidents ?? context.openIncidents }
    const settlements = settleRule(subject, changes, current, environment)
    openIncidents = noteOpened(rule, settlements, current, environment.now)
    const suspect = suspects.get(rule.id)
    settled.push({ rule, settlements: settlements.map((one) => withSuspect(one, suspect, environment.now)) })
  }
  const more = tellWaiting(changed, contexts, openIncidents ?? [], environment)
  return [...tellTogether(settled).flatMap(({ settlements }) => settlements), ...more]
}

/** Of incidents that others opened: whom a rule's own incident is told to has been decided with it. */
function tellWaiting(
  changed: readonly ChangedRule[],
  contexts: Contexts,
  openIncidents: readonly OpenIncident[],
  environment: SettleEnvironment,
): RuleSettlement[] {
  const waiting = changed.flatMap((subject) =>
    subject.open.flatMap((alert): WaitingAlert[] =>
      isWaiting(subject.rule, alert) &&
      !subject.changes.some(({ open }) => open?.id === alert.id) &&
      !contexts.get(subject.rule.id)?.ownIncidents.some(({ id }) => id === alert.incidentId)
        ? [{ subject, alert }]
        : [],
    ),
  )
  return openIncidents.flatMap((host) => {
    const joined: WaitingAlert[] = waiting.filter(({ alert }) => alert.incidentId === host.id)
    const context = contexts.get(joined[0]?.subject.rule.id ?? '')
    return context === undefined ? [] : tellMore(host, joined, context, environment)
  })
}

function worstFirst({ rule: one }: ChangedRule, { rule: other }: ChangedRule): number {
  return SEVERITIES.indexOf(other.severity.critical) - SEVERITIES.indexOf(one.severity.critical)
}

function monitorKeysOf({ rule, open, changes }: ChangedRule): string[] {
  const groups = [...changes.map(({ group }) => group), ...open.map(({ groupKey }) => groupOf(groupKey))]
  return groups.flatMap((group) => monitorOf(rule, group) ?? [])
}

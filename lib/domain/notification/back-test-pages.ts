import type { BackTestNews } from '../alert/back-test.ts'
import type { TestedRule } from '../alert/back-test-step.ts'
import type { BackTestPage } from '../alert/back-test-verdict.ts'
import { NO_MUTES } from '../mute/decide-mute.ts'
import type { AlertRule } from '../rule/rule.ts'
import { type Instant, MINUTE, SECOND } from '../time/instant.ts'
import { createRuleLedger, type RuleLedger } from './rule-ledger.ts'
import type { RuleChange } from './rule-request.ts'
import type { RuleContext, RuleSettlement } from './rule-settlement.ts'
import { settleRule } from './settle-rule.ts'

/** A minute is evaluated so long after it began. */
const EVALUATED_AFTER_MS = 20 * SECOND

/** Somebody who wants to hear everything. */
const CHANNEL: RuleContext['channels'][number] = {
  id: 'everything',
  projectId: '',
  key: 'everything',
  kind: 'webhook',
  name: 'everything',
  config: { url: '' },
  minSeverity: null,
  enabled: true,
  disabledReason: null,
}

/** A project in which nothing else fails: no incident but the rule's own. */
const ALONE: Omit<RuleContext, 'ownIncidents' | 'toldAt'> = {
  project: { id: '', slug: '', name: '', timeZone: 'UTC', locale: 'en' },
  channels: [CHANNEL],
  lastDeployment: null,
  mutes: NO_MUTES,
  monitorMutes: new Map(),
  deployments: [],
  soakMs: 0,
  openIncidents: [],
  watchedMonitors: new Map(),
  pack: null,
}

/**
 * Every page that a rule would have sent, decided by what decides live (`settleRule`): the groups of a rule share an incident, what comes back
 * at once re-opens it, flapping is told once, the throttle and the repetition of the rule apply. Nothing else failed, nothing was muted and nobody
 * acknowledged: an alert about a monitor that was down would have joined its incident.
 */
export function pagesOfBackTest(
  tested: TestedRule,
  news: readonly BackTestNews[],
  until: Instant,
): readonly BackTestPage[] {
  const rule = toRule(tested)
  const ledger = createRuleLedger()
  const pages: BackTestPage[] = []
  const settle = (at: Instant, changes: readonly RuleChange[]): boolean => {
    const settlements = settleAt(rule, ledger, at, changes)
    const told = settlements.flatMap((settlement) => pagesIn(settlement, at))
    for (const settlement of settlements) ledger.settle(settlement, at + EVALUATED_AFTER_MS)
    pages.push(...told)
    return told.length > 0
  }
  let before: Instant = Number.NEGATIVE_INFINITY
  for (const [at, own] of minutesOf(news)) {
    repeat(rule, ledger, before, at, settle)
    const changes = own.flatMap((one) => changeOf(one, ledger))
    if (changes.length > 0) settle(at, changes)
    before = at
  }
  repeat(rule, ledger, before, until + MINUTE, settle)
  return pages
}

function minutesOf(news: readonly BackTestNews[]): ReadonlyMap<Instant, readonly BackTestNews[]> {
  const minutes = new Map<Instant, BackTestNews[]>()
  for (const one of news) {
    const known = minutes.get(one.at)
    if (known === undefined) minutes.set(one.at, [one])
    else known.push(one)
  }
  return minutes
}

/** What is told again between two minutes in which something happened. */
function repeat(
  { repeatMs }: AlertRule,
  ledger: RuleLedger,
  from: Instant,
  before: Instant,
  settle: (at: Instant, changes: readonly RuleChange[]) => boolean,
): void {
  if (repeatMs === 0) return
  for (let last = from, isTold = true; isTold; ) {
    const told = ledger.open().flatMap(({ toldAt }) => (toldAt === null ? [] : [toldAt]))
    const due = Math.ceil((Math.min(...told) + repeatMs - EVALUATED_AFTER_MS) / MINUTE) * MINUTE
    last = Math.max(due, last + MINUTE)
    if (told.length === 0 || last >= before) return
    isTold = settle(last, [])
  }
}

function settleAt(
  rule: AlertRule,
  ledger: RuleLedger,
  at: Instant,
  changes: readonly RuleChange[],
): readonly RuleSettlement[] {
  const context = { ...ALONE, ...ledger.context() }
  const subject = { rule, open: ledger.open(), outcomes: new Map(), unitOf: () => null, inhibitors: [] }
  let made = 0
  const newId = () => {
    made += 1
    return `${at}-${made}`
  }
  return settleRule(subject, changes, context, { now: at + EVALUATED_AFTER_MS, baseUrl: '', newId })
}

/** As the live evaluation makes a change of what an alert has become. */
function changeOf({ at, group, groupKey, evolution, outcome }: BackTestNews, ledger: RuleLedger): RuleChange[] {
  const { to, transitions, flapping, reason } = evolution
  const open = ledger.open().find((alert) => alert.groupKey === groupKey) ?? null
  const from = open?.level ?? null
  if (from === to && flapping !== 'stabilised') return []
  const fired = transitions.find((transition) => transition.op === 'fire')
  return [{ group, from, to, flapping, reason, startedAt: fired?.startedAt ?? at, outcome, open, points: null }]
}

/** What of a settlement somebody is told: a warning by itself, critical alerts by their incident. Ends are no pages. */
export function pagesIn(
  { alerts, incident }: Pick<RuleSettlement, 'alerts' | 'incident'>,
  at: Instant,
): BackTestPage[] {
  const warnings = alerts.flatMap((change): BackTestPage[] => {
    if (change.op === 'resolve' || change.notifications.length === 0) return []
    return [{ at, level: 'warning', isRepeated: change.op === 'repeat' }]
  })
  const isTold = incident !== null && incident.op !== 'resolve' && (incident.notifications ?? []).length > 0
  return isTold ? [...warnings, { at, level: 'critical', isRepeated: incident.op === 'continue' }] : warnings
}

function toRule(tested: TestedRule): AlertRule {
  return {
    ...tested,
    id: '',
    projectId: '',
    name: tested.key,
    enabled: true,
    severity: { warning: 'medium', critical: 'critical' },
    notifyChannelIds: [CHANNEL.id],
    runbook: null,
    labels: {},
    pack: null,
  }
}

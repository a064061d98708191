import { NO_MUTES } from '../../lib/domain/mute/decide-mute.ts'
import { createRuleLedger } from '../../lib/domain/notification/rule-ledger.ts'
import type { RuleContext } from '../../lib/domain/notification/rule-settlement.ts'
import { groupKeyOf } from '../../lib/domain/rule/outcome.ts'
import type { AlertRule } from '../../lib/domain/rule/rule.ts'
import type { MonitorFacts } from '../../lib/domain/rule/rule-inputs.ts'
import { spanKeyOf, spansOf } from '../../lib/domain/rule/spans.ts'
import type { Span, SpanAnswer } from '../../lib/domain/series/figures.ts'
import type { Slo } from '../../lib/domain/slo/slo.ts'
import { type Instant, MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import type { RuleEvaluation, RuleGroupState, RuleStore } from '../../lib/ports/rule-store.ts'

interface Setting {
  projectId: string
  rules: readonly AlertRule[]
  slos: ReadonlyMap<string, Slo>
  units: ReadonlyMap<string, string>
  monitorsAt: (at: Instant) => readonly MonitorFacts[]
  /** Reads figures as a tick does: one function of the database. */
  readFigures: RuleStore['readFigures']
  /** Nothing is stored from before. */
  from: Instant
  until: Instant
}

const PROJECT = { id: 'p', slug: 'shop', name: 'Shop', timeZone: 'UTC', locale: 'en' as const }
const CHANNEL: RuleContext['channels'][number] = {
  id: 'c',
  projectId: 'p',
  key: 'ops',
  kind: 'webhook',
  name: 'Ops',
  config: { url: 'https://hooks.example.com' },
  minSeverity: null,
  enabled: true,
  disabledReason: null,
}

/** Spans of so many minutes are read ahead together: a month of round trips would take longer than everything else. */
const AHEAD_MS = 120 * MINUTE

/**
 * Everything that is remembered of rules, in memory and as JSON, one minute after the other; figures come from the real database. For months
 * of minutes: that the store itself remembers is tested where rules fire and resolve.
 */
export function createMemoryRuleStore(setting: Setting) {
  const { rules, slos, units, monitorsAt, projectId } = setting
  const states = new Map<string, Map<string, RuleGroupState>>(rules.map(({ id }) => [id, new Map()]))
  const failures = new Map<string, string>()
  const figures = createFigures(setting)
  const ledgers = new Map(rules.map(({ id }) => [id, createRuleLedger()]))
  const openOf = (ruleId: string) => ledgers.get(ruleId)?.open() ?? []
  const contextOf = (ruleId: string): RuleContext => {
    const { ownIncidents = [], toldAt = null } = ledgers.get(ruleId)?.context() ?? {}
    return {
      project: PROJECT,
      channels: [CHANNEL],
      lastDeployment: null,
      mutes: NO_MUTES,
      monitorMutes: new Map(),
      deployments: [],
      soakMs: 0,
      openIncidents: [],
      watchedMonitors: new Map(),
      pack: null,
      ownIncidents,
      toldAt,
    }
  }
  const written: RuleEvaluation[] = []
  let at = 0
  let isClaimed = false
  const store: RuleStore = {
    async claimDue() {
      if (isClaimed) return { claims: [], nextDueAt: null }
      isClaimed = true
      const claimed = rules.map((rule) => ({
        rule: { ...rule, projectId },
        failure: failures.get(rule.id) ?? null,
        states: [...(states.get(rule.id)?.values() ?? [])],
      }))
      const open = rules.flatMap(({ id }) => openOf(id).map((alert) => ({ ...alert, ruleId: id })))
      const facts = { monitors: monitorsAt(at), slos, units }
      const claim = { projectId, token: 1, at, rules: claimed, unreadable: [], alerts: open, ...facts }
      return { claims: [claim], nextDueAt: null }
    },
    readFigures: async (requests) => {
      await figures.prepare(at)
      return figures.answer(requests)
    },
    loadContexts: async (asked) => new Map(asked.map(({ id }) => [id, contextOf(id)])),
    async record(evaluations) {
      for (const evaluation of evaluations) {
        written.push(evaluation)
        for (const { ruleId, group, reason: _, ...state } of evaluation.states) {
          // As the store keeps it: nothing of the process survives.
          const kept = JSON.parse(JSON.stringify({ ...state, group, evaluatedAt: evaluation.at })) as RuleGroupState
          states.get(ruleId)?.set(groupKeyOf(group), kept)
        }
        for (const { ruleId, groupKey } of evaluation.forgotten) states.get(ruleId)?.delete(groupKey)
        for (const { ruleId, reason } of evaluation.failed) failures.set(ruleId, reason)
        for (const ruleId of evaluation.mended) failures.delete(ruleId)
        for (const settlement of evaluation.settlements)
          ledgers.get(settlement.ruleId)?.settle(settlement, evaluation.at + 20 * SECOND)
      }
      return { recorded: evaluations.length, stale: 0 }
    },
  }
  return {
    store,
    written,
    /** The minute that is evaluated next. */
    moveTo(next: Instant): void {
      at = next
      isClaimed = false
    },
  }
}

/** Answers of the real database, each span once: what a baseline asks of last week was asked last week. */
function createFigures({ projectId, rules, slos, readFigures, from, until }: Setting) {
  const known = new Map<string, SpanAnswer>()
  const ahead = new Map<Instant, Promise<void>>()

  async function read(spans: readonly Span[]): Promise<void> {
    const asked = [...new Map(spans.map((span) => [spanKeyOf(span), span]))].filter(([key]) => !known.has(key))
    if (asked.length === 0) return
    const answers = await readFigures(asked.map(([, span]) => ({ projectId, span })))
    asked.forEach(([key], index) => {
      known.set(key, answers[index] ?? [])
    })
  }

  /** All that will be asked in a stretch. Of an anomaly the history is remembered; what is not is read when it is asked for. */
  function readAhead(begin: Instant): Promise<void> {
    const spans: Span[] = []
    for (let at = begin; at < begin + AHEAD_MS && at <= until; at += MINUTE)
      for (const rule of rules) spans.push(...spansOf(rule, at, slos, at).filter((span) => span.until > from))
    const reading = read(spans)
    ahead.set(begin, reading)
    return reading
  }

  return {
    /** The next stretch is read while this one is evaluated. */
    async prepare(at: Instant): Promise<void> {
      const begin = Math.floor(at / AHEAD_MS) * AHEAD_MS
      await (ahead.get(begin) ?? readAhead(begin))
      if (!ahead.has(begin + AHEAD_MS)) void readAhead(begin + AHEAD_MS)
    },
    async answer(requests: readonly { span: Span }[]): Promise<SpanAnswer[]> {
      const stored = requests.filter(({ span }) => span.until > from)
      await read(stored.map(({ span }) => span))
      return requests.map(({ span }) => known.get(spanKeyOf(span)) ?? [])
    },
  }
}

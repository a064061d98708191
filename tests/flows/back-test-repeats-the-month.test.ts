import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createIncidentReader } from '../../lib/adapters/supabase/incident-reader.ts'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { createRuleStore } from '../../lib/adapters/supabase/rule-store.ts'
import type { BackTestRun } from '../../lib/domain/alert/back-test.ts'
import type { BackTestPage } from '../../lib/domain/alert/back-test-verdict.ts'
import { pagesIn, pagesOfBackTest } from '../../lib/domain/notification/back-test-pages.ts'
import { parseOneLine } from '../../lib/domain/rule/one-line.ts'
import { groupKeyOf } from '../../lib/domain/rule/outcome.ts'
import type { AlertRule } from '../../lib/domain/rule/rule.ts'
import type { MonitorFacts } from '../../lib/domain/rule/rule-inputs.ts'
import type { Slo } from '../../lib/domain/slo/slo.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from '../../lib/domain/time/instant.ts'
import type { RuleEvaluation, WrittenState } from '../../lib/ports/rule-store.ts'
import { backTest } from '../../lib/queries/back-test.ts'
import { evaluateDueRules } from '../../lib/tasks/evaluate-rules.ts'
import { createMemoryRuleStore } from '../support/memory-rule-store.ts'
import { batchOf, createDice, makeMonth } from '../support/month.ts'
import { telemetrySupport } from '../support/telemetry.ts'

const UNTIL = Date.UTC(2026, 10, 20, 12)
/** Minutes are kept for thirty days. */
const FROM = UNTIL - 30 * DAY + 2 * HOUR
const SEED = 20261120

const SLO: Slo = {
  id: 'slo',
  projectId: 'p',
  key: 'api',
  name: 'API answers',
  description: '',
  indicator: {
    kind: 'ratio',
    good: null,
    bad: { metric: 'http.server.requests', aggregate: 'sum', where: { 'http.response.status_class': '5xx' } },
    total: { metric: 'http.server.requests', aggregate: 'sum' },
  },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.99,
  slice: null,
}

const RULES = [
  rule('queues', 'avg(queue.length) by (queue) over 5m > 80 until 60 for 5m keep 3m [warn > 50]'),
  rule(
    'errors',
    'sum(http.server.requests{http.response.status_class="5xx"}) / sum(http.server.requests) over 5m > 10% for 3m with at least 20',
    {
      noData: 'keep',
      throttleMs: HOUR,
    },
  ),
  rule('slow', 'p95(http.server.request.duration) over 5m > 2s for 5m [warn > 1s]', { noData: 'alert' }),
  rule('silence', 'absent(http.server.requests) for 5m', { repeatMs: 30 * MINUTE }),
  rule('usual', 'sum(http.server.requests) over 1h < 50% of usual of 2 weeks [warn < 0.8x]'),
  rule('odd', 'unusual(sum(http.server.requests)) down'),
  rule('burn', 'burn(api) 14.4x over 1h and 5m'),
  rule('probes', '3 failures in a row of monitor api'),
  rule(
    'failing',
    'sum(http.server.requests{http.response.status_class="5xx"}) / sum(http.server.requests) over 5m > 10% for 3m as warning',
  ),
  // Of warnings, which open no incident: one that is open for what it looks at would be joined, and a back-test knows of no other.
  rule('both', 'any(failing, odd)'),
]

function rule(key: string, line: string, changes: Partial<AlertRule> = {}): AlertRule {
  const read = parseOneLine(line, { unitOf: (metric) => (metric.endsWith('duration') ? 's' : '1') })
  if (!read.ok) throw new Error(`${line}: ${read.error.message}`)
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  return {
    id: randomUUID(),
    projectId: 'p',
    key,
    name: key,
    enabled: true,
    condition,
    groupBy: groupBy ?? [],
    groupLimit: 10,
    forMs: forMs ?? 0,
    keepFiringForMs: keepFiringForMs ?? 0,
    noData: 'resolve',
    severity: { warning: 'medium', critical: 'high' },
    notifyChannelIds: [],
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    runbook: null,
    // Each on its own: what looks at the same series would share an incident.
    labels: { service: key },
    pack: null,
    ...changes,
  }
}

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let probes: { at: Instant; isDown: boolean }[]
let live: RuleEvaluation[]

beforeAll(async () => {
  support = await telemetrySupport()
  projectId = await support.addProject('shop')
  await storeMonth()
  live = await evaluateLive()
}, 600_000)

/** Half a day at a time, as it comes in, late samples with the next half. */
async function storeMonth(): Promise<void> {
  const events = makeMonth(FROM, UNTIL, SEED)
  for (let at = FROM; at < UNTIL; at += 12 * HOUR) {
    await support.clock.set(Math.min(at + 12 * HOUR, UNTIL))
    const isLast = at + 12 * HOUR >= UNTIL
    await support.send(projectId, { series: batchOf(events, at, isLast ? UNTIL + DAY : at + 12 * HOUR) })
    await support.rollUp()
  }
  const dice = createDice(SEED)
  let downUntil = FROM
  probes = Array.from({ length: (UNTIL - FROM) / MINUTE }, (_, index) => {
    const at = FROM + index * MINUTE
    if (dice(300) === 0) downUntil = at + dice(9) * MINUTE
    return { at, isDown: at < downUntil }
  })
  const [monitor] = await support.stack.sql<{ id: string }[]>`
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    values (${projectId}, 'api', 'API', 'http', '{}', 60, 5000, 'high') returning id`
  const rows = JSON.stringify(probes.map(({ at, isDown }) => [at, isDown]))
  await support.stack.sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
    select ${monitor?.id ?? ''}, ${projectId}, at, at, case when is_down then 'down' else 'up' end, case when not is_down then 120 end
    from (select to_timestamp((one ->> 0)::float8 / 1000) as at, (one ->> 1)::boolean as is_down
      from jsonb_array_elements(${rows}::text::jsonb) as one) as given`
}

/** The task that runs beside the tick, minute by minute, on what the store answers. */
async function evaluateLive(): Promise<RuleEvaluation[]> {
  const log = { info: () => undefined, warn: complain, error: complain }
  const { readFigures } = createRuleStore(support.stack.service as never, log)
  const units = new Map([['http.server.request.duration', 's']])
  const slos = new Map([[SLO.key, SLO]])
  const month = createMemoryRuleStore({
    projectId,
    rules: RULES,
    slos,
    units,
    monitorsAt,
    readFigures,
    from: FROM,
    until: UNTIL,
  })
  let now = FROM
  const clock = { now: () => now, sleep: async () => undefined }
  for (let at = FROM + MINUTE; at <= UNTIL; at += MINUTE) {
    now = at + 20 * SECOND
    month.moveTo(at)
    await evaluateDueRules({
      rules: month.store,
      telemetry: { rollUp: async () => ({ hasMore: false }) },
      clock,
      random: { next: () => 0.5, uuid: randomUUID },
      log,
      baseUrl: 'https://vigie.test',
    })
  }
  return month.written
}

function complain(event: string, fields?: object): never {
  throw new Error(`${event} ${JSON.stringify(fields)}`)
}

/** As the store knows the monitor twenty seconds after the minute. */
function monitorsAt(at: Instant): MonitorFacts[] {
  const newest = Math.min(probes.length - 1, (at - FROM) / MINUTE)
  let failedInARow = 0
  while (probes[newest - failedInARow]?.isDown === true) failedInARow += 1
  const lastProbedAt = probes[newest]?.at ?? null
  return [{ ...MONITOR, state: failedInARow >= 3 ? 'down' : 'up', failedInARow, lastProbedAt }]
}

const MONITOR: MonitorFacts = {
  key: 'api',
  name: 'API',
  tags: [],
  state: 'up',
  failedInARow: 0,
  lastProbedAt: null,
  certificateExpiresAt: null,
}

interface Turn {
  at: string
  group: string
  op: string
  startedAt: string | null
  value: number | null
  reason: string
}

/** What the live evaluation wrote down of a rule: alerts that began, changed and ended, and levels that began to wait. */
function liveTurns({ id }: AlertRule): Turn[] {
  const before = new Map<string, WrittenState>()
  const groups = new Map<string, string>()
  return live.flatMap(({ at, states, forgotten, settlements }) => {
    const own = new Map(states.filter(({ ruleId }) => ruleId === id).map((one) => [groupKeyOf(one.group), one]))
    const turn = (group: string, op: string, reason: string, startedAt: Instant | null = null): Turn => {
      const value = own.get(group)?.value ?? null
      return { at: toIso(at), group, op, startedAt: startedAt === null ? null : toIso(startedAt), value, reason }
    }
    const waits = [...own].flatMap(([group, one]) => {
      const level = waitingLevelOf(one, before.get(group))
      return level === null ? [] : [turn(group, `pend ${level}`, one.reason)]
    })
    const changes = settlements.flatMap(({ ruleId, alerts }) =>
      alerts.flatMap((change) => {
        if (ruleId !== id || change.op === 'repeat') return []
        if (change.op === 'fire') groups.set(change.id, groupKeyOf(change.group))
        const group = groups.get(change.id) ?? ''
        if (change.op === 'resolve') return [turn(group, 'resolve', change.reason)]
        return [
          turn(group, `${change.op} ${change.level}`, change.reason, 'startedAt' in change ? change.startedAt : null),
        ]
      }),
    )
    for (const [group, one] of own) before.set(group, one)
    for (const { ruleId, groupKey } of forgotten) if (ruleId === id) before.delete(groupKey)
    return [...waits, ...changes]
  })
}

function livePages({ id }: AlertRule): BackTestPage[] {
  return live.flatMap(({ at, settlements }) =>
    settlements.flatMap((settlement) => (settlement.ruleId === id ? pagesIn(settlement, at) : [])),
  )
}

/** The level that begins to wait where nothing as bad fires. */
function waitingLevelOf(
  { state, status, level: worst }: WrittenState,
  before: WrittenState | undefined,
): string | null {
  const level = (['critical', 'warning'] as const).find((one) => state?.[one].status === 'pending')
  if (level === undefined || before?.state?.[level].status === 'pending') return null
  return status === 'firing' && (worst === 'critical' || worst === level) ? null : level
}

function testedTurns({ news }: BackTestRun): Turn[] {
  return news.flatMap(({ at, groupKey: group, evolution, outcome }) => {
    const { reason, transitions } = evolution
    const value = outcome?.kind === 'judged' ? outcome.value : null
    return transitions.map((one): Turn => {
      const startedAt = one.op === 'fire' ? toIso(one.startedAt) : null
      const level = one.op === 'resolve' ? '' : ` ${one.op === 'change_level' ? one.to : one.level}`
      const op = one.op === 'change_level' ? 'change' : one.op
      return { at: toIso(at), group, op: `${op}${level}`, startedAt, value, reason }
    })
  })
}

const inOrder = (turns: readonly Turn[]) =>
  turns.toSorted((one, other) =>
    JSON.stringify([one.at, one.group, one.op]) < JSON.stringify([other.at, other.group, other.op]) ? -1 : 1,
  )

describe('a back-test of a month says of every transition and page what the live evaluation of each of its minutes did', () => {
  test.each(RULES.map((one) => [one.key, one] as const))('%s', async (_, tested) => {
    const { client } = await support.stack.user('viewer', projectId)
    const deps = { rules: createRuleReader(client as never), incidents: createIncidentReader(client as never) }
    const known = { projectId, timeZone: 'UTC', rules: RULES, monitors: [MONITOR], slos: new Map([[SLO.key, SLO]]) }
    const answer = await backTest(deps, known, tested, 30, UNTIL)
    if (answer.kind !== 'tested') throw new Error(answer.kind)
    const turns = inOrder(testedTurns(answer.run))
    expect(turns).toEqual(inOrder(liveTurns(tested)))
    expect(turns.length).toBeGreaterThan(10)
    expect(pagesOfBackTest(tested, answer.run.news, UNTIL)).toEqual(livePages(tested))
  })
})

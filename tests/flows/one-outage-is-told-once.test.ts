import { expect, test } from 'vitest'
import type { MessageData } from '../../lib/domain/notification/message.ts'
import type { RuleCondition, ThresholdCondition } from '../../lib/domain/rule/condition.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { evaluateDueRules } from '../../lib/tasks/evaluate-rules.ts'
import { tick } from '../../lib/tasks/tick.ts'
import { type Pipeline, pipelineSupport } from '../support/pipeline.ts'
import { type RuleBench, ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

const FAILURES: RuleCondition = {
  kind: 'consecutive_failures',
  monitors: { keys: null, tag: null },
  failures: 2,
  level: 'critical',
}

/** Probes that were answered, of all in the window, for each monitor. */
function answered(windowMs: number, limits: { warning: number | null; critical: number | null }): RuleCondition {
  const limit = (value: number | null) => (value === null ? null : { value, recovery: null })
  return {
    kind: 'threshold',
    source: { of: { metric: 'probe.success', aggregate: 'avg' } },
    windowMs,
    operator: 'below',
    warning: limit(limits.warning),
    critical: limit(limits.critical),
    minCount: 0,
  }
}

/** Holds for every monitor that is probed at all. */
const PROBED: ThresholdCondition = {
  kind: 'threshold',
  source: { of: { metric: 'probe.success', aggregate: 'count' } },
  windowMs: MINUTE,
  operator: 'above',
  warning: null,
  critical: { value: 0, recovery: null },
  minCount: 0,
}

interface Bench {
  pipeline: Pipeline
  rules: RuleBench
  /** Probes at each whole minute, rules at its twentieth second. */
  live(minutes: number): Promise<void>
}

async function begin(failures = 2): Promise<Bench> {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'checkout', failures })
  const rules = await ruleSupport(pipeline)
  const live = async (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      await pipeline.runTick()
      await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE) + 20_000)
      await rules.evaluate()
      await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
    }
    await pipeline.runTick()
  }
  await live(2)
  return { pipeline, rules, live }
}

/** The largest queue of this name above 100. */
function queueCondition(queue: string): RuleCondition {
  const of = { metric: 'queue.length', aggregate: 'max' as const, where: { queue } }
  return { ...PROBED, source: { of }, critical: { value: 100, recovery: null } }
}

async function addQueues(rules: RuleBench, names: string[], labels: Record<string, string>): Promise<void> {
  for (const name of names) await rules.addRule({ key: name, name, labels, condition: queueCondition(name) })
}

/** The rules that each message names. */
function rulesTold({ provider }: Pipeline): string[][] {
  return provider.received.map(({ data }) => {
    const { rule } = data as MessageData
    return rule === undefined ? [] : [rule.name, ...(rule.otherRules ?? [])].toSorted()
  })
}

const lines = async ({ pipeline }: Bench, index = 0) => {
  const incidents = await pipeline.incidents()
  return (await pipeline.timeline(incidents[index]?.id ?? '')).map(({ message }) => message)
}

test('rules about a monitor that is down join its incident, tell nobody again and say why; it resolves once', async () => {
  const bench = await begin()
  const { pipeline, rules, live } = bench
  await rules.addRule({ key: 'failures', name: 'Failures', condition: FAILURES })
  const success = answered(2 * MINUTE, { warning: null, critical: 0.9 })
  await rules.addRule({ key: 'success', name: 'Success', condition: success, groupBy: ['monitor'] })
  pipeline.prober.behave('checkout', 'down')
  await live(4)
  expect(await pipeline.incidents()).toMatchObject([{ title: 'checkout is down', status: 'triggered' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const joined = { status: 'firing', level: 'critical', has_incident: true, told: false }
  const told_reason = 'not told again: checkout is down, incident #1'
  expect(await rules.alerts()).toMatchObject([
    { ...joined, told_reason },
    { ...joined, told_reason },
  ])
  expect(await lines(bench)).toContain('Not told again: checkout is down, incident #1.')
  pipeline.prober.behave('checkout', 'up')
  await live(6)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }, { status: 'resolved' }])
  expect(pipeline.complaints).toEqual([])
})

test('a monitor that goes down after a rule about it has told joins the incident of the rule, and ranks it as it does itself', async () => {
  const { pipeline, rules, live } = await begin()
  await pipeline.addChannel('pager', 'sms', 'high')
  const severity = { warning: 'low', critical: 'medium' } as const
  await rules.addRule({ key: 'probed', name: 'Probed', condition: PROBED, groupBy: ['monitor'], severity })
  await live(1)
  expect(await pipeline.incidents()).toMatchObject([{ title: 'Probed is critical: checkout', priority: 'P2' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  pipeline.prober.behave('checkout', 'down')
  await live(2)
  expect(await pipeline.stateOf('checkout')).toBe('down')
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered', priority: 'P1' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.triggered pager'])
  pipeline.prober.behave('checkout', 'up')
  await live(1)
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.provider.told().slice(2).sort()).toEqual(['incident.resolved ops', 'incident.resolved pager'])
})

test('a channel that only the rule goes to is told of the incident that its alert joins, and of its end', async () => {
  const { pipeline, rules, live } = await begin()
  const pager = await pipeline.addChannel('pager', 'sms', 'critical')
  await rules.addRule({ key: 'failures', condition: FAILURES, notifyChannelIds: [pager] })
  pipeline.prober.behave('checkout', 'down')
  await live(4)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.triggered pager'])
  expect(await pipeline.incidents()).toHaveLength(1)
  pipeline.prober.behave('checkout', 'up')
  await live(3)
  expect(pipeline.provider.told().slice(2).sort()).toEqual(['incident.resolved ops', 'incident.resolved pager'])
})

test('when the monitor recovers its incident ends, and a rule that only looks back on the outage tells nobody', async () => {
  const { pipeline, rules, live } = await begin()
  const success = answered(15 * MINUTE, { warning: null, critical: 0.95 })
  await rules.addRule({ key: 'success', condition: success, groupBy: ['monitor'] })
  pipeline.prober.behave('checkout', 'down')
  await live(4)
  pipeline.prober.behave('checkout', 'up')
  await live(3)
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(await rules.alerts()).toMatchObject([{ status: 'firing' }])
  expect(await pipeline.sql`select muted_reason from public.alerts where rule_id is not null`).toEqual([
    { muted_reason: 'not told: checkout answers again, and the rule still looks back on the outage' },
  ])
  await live(20)
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  expect(await pipeline.incidents()).toHaveLength(1)
})

test('what still fires when nothing of the outage is in its sight any more is told as an incident of its own', async () => {
  const { pipeline, rules, live } = await begin()
  pipeline.prober.behave('checkout', 'down')
  await live(1)
  await rules.addRule({ key: 'probed', name: 'Probed', condition: PROBED, groupBy: ['monitor'] })
  await live(2)
  expect(await pipeline.incidents()).toHaveLength(1)
  pipeline.prober.behave('checkout', 'up')
  await live(1)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  await live(4)
  expect(await pipeline.incidents()).toMatchObject([
    { status: 'resolved' },
    { status: 'triggered', title: 'Probed is critical: checkout' },
  ])
  expect(pipeline.provider.told()).toHaveLength(3)
})

test('warnings about a monitor that is down are not told, and say what tells more', async () => {
  const { pipeline, rules, live } = await begin()
  const success = answered(2 * MINUTE, { warning: 0.9, critical: null })
  await rules.addRule({ key: 'success', condition: success, groupBy: ['monitor'] })
  pipeline.prober.behave('checkout', 'down')
  await live(4)
  expect(await rules.alerts()).toMatchObject([
    {
      status: 'firing',
      level: 'warning',
      told: false,
      told_reason: 'not told while "checkout is down, incident #1" fires with the same monitor',
    },
  ])
  pipeline.prober.behave('checkout', 'up')
  await live(6)
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('an incident whose monitor is paused ends with the last rule in it', async () => {
  const bench = await begin()
  const { pipeline, rules, live } = bench
  await rules.addRule({ key: 'failures', condition: FAILURES })
  pipeline.prober.behave('checkout', 'down')
  await live(4)
  const [monitor] = await pipeline.sql<{ id: string }[]>`select id from public.monitors`
  await pipeline.pauseMonitor(monitor?.id ?? '', true)
  await live(3)
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a monitor and a rule about it that are decided at the same moment make one incident, and tell of it once', async () => {
  const { pipeline, rules, live } = await begin()
  await rules.addRule({ key: 'probed', condition: PROBED, groupBy: ['monitor'] })
  pipeline.prober.behave('checkout', 'down')
  const late = {
    ...rules.store,
    record: async (evaluations: Parameters<typeof rules.store.record>[0]) => {
      expect(await pipeline.incidents()).toEqual([])
      await tick(pipeline.deps())
      expect(await pipeline.incidents()).toHaveLength(1)
      return rules.store.record(evaluations)
    },
  }
  await pipeline.sleepFor(MINUTE + 20_000)
  await rules.evaluate({ rules: late })
  await live(1)
  expect(await pipeline.incidents()).toMatchObject([{ title: 'checkout is down' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await rules.alerts()).toMatchObject([{ status: 'firing', has_incident: true }])
})

test('a monitor that is recorded after a rule has opened an incident for it joins that', async () => {
  const { pipeline, rules, live } = await begin()
  await rules.addRule({ key: 'probed', condition: PROBED, groupBy: ['monitor'] })
  await pipeline.sleepFor(MINUTE + 20_000)
  pipeline.prober.behave('checkout', 'down')
  const late = {
    ...pipeline.store,
    recordSettlements: async (settlements: Parameters<typeof pipeline.store.recordSettlements>[0]) => {
      if (settlements.some(({ incident }) => incident !== null)) await evaluateDueRules(rules.deps())
      return pipeline.store.recordSettlements(settlements)
    },
  }
  await pipeline.runTick({ store: late })
  await live(1)
  const [incident, ...others] = await pipeline.incidents()
  expect(others).toEqual([])
  expect(incident?.title).toBe('Mail queue is critical: checkout')
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.sql`select distinct incident_id from public.alerts`).toEqual([{ incident_id: incident?.id }])
})

test('evaluations that run at once make one incident, and what a killed one had decided is decided again', async () => {
  const { pipeline, rules, live } = await begin()
  await rules.addRule({ key: 'failures', condition: FAILURES })
  await rules.addRule({ key: 'probed', condition: PROBED, groupBy: ['monitor'] })
  await pipeline.sleepFor(MINUTE + 20_000)
  const killed = { ...rules.store, record: () => Promise.reject(new Error('killed')) }
  await rules.evaluate({ rules: killed })
  expect(await pipeline.incidents()).toEqual([])
  await pipeline.sleepFor(2 * MINUTE)
  await pipeline.clock.runUntilSettled(Promise.all([1, 2, 3].map(() => evaluateDueRules(rules.deps()))))
  pipeline.prober.behave('checkout', 'down')
  await live(3)
  expect(await pipeline.incidents()).toHaveLength(1)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

test('rules of one service that fire at one evaluation share an incident and a message', async () => {
  const { pipeline, rules } = await begin()
  await addQueues(rules, ['mail', 'jobs'], { service: 'shop' })
  await addQueues(rules, ['other'], {})
  await rules.live([{ mail: 200, jobs: 200, other: 200 }])
  expect(await pipeline.incidents()).toHaveLength(2)
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.triggered ops'])
  expect(rulesTold(pipeline)).toEqual(expect.arrayContaining([['jobs', 'mail'], ['other']]))
  expect(await rules.alerts()).toMatchObject([{ told: true }, { told: true }, { told: true }])
  await rules.live([{ mail: 5, jobs: 200, other: 5 }])
  const statusOf = async () => pipeline.sql`select status from public.incidents where grouping = 'service shop'`
  expect(await statusOf()).toEqual([{ status: 'triggered' }])
  await rules.live([{ mail: 5, jobs: 5, other: 5 }])
  expect(await statusOf()).toEqual([{ status: 'resolved' }])
  expect((await rules.told()).slice(2)).toEqual(['incident.resolved ops', 'incident.resolved ops'])
})

test('rules that look at the same series share an incident and a message, of whatever packs they are; those of other values do not', async () => {
  const { pipeline, rules } = await begin()
  const higher = { ...queueCondition('mail'), critical: { value: 150, recovery: null } } as RuleCondition
  await rules.addRule({ key: 'high', name: 'high', condition: queueCondition('mail') })
  await rules.addRule({ key: 'higher', name: 'higher', condition: higher })
  await rules.addRule({ key: 'print', name: 'print', condition: queueCondition('print') })
  await rules.live([{ mail: 120, print: 5 }])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  await rules.live([{ mail: 200, print: 200 }])
  expect((await pipeline.incidents()).map(({ title }) => title)).toEqual(['high is critical', 'print is critical'])
  // Its channel has heard of the incident: it waits for what else may come of it.
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.triggered ops'])
  expect(rulesTold(pipeline)).toEqual([['high'], ['print']])
  const all = { mail: 200, print: 200 }
  await rules.live([all, all, all, all, all])
  await rules.told()
  expect(rulesTold(pipeline)).toEqual([['high'], ['print'], ['higher']])
  await rules.live([
    { mail: 120, print: 5 },
    { mail: 5, print: 5 },
  ])
  expect((await pipeline.incidents()).map(({ status }) => status)).toEqual(['resolved', 'resolved'])
})

test('a composite joins the incident of what it looks at, ranks it and tells whom only it goes to; it ends with the last of them', async () => {
  const { pipeline, rules } = await begin()
  await pipeline.addChannel('pager', 'webhook', 'critical')
  const high = { warning: 'low' as const, critical: 'high' as const }
  for (const name of ['mail', 'jobs', 'other'])
    await rules.addRule({ key: name, name, severity: high, condition: queueCondition(name) })
  const condition = {
    kind: 'composite' as const,
    mode: 'any' as const,
    rules: ['mail', 'jobs'],
    level: 'critical' as const,
  }
  const severity = { warning: 'medium' as const, critical: 'critical' as const }
  await rules.addRule({ key: 'a-both', name: 'Queues', condition, severity })
  await rules.live([{ mail: 200, jobs: 5, other: 200 }])
  const [one, two] = await pipeline.incidents()
  expect([one?.title, two?.title]).toEqual(['mail is critical', 'other is critical'])
  expect(await pipeline.sql`select priority from public.incidents order by number`).toEqual([
    { priority: 'P0' },
    { priority: 'P1' },
  ])
  expect((await rules.told()).toSorted()).toEqual([
    'incident.triggered ops',
    'incident.triggered ops',
    'incident.triggered pager',
  ])
  // Once more, by another of its rules: it fires already, and the other one is an outage of its own.
  await rules.live([{ mail: 5, jobs: 200, other: 5 }])
  const [first, , third] = await pipeline.incidents()
  expect([first?.status, third?.title]).toEqual(['triggered', 'jobs is critical'])
  await rules.live([{ mail: 5, jobs: 5, other: 5 }])
  expect((await pipeline.incidents()).map(({ status }) => status)).toEqual(['resolved', 'resolved', 'resolved'])
})

test('what re-opens with a composite that looks at it, or with what shares its incident, is one incident and one message again', async () => {
  const { pipeline, rules } = await begin()
  await addQueues(rules, ['mail'], {})
  await addQueues(rules, ['jobs', 'other'], { service: 'shop' })
  const condition = { kind: 'composite' as const, mode: 'any' as const, rules: ['mail'], level: 'critical' as const }
  await rules.addRule({ key: 'a-any', name: 'Queues', condition })
  const [bad, well] = [
    { mail: 200, jobs: 200, other: 200 },
    { mail: 5, jobs: 5, other: 5 },
  ]
  await rules.live([bad, well, bad])
  expect(await pipeline.sql`select title, status, episode from public.incidents order by title`).toEqual([
    { title: 'jobs is critical', status: 'triggered', episode: 1 },
    { title: 'mail is critical', status: 'triggered', episode: 1 },
  ])
  expect(await rules.told()).toEqual(
    ['triggered', 'triggered', 'resolved', 'resolved', 'triggered', 'triggered'].map((kind) => `incident.${kind} ops`),
  )
  await rules.live([well])
  expect((await pipeline.incidents()).map(({ status }) => status)).toEqual(['resolved', 'resolved'])
})

test('what joins a shared incident soon after is told in one message when the group interval has passed, and only once', async () => {
  const { pipeline, rules } = await begin()
  await addQueues(rules, ['mail', 'jobs', 'late', 'later'], { service: 'shop' })
  const bad = { mail: 200, jobs: 5, late: 200, later: 5 }
  await rules.live([{ mail: 200, jobs: 5, late: 5, later: 5 }, bad, { ...bad, jobs: 200 }])
  expect(await pipeline.incidents()).toHaveLength(1)
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  const all = { ...bad, jobs: 200 }
  await rules.live([all, all, all])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.triggered ops'])
  expect(rulesTold(pipeline)).toEqual([['mail'], ['jobs', 'late']])
  await rules.live([all, all, all, all, all, all, all])
  expect(await rules.told()).toHaveLength(2)
  // Later than a group interval after its beginning, what fires is another incident.
  await rules.live([{ ...all, later: 200 }])
  expect(await pipeline.incidents()).toHaveLength(2)
  const well = { mail: 5, jobs: 5, late: 5, later: 5 }
  await rules.live([well])
  expect((await rules.told()).slice(3)).toEqual(['incident.resolved ops', 'incident.resolved ops'])
})

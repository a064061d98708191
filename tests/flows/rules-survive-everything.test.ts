import { expect, test } from 'vitest'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { evaluateDueRules } from '../../lib/tasks/evaluate-rules.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { queueRule, ruleSupport, writeRule } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function startRules() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  return { pipeline, rules: await ruleSupport(pipeline) }
}

test('a worker that is killed between deciding and recording leaves nothing behind, and the next one decides the same', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.measure({ mail: 200 })
  await pipeline.sleepFor(MINUTE + 20_000)
  const killed = {
    ...rules.store,
    record: async () => {
      throw new Error('killed')
    },
  }
  expect(await rules.evaluate({ rules: killed })).toMatchObject({ nextDueAt: null })
  expect(await rules.alerts()).toEqual([])
  // Its lease runs out, and the newest minute is evaluated.
  await rules.measure({ mail: 200 })
  await pipeline.sleepFor(MINUTE + 1_000)
  await rules.evaluate()
  expect(await rules.alerts()).toMatchObject([{ status: 'firing', told: true }])
})

test('a late worker whose lease was taken over writes nothing', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.measure({ mail: 200 })
  await pipeline.sleepFor(MINUTE + 20_000)
  const { claims } = await rules.store.claimDue(10)
  await pipeline.sleepFor(MINUTE + 1_000)
  const [taken] = (await rules.store.claimDue(10)).claims
  expect(taken?.token).toBeGreaterThan(claims[0]?.token ?? Number.POSITIVE_INFINITY)
  const [late] = claims
  if (late === undefined) throw new Error('nothing was claimed')
  const failed = [{ ruleId: late.rules[0]?.rule.id ?? '', reason: 'x' }]
  const evaluation = { ...late, states: [], forgotten: [], failed, mended: [], settlements: [] }
  expect(await rules.store.record([evaluation])).toEqual({ recorded: 0, stale: 1 })
  expect(await pipeline.sql`select * from public.rule_failures`).toHaveLength(0)
})

test('ticks at once evaluate a minute once and tell once', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.measure({ mail: 200 })
  await pipeline.sleepFor(MINUTE + 20_000)
  const runs = [1, 2, 3].map(() => evaluateDueRules(rules.deps()))
  const counts = await pipeline.clock.runUntilSettled(Promise.all(runs))
  expect(counts.map(({ changed }) => changed).sort()).toEqual([0, 0, 1])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
})

test('the tick evaluates rules twenty seconds after the minute, and delivers what they tell', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.measure({ mail: 200 })
  pipeline.setDeps({ evaluateRules: () => evaluateDueRules(rules.deps()) })
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const [sent] = pipeline.provider.received
  expect((sent?.at ?? 0) % MINUTE).toBeGreaterThanOrEqual(20_000)
  expect((sent?.at ?? 0) % MINUTE).toBeLessThan(25_000)
})

test("another project's rules and samples are not touched", async () => {
  const { pipeline, rules } = await startRules()
  const [other] = await pipeline.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values ('other', 'Other') returning id`
  const otherId = other?.id ?? ''
  await rules.addRule({}, otherId)
  await rules.addRule({ key: 'mine' })
  await rules.measure({ mail: 200 }, otherId)
  await rules.live([5])
  expect(await pipeline.sql`select project_id from public.alerts`).toEqual([{ project_id: otherId }])
  expect(await rules.told()).toEqual([])
})

test('a rule that cannot be evaluated keeps its alert, says why, and stops no other', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ key: 'split', groupBy: ['queue'], groupLimit: 1 })
  await rules.addRule({ key: 'whole' })
  await rules.live([{ mail: 200 }])
  await rules.live([{ mail: 5, jobs: 5 }])
  const failures = await pipeline.sql`
    select key, reason from public.rule_failures join public.alert_rules on alert_rules.id = rule_id`
  expect(failures).toMatchObject([{ key: 'split', reason: expect.stringContaining('2 groups are more than the 1') }])
  const states = await pipeline.sql`
    select key, alerts.status from public.alerts join public.alert_rules on alert_rules.id = rule_id order by key`
  expect(states).toEqual([
    { key: 'split', status: 'firing' },
    { key: 'whole', status: 'resolved' },
  ])
  await writeRule(pipeline.sql, pipeline.projectId, queueRule({ key: 'split', groupBy: ['queue'] }))
  await rules.live([{ mail: 5, jobs: 5 }])
  expect(await pipeline.sql`select * from public.rule_failures`).toHaveLength(0)
})

test.each([
  ['of a kind that nobody knows', '{"kind": "oracle"}', 'its condition cannot be read: kind must be'],
  [
    'without what it looks at',
    '{"kind": "threshold", "windowMs": 60000, "operator": "above", "warning": null, "critical": {"value": 1, "recovery": null}, "minCount": 0}',
    'its condition cannot be read: source is missing',
  ],
  ['with a window of no length', null, 'its condition cannot be read: windowMs must be at least 1 min'],
])(
  'a stored condition %s fails that rule alone, which keeps its alert and what others see of it',
  async (_name, stored, reason) => {
    const { pipeline, rules } = await startRules()
    await rules.addRule({ key: 'broken' })
    await rules.addRule({ key: 'whole' })
    const both = { kind: 'composite' as const, mode: 'all' as const, rules: ['broken'], level: 'critical' as const }
    await rules.addRule({ key: 'follows', condition: both })
    await rules.live([200, 200])
    const condition = stored ?? { ...queueRule().condition, windowMs: 0 }
    await pipeline.sql`
    update public.alert_rules set condition = ${typeof condition === 'string' ? pipeline.sql`${condition}::text::jsonb` : pipeline.sql.json(condition as never)}
    where key = 'broken'`
    await rules.live([5, 5])
    const failures = await pipeline.sql`
    select key, reason from public.rule_failures join public.alert_rules on alert_rules.id = rule_id`
    expect(failures).toMatchObject([{ key: 'broken', reason: expect.stringContaining(reason) }])
    const states = await pipeline.sql`
    select key, alerts.status from public.alerts join public.alert_rules on alert_rules.id = rule_id order by key`
    expect(states).toEqual([
      { key: 'broken', status: 'firing' },
      { key: 'follows', status: 'firing' },
      { key: 'whole', status: 'resolved' },
    ])
    const viewer = await pipeline.stack.user('viewer', pipeline.projectId)
    const reader = createRuleReader(viewer.client as never)
    const all = { status: null, pack: null, text: null, after: null, limit: 10 }
    const { rules: listed } = await reader.list(pipeline.projectId, all)
    expect(listed.map(({ rule, status }) => [rule.key, status])).toContainEqual(['broken', 'failed'])
    expect((await reader.listAll(pipeline.projectId)).map(({ key }) => key)).toEqual(['follows', 'whole'])

    await writeRule(pipeline.sql, pipeline.projectId, queueRule({ key: 'broken' }))
    await rules.live([5])
    expect(await pipeline.sql`select * from public.rule_failures`).toHaveLength(0)
    expect(
      await pipeline.sql`select key from public.alerts join public.alert_rules on alert_rules.id = rule_id where alerts.status = 'firing'`,
    ).toEqual([])
  },
)

test.each([
  ['resolve', 'resolved', 'no_data'],
  ['keep', 'firing', 'firing'],
  ['alert', 'firing', 'firing'],
] as const)('when the data stop, no_data "%s" leaves the alert %s', async (noData, alert, status) => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ noData })
  await rules.live([200, null, null])
  expect(await rules.alerts()).toMatchObject([{ status: alert }])
  expect(await pipeline.sql`select status from public.rule_states`).toEqual([{ status }])
  // Its page says so, whatever becomes of the alert: not "fine".
  const viewer = await pipeline.stack.user('viewer', pipeline.projectId)
  const asked = { key: 'queue', status: null, pack: null, text: null, after: null, limit: 1 }
  const { rules: listed } = await createRuleReader(viewer.client as never).list(pipeline.projectId, asked)
  expect(listed[0]).toMatchObject({ status, reason: expect.stringMatching(/^no data since 2026-11-23 09:0\d/) })
})

test('a rule that is switched off or deleted ends what it had open, and whoever heard of it hears that', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ key: 'off' })
  await rules.addRule({ key: 'gone' })
  await rules.live([50])
  expect(await rules.told()).toEqual(['alert.firing ops', 'alert.firing ops'])
  await pipeline.sql`select private.enable_rules(${pipeline.projectId}, '{off}', false, null, 'ann')`
  await pipeline.sql`select private.delete_rules(${pipeline.projectId}, '{gone}', null, 'ann')`
  expect((await rules.told()).slice(2)).toEqual(['alert.resolved ops', 'alert.resolved ops'])
  expect(await pipeline.sql`select status from public.alerts where status = 'firing'`).toHaveLength(0)
  await rules.live([50])
  expect((await rules.told()).slice(4)).toEqual([])
})

test('an incident that a person resolved meanwhile is decided again on what is true now', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ groupBy: ['queue'] })
  await rules.live([{ mail: 200 }])
  const [incident] = await pipeline.incidents()
  const meddling = {
    ...rules.store,
    record: async (evaluations: Parameters<typeof rules.store.record>[0]) => {
      await pipeline.changeIncident(incident?.id ?? '', 'resolve')
      return rules.store.record(evaluations)
    },
  }
  await rules.measure({ mail: 200, jobs: 200 })
  await pipeline.sleepFor(MINUTE)
  await rules.evaluate({ rules: meddling })
  await pipeline.sleepFor(1_000)
  await rules.evaluate()
  // Soon after its end the same incident is opened again for the new group, and told.
  expect((await rules.told()).filter((told) => told === 'incident.triggered ops')).toHaveLength(2)
})

test("a monitor's alerts are as they were", async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.sql`select kind, rule_id, level from public.alerts`).toEqual([
    { kind: 'down', rule_id: null, level: null },
  ])
})

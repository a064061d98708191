import { expect, test } from 'vitest'
import type { RuleCondition } from '../../lib/domain/rule/condition.ts'
import type { RuleSpec } from '../../lib/domain/rule/rule.ts'
import { HOUR } from '../../lib/domain/time/instant.ts'
import { silence } from '../support/muting.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'
import { queueRule, ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

const above = (critical: number): RuleCondition =>
  ({ ...queueRule().condition, warning: null, critical: { value: critical, recovery: null } }) as RuleCondition

/**
 * Queues that are long, above 100, which nobody is told of while the same queue is full, above 1,000. They are of two services: what shares an
 * incident is another matter. By their keys the first is evaluated first.
 */
async function begin(changes: Partial<RuleSpec> = {}) {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const rules = await ruleSupport(pipeline)
  const split = { groupBy: ['queue'] }
  await rules.addRule({
    ...split,
    key: 'full',
    name: 'Queue is full',
    labels: { service: 'a' },
    condition: above(1_000),
  })
  await rules.addRule({
    ...split,
    key: 'a-long',
    name: 'Queue is long',
    labels: { service: 'b' },
    condition: above(100),
    inhibitedBy: [{ rule: 'full', equal: ['queue'] }],
    ...changes,
  })
  return { pipeline, rules }
}

const alertsOf = ({ sql }: Pipeline, key: string) => sql`
  select alerts.status, alerts.group_key, alerts.muted_code, alerts.muted_reason, alerts.told_at is not null as told,
    alerts.incident_id is not null as has_incident
  from public.alerts join public.alert_rules as rules on rules.id = alerts.rule_id
  where rules.key = ${key} order by alerts.started_at, alerts.group_key`

const titles = async (pipeline: Pipeline) => (await pipeline.incidents()).map(({ title }) => title)

const [BEGIN, END] = ['incident.triggered ops', 'incident.resolved ops']

test('what is kept quiet by a rule that begins to fire at the same evaluation is written with its reason, and told when that ends', async () => {
  const { pipeline, rules } = await begin()
  await rules.live([5, 2_000, 2_000])
  expect(await titles(pipeline)).toEqual(['Queue is full is critical: mail'])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([
    {
      status: 'firing',
      muted_code: 'inhibited',
      muted_reason: 'not told while "Queue is full" fires with the same queue',
      told: false,
      has_incident: false,
    },
  ])
  expect(await rules.told()).toEqual([BEGIN])
  await rules.live([200])
  expect(await titles(pipeline)).toEqual(['Queue is full is critical: mail', 'Queue is long is critical: mail'])
  expect((await rules.told()).slice(1).toSorted()).toEqual([END, BEGIN])
  const [, long] = await pipeline.incidents()
  const lines = (await pipeline.timeline(long?.id ?? '')).map(({ message }) => message)
  expect(lines.join()).toContain('(it was kept quiet while "Queue is full" fires with the same queue)')
  await rules.live([5])
  expect((await rules.told()).slice(3)).toEqual([END])
  expect(pipeline.complaints).toEqual([])
})

test('what ends while it is kept quiet is never told', async () => {
  const { pipeline, rules } = await begin()
  await rules.live([2_000, 2_000, 5])
  expect(await rules.told()).toEqual([BEGIN, END])
  expect(await titles(pipeline)).toHaveLength(1)
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ status: 'resolved', told: false }])
})

test('an alert of another queue is told, and takes in the first without another page when that is not kept quiet any more', async () => {
  const { pipeline, rules } = await begin()
  await rules.live([{ mail: 2_000, jobs: 200 }])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([
    { group_key: '["jobs"]', muted_code: null, has_incident: true },
    { group_key: '["mail"]', muted_code: 'inhibited', has_incident: false },
  ])
  expect(await rules.told()).toEqual([BEGIN, BEGIN])
  await rules.live([{ mail: 200, jobs: 200 }])
  expect(await rules.told()).toEqual([BEGIN, BEGIN, END])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ has_incident: true }, { has_incident: true }])
})

test('what was told before stays told, and its end is told while the other one fires', async () => {
  const { pipeline, rules } = await begin()
  await rules.live([200, 2_000, 2_000])
  expect(await rules.told()).toEqual([BEGIN, BEGIN])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ status: 'firing', muted_code: null, told: true }])
  await rules.live([200])
  expect(await rules.told()).toEqual([BEGIN, BEGIN, END])
  await rules.live([5])
  expect(await rules.told()).toEqual([BEGIN, BEGIN, END, END])
})

test('a rule that is silenced itself keeps others quiet all the same', async () => {
  const { pipeline, rules } = await begin()
  await silence(pipeline, ['rule="full"'], START_AT + HOUR)
  await rules.live([2_000, 2_000])
  expect(await rules.told()).toEqual([])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ muted_code: 'inhibited' }])
  await rules.live([200])
  expect(await rules.told()).toEqual([BEGIN])
  expect(await titles(pipeline)).toEqual(['Queue is long is critical: mail'])
})

test('a rule that is kept quiet itself keeps others quiet all the same', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule({
    key: 'b-some',
    groupBy: ['queue'],
    labels: { service: 'c' },
    condition: above(50),
    inhibitedBy: [{ rule: 'a-long', equal: [] }],
  })
  await rules.live([2_000])
  expect(await rules.told()).toEqual([BEGIN])
  expect(await alertsOf(pipeline, 'b-some')).toMatchObject([
    { muted_reason: 'not told while "Queue is long" fires', has_incident: false },
  ])
})

test('a rule about other rules keeps them quiet, and is told in their place', async () => {
  const inhibitedBy = [{ rule: 'z-both', equal: [] }]
  const { pipeline, rules } = await begin({ inhibitedBy })
  await rules.addRule({
    key: 'full',
    name: 'Queue is full',
    labels: { service: 'a' },
    condition: above(1_000),
    inhibitedBy,
  })
  const condition = {
    kind: 'composite' as const,
    mode: 'all' as const,
    rules: ['a-long', 'full'],
    level: 'critical' as const,
  }
  await rules.addRule({ key: 'z-both', name: 'Queue is stuck', condition })
  await rules.live([2_000])
  expect(await rules.told()).toEqual([BEGIN])
  expect(await titles(pipeline)).toEqual(['Queue is stuck is critical'])
  await rules.live([200])
  expect((await rules.told()).slice(1).toSorted()).toEqual([END, BEGIN])
  expect(await titles(pipeline)).toEqual(['Queue is stuck is critical', 'Queue is long is critical: mail'])
})

test('a warning keeps no critical alert quiet', async () => {
  const warns = { ...above(1_000), warning: { value: 1_000, recovery: null }, critical: null } as RuleCondition
  const { pipeline, rules } = await begin()
  await rules.addRule({
    key: 'full',
    name: 'Queue is full',
    groupBy: ['queue'],
    labels: { service: 'a' },
    condition: warns,
  })
  await rules.live([2_000])
  expect((await rules.told()).toSorted()).toEqual(['alert.firing ops', BEGIN])
  expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ muted_code: null, told: true }])
})

test('when the rule that keeps it quiet is deleted or switched off, what still fires is told', async () => {
  for (const command of ['delete', 'switch off']) {
    const { pipeline, rules } = await begin()
    const { sql, projectId } = pipeline
    await rules.live([2_000])
    if (command === 'delete') await sql`select private.delete_rules(${projectId}, array['full'], null, 'ann')`
    else await sql`select private.enable_rules(${projectId}, array['full'], false, null, 'ann')`
    await rules.live([2_000])
    expect(await alertsOf(pipeline, 'a-long')).toMatchObject([{ status: 'firing', told: true, has_incident: true }])
  }
})

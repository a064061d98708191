import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function startRules() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  return { pipeline, rules: await ruleSupport(pipeline) }
}

test('a rule fires once after it held for as long as it asks, and its end is told to whoever heard the beginning', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ forMs: 2 * MINUTE })
  await rules.live([5, 200, 200])
  expect(await rules.alerts()).toEqual([])
  await rules.live([200, 200, 200])
  expect(await rules.alerts()).toMatchObject([
    { level: 'critical', status: 'firing', group_key: '[]', has_incident: true, told: true },
  ])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.incidents()).toMatchObject([
    { number: 1, status: 'triggered', priority: 'P0', title: 'Mail queue is critical' },
  ])
  await rules.live([5])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved', resolved_by: 'vigie' }])
  expect(pipeline.complaints).toEqual([])
})

test('a condition that does not hold for long enough fires nothing', async () => {
  const { rules } = await startRules()
  await rules.addRule({ forMs: 3 * MINUTE })
  await rules.live([200, 200, 200, 5, 200, 200, 200, 5])
  expect(await rules.alerts()).toEqual([])
  expect(await rules.told()).toEqual([])
})

test('a warning is told by itself, and becomes an incident when it turns critical; the end of that does not end the warning', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.live([50, 50])
  expect(await rules.told()).toEqual(['alert.firing ops'])
  expect(await pipeline.incidents()).toEqual([])
  await rules.live([150])
  expect(await rules.told()).toEqual(['alert.firing ops', 'incident.triggered ops'])
  expect(await rules.alerts()).toMatchObject([{ level: 'critical', status: 'firing' }])
  await rules.live([50])
  expect((await rules.told()).at(-1)).toBe('incident.resolved ops')
  expect(await rules.alerts()).toMatchObject([{ level: 'warning', status: 'firing' }])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  await rules.live([5])
  expect((await rules.told()).slice(3)).toEqual(['alert.resolved ops'])
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
})

test('groups of a rule share one incident, which ends with the last of them', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ groupBy: ['queue'] })
  await rules.live([
    { mail: 200, jobs: 5 },
    { mail: 200, jobs: 300 },
  ])
  expect(await rules.alerts()).toMatchObject([
    { group_key: '["mail"]', status: 'firing', has_incident: true },
    { group_key: '["jobs"]', status: 'firing', has_incident: true },
  ])
  expect(await pipeline.incidents()).toHaveLength(1)
  await rules.live([{ mail: 5, jobs: 300 }])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered' }])
  await rules.live([{ mail: 5, jobs: 5 }])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  const [incident] = await pipeline.incidents()
  const lines = await pipeline.timeline(incident?.id ?? '')
  expect(lines.map(({ kind }) => kind).filter((kind) => kind.startsWith('alert'))).toEqual([
    'alert_fired',
    'alert_fired',
    'alert_resolved',
    'alert_resolved',
  ])
})

test('the message says what was found against which limit, since when, how bad, what to do and what went live before', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ groupBy: ['queue'] })
  await rules.live([{ mail: 200 }])
  await rules.told()
  expect(pipeline.provider.received[0]?.data).toMatchObject({
    monitor: null,
    incident: { number: 1, severity: 'critical', priority: 'P0' },
    rule: {
      key: 'queue',
      name: 'Mail queue',
      level: 'critical',
      group: 'mail',
      value: 200,
      limit: 100,
      runbook: 'RB-007',
    },
  })
})

test('an alert keeps what the rule saw before it fired', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule()
  await rules.live([5, 7, 200])
  const [alert] = await pipeline.sql`select points from public.alerts`
  expect(alert?.points).toMatchObject({ limit: 100 })
  expect(alert?.points.points.map(([, value]: [number, number | null]) => value).slice(-3)).toEqual([5, 7, 200])
})

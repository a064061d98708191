import { expect, test } from 'vitest'
import { burnRulesOf } from '../../lib/commands/slo/burn-rules.ts'
import { PACKS } from '../../lib/domain/pack/packs.ts'
import { specOfRow } from '../../lib/domain/pack/spec-of-row.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport, writeRule } from '../support/rules.ts'

const { start } = await pipelineSupport()

const PROMISE = {
  key: 'answers',
  name: 'Checkout answers',
  target: 0.999,
  window: { kind: 'rolling', days: 30 } as const,
  slice: null,
}

test('with every pack installed and a promise on it, one target that dies makes one incident, one message a channel, and one end', async () => {
  const pipeline = await start()
  const kinds = { ops: 'webhook', mail: 'email', chat: 'slack', pager: 'sms' } as const
  const channels = await Promise.all(
    Object.entries(kinds).map(async ([key, kind]) => ({ id: await pipeline.addChannel(key, kind), kind })),
  )
  await pipeline.addMonitor({ key: 'checkout', tags: ['third-party', 'health'] })
  await pipeline.addMonitor({ key: 'web', tags: ['third-party', 'health'] })
  const rules = await ruleSupport(pipeline)
  const context = {
    locale: 'en',
    metrics: new Set(['probe.success', 'probe.duration']),
    tokenBudget: 1_000_000,
    channels,
  } as const
  const specs = PACKS.flatMap((pack) => pack.rows.flatMap((row) => specOfRow(pack, row, context) ?? []))
  expect(specs.length).toBeGreaterThan(50)
  for (const spec of specs) await writeRule(pipeline.sql, pipeline.projectId, spec)
  await pipeline.sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    values (${pipeline.projectId}, ${PROMISE.key}, ${PROMISE.name},
      '{"kind": "availability", "monitors": {"keys": ["checkout"], "tag": null}, "counting": "count"}',
      'occurrences', '{"kind": "rolling", "days": 30}', ${PROMISE.target})`
  for (const spec of burnRulesOf(PROMISE)) await writeRule(pipeline.sql, pipeline.projectId, spec)
  const live = async (minutes: number) => {
    const untilAt = pipeline.clock.now() + minutes * MINUTE
    while (pipeline.clock.now() < untilAt) {
      await pipeline.runTick()
      await rules.evaluate()
      await pipeline.sleepFor(20_000)
    }
    await pipeline.runTick()
  }
  await live(25)
  expect(await pipeline.incidents()).toEqual([])
  const calm = pipeline.provider.told()
  pipeline.prober.behave('checkout', 'down')
  await live(15)
  const joined = await pipeline.sql<{ key: string; level: string }[]>`
    select rules.key, alerts.level from public.alerts join public.alert_rules as rules on rules.id = alerts.rule_id
    where alerts.status = 'firing' and alerts.about_monitor_id is not null order by rules.key`
  expect(joined.filter(({ level }) => level === 'critical').length).toBeGreaterThan(2)
  expect(joined.map(({ key }) => key)).toEqual(expect.arrayContaining(['answers-burn-page', 'answers-burn-ticket']))
  expect(await pipeline.incidents()).toMatchObject([{ title: 'checkout is down', status: 'triggered' }])
  const begun = pipeline.provider.told().slice(calm.length)
  expect(begun.toSorted()).toEqual(
    Object.keys(kinds)
      .map((key) => `incident.triggered ${key}`)
      .toSorted(),
  )
  pipeline.prober.behave('checkout', 'up')
  await live(40)
  const ended = pipeline.provider.told().slice(calm.length + begun.length)
  expect(ended.toSorted()).toEqual(
    Object.keys(kinds)
      .map((key) => `incident.resolved ${key}`)
      .toSorted(),
  )
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.complaints).toEqual([])
}, 180_000)

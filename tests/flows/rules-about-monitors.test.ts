import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

test('failures in a row are counted from the results of the monitor, and good ones end them', async () => {
  const pipeline = await start()
  const rules = await ruleSupport(pipeline)
  await pipeline.addMonitor({ key: 'api', failures: 5 })
  const monitors = { keys: ['api'], tag: null }
  await rules.addRule({ condition: { kind: 'consecutive_failures', monitors, failures: 3, level: 'critical' } })
  pipeline.prober.behave('api', 'down')
  const evaluate = async (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      await pipeline.runTick()
      await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE) + 20_000)
      await rules.evaluate()
      await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
    }
  }
  await evaluate(1)
  expect(await rules.alerts()).toEqual([])
  await evaluate(4)
  expect(await rules.alerts()).toMatchObject([{ group_key: '["api"]', status: 'firing', level: 'critical' }])
  pipeline.prober.behave('api', 'up')
  await evaluate(3)
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
})

test('a rule on the burn rate of an SLO fires when the probes burn its budget, and one without its SLO says so', async () => {
  const pipeline = await start()
  const rules = await ruleSupport(pipeline)
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    values (${pipeline.projectId}, 'up', 'API is up', '{"kind": "availability", "monitors": {"keys": ["api"], "tag": null}, "counting": "count"}',
      'occurrences', '{"kind": "rolling", "days": 30}', 0.999)`
  const windows = [{ factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE }]
  const burn = { kind: 'burn_rate' as const, windows, minBadEvents: 2, level: 'critical' as const }
  await rules.addRule({ key: 'burn', condition: { ...burn, slo: 'up' } })
  await rules.addRule({ key: 'lost', condition: { ...burn, slo: 'gone' } })
  pipeline.prober.behave('api', 'down')
  for (let n = 0; n < 4; n += 1) {
    await pipeline.runTick()
    await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
  }
  await pipeline.sleepFor(20_000)
  await rules.evaluate()
  const fired = await pipeline.sql`
    select key from public.alerts join public.alert_rules on alert_rules.id = rule_id where status = 'firing'`
  expect(fired).toEqual([{ key: 'burn' }])
  const failures = await pipeline.sql`select reason from public.rule_failures`
  expect(failures).toMatchObject([{ reason: expect.stringContaining('there is no SLO gone') }])
})

test.each(['paused', 'deleted'] as const)(
  'alerts of rules about a monitor that is %s end with it, and what was kept quiet is never told',
  async (how) => {
    const pipeline = await start()
    const rules = await ruleSupport(pipeline)
    await pipeline.addChannel('ops')
    const database = await pipeline.addMonitor({ key: 'database' })
    const api = await pipeline.addMonitor({ key: 'api', dependsOn: ['database'] })
    const all = { keys: null, tag: null }
    await rules.addRule({
      key: 'failures',
      condition: { kind: 'consecutive_failures', monitors: all, failures: 2, level: 'critical' },
      noData: 'keep',
    })
    await rules.addRule({
      key: 'success',
      condition: {
        kind: 'threshold',
        source: { of: { metric: 'probe.success', aggregate: 'avg' } },
        windowMs: 5 * MINUTE,
        operator: 'below',
        warning: null,
        critical: { value: 0.5, recovery: null },
        minCount: 0,
      },
      groupBy: ['monitor'],
      keepFiringForMs: HOUR,
      noData: 'keep',
    })
    const live = async (minutes: number) => {
      for (let n = 0; n < minutes; n += 1) {
        await pipeline.runTick()
        await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE) + 20_000)
        await rules.evaluate()
        await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
      }
      await pipeline.runTick()
    }
    pipeline.prober.behave('database', 'down')
    pipeline.prober.behave('api', 'down')
    await live(6)
    const firing = () => pipeline.sql`
      select group_key, muted_code from public.alerts where status = 'firing' and rule_id is not null order by group_key, muted_code`
    expect(await firing()).toEqual([
      { group_key: '["api"]', muted_code: 'depends_on' },
      { group_key: '["api"]', muted_code: 'depends_on' },
      { group_key: '["database"]', muted_code: null },
      { group_key: '["database"]', muted_code: null },
    ])
    for (const id of [database, api])
      await (how === 'paused' ? pipeline.pauseMonitor(id, true) : pipeline.deleteMonitor(id))
    await live(10)
    expect(await firing()).toEqual([])
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
    expect(await pipeline.incidents()).toMatchObject([{ title: 'database is down', status: 'resolved' }])
    expect(await pipeline.sql`select from public.rule_states`).toHaveLength(how === 'paused' ? 2 : 0)
    expect(pipeline.complaints).toEqual([])
  },
  60_000,
)

import { expect, test } from 'vitest'
import { occurrencesOf } from '../../lib/domain/mute/occurrences.ts'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { deploy, maintain, silence } from '../support/muting.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'
import { queueRule, ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function begin() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  return { pipeline, rules: await ruleSupport(pipeline) }
}

interface AlertRow {
  level: string
  status: string
  muted_code: string | null
  muted_reason: string | null
  unmuted_at: Date | null
  incident_id: string | null
  started_at: Date
}

const alerts = ({ sql }: Pipeline) => sql<AlertRow[]>`
  select level, status, muted_code, muted_reason, unmuted_at, incident_id, started_at from public.alerts
  where rule_id is not null order by started_at`

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value)

async function linesOf(pipeline: Pipeline, kind: string): Promise<string[]> {
  const [incident] = await pipeline.incidents()
  const timeline = await pipeline.timeline(incident?.id ?? '')
  return timeline.filter((line) => line.kind === kind).map(({ message }) => message)
}

test('a rule that begins to fire in a maintenance is kept quiet with the reason, and told when it outlasts it', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await maintain(pipeline, ['project', []], START_AT + 10 * MINUTE)
  await rules.live([5, ...times(5, 200)])
  expect(await alerts(pipeline)).toMatchObject([
    {
      status: 'firing',
      muted_code: 'maintenance',
      muted_reason: "muted: maintenance 'Upgrade' until 10:10",
      incident_id: null,
    },
  ])
  expect(await pipeline.incidents()).toEqual([])
  expect(await rules.told()).toEqual([])
  await rules.live(times(6, 200))
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  const [alert] = await alerts(pipeline)
  expect(alert?.unmuted_at).not.toBeNull()
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered', started_at: alert?.started_at }])
  expect((await linesOf(pipeline, 'alert_fired')).join()).toContain("(it was muted: maintenance 'Upgrade' until 10:10)")
  await rules.live([5, 5])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('what is well again when the maintenance ends is never told, whatever its last minutes left in the window', async () => {
  const { pipeline, rules } = await begin()
  const { condition } = queueRule()
  await rules.addRule({ condition: { ...condition, windowMs: 5 * MINUTE } as never })
  await maintain(pipeline, ['project', []], START_AT + 10 * MINUTE)
  await rules.live([5, ...times(9, 200), ...times(10, 5)])
  expect(await alerts(pipeline)).toMatchObject([{ status: 'resolved', muted_code: 'maintenance', unmuted_at: null }])
  expect(await pipeline.incidents()).toEqual([])
  expect(await rules.told()).toEqual([])
})

test('what began before the maintenance was told, and its end is told in it', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await maintain(pipeline, ['project', []], START_AT + HOUR, START_AT + 5 * MINUTE)
  await rules.live([5, 200, 200])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  await rules.live([200, 200, 200, 5, 5])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a maintenance that is over keeps nothing quiet that began after it', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await maintain(pipeline, ['project', []], START_AT + 2 * MINUTE)
  await rules.live([5, 5, 5, 200, 200])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
})

test('a silence of the rule keeps it quiet, also a warning, and one of another rule does not', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await rules.addRule({ key: 'other' })
  await silence(pipeline, ['rule="queue"'], START_AT + 6 * MINUTE)
  await rules.live([5, 50, 50])
  expect(await rules.told()).toEqual(['alert.firing ops'])
  await rules.live(times(5, 50))
  expect(await rules.told()).toEqual(['alert.firing ops', 'alert.firing ops'])
})

test('after a deployment rules are kept quiet; what outlasts that is told, and says which deployment is suspect', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await pipeline.sql`update public.projects set mute_after_deploy_seconds = 300`
  await rules.live(times(10, 5))
  await deploy(pipeline, pipeline.clock.now())
  await rules.live(times(4, 200))
  expect(await alerts(pipeline)).toMatchObject([{ muted_code: 'deploying', status: 'firing' }])
  expect(await rules.told()).toEqual([])
  await rules.live(times(5, 200))
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  expect(await linesOf(pipeline, 'suspect')).toEqual([
    'Suspect: max of queue.length 5 → 200 since shop 3f1c9a2, just before.',
  ])
  expect(pipeline.complaints).toEqual([])
})

test('what went live while a rule was kept quiet, the way back as a rule, does not hide what went live before it fired', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await pipeline.sql`update public.projects set mute_after_deploy_seconds = 300`
  await rules.live(times(10, 5))
  await deploy(pipeline, pipeline.clock.now())
  await rules.live(times(3, 200))
  await deploy(pipeline, pipeline.clock.now(), 'b1a2c3d')
  expect(await rules.told()).toEqual([])
  await rules.live(times(8, 200))
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  expect(await linesOf(pipeline, 'suspect')).toEqual([
    'Suspect: max of queue.length 5 → 200 since shop 3f1c9a2, just before.',
  ])
})

test('a rule that fires soon after a deployment compares its own figure with the time before', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule()
  await rules.live(times(10, 5))
  await deploy(pipeline, pipeline.clock.now())
  await rules.live([5, 5, 5, 200, 200])
  expect(await linesOf(pipeline, 'suspect')).toEqual([
    'Suspect: max of queue.length 5 → 200 since shop 3f1c9a2, 3 min before.',
  ])
})

test.each<[string, (pipeline: Pipeline) => Promise<unknown>, number[]]>([
  ['before which it was no better', () => Promise.resolve(), [190, 190, 190, 190, 190, 190, 190, 190, 5, 5]],
  ['that has soaked', ({ sql }) => sql`update public.projects set soak_minutes = 1`, times(10, 5)],
  ['before which nothing was measured', () => Promise.resolve(), [5]],
])('a deployment %s is no suspect', async (_name, prepare, before) => {
  const { pipeline, rules } = await begin()
  await prepare(pipeline)
  await rules.live(before)
  await rules.addRule()
  await deploy(pipeline, pipeline.clock.now())
  await rules.live([5, 5, 5, 200, 200])
  expect(await pipeline.incidents()).toHaveLength(1)
  expect(await linesOf(pipeline, 'suspect')).toEqual([])
})

test('a maintenance at the same time of every night keeps rules quiet at that time on the wall, also when the clocks change', async () => {
  const zone = { timeZone: 'Europe/Paris', startDate: '2026-10-23' }
  const night = { ...zone, startTimeMs: 4 * HOUR, durationMs: HOUR, recurrence: 'FREQ=DAILY' }
  const nights = occurrencesOf(night, Date.UTC(2026, 9, 23), Date.UTC(2026, 9, 27), 10)
  // From 04:00 to 05:00 in summer time, and then in winter time.
  for (const [at, isQuiet] of [
    [Date.UTC(2026, 9, 24, 2, 30), true],
    [Date.UTC(2026, 9, 24, 3, 30), false],
    [Date.UTC(2026, 9, 25, 2, 30), false],
    [Date.UTC(2026, 9, 25, 3, 30), true],
  ] as const) {
    const pipeline = await start(at)
    const rules = await ruleSupport(pipeline)
    await rules.addRule()
    for (const { startsAt, endsAt } of nights) await maintain(pipeline, ['project', []], endsAt, startsAt)
    await rules.live([200, 200])
    expect(await alerts(pipeline)).toMatchObject([{ muted_code: isQuiet ? 'maintenance' : null }])
  }
})

/** Minutes of probes and, in each at the twentieth second, rules. */
async function watch({ pipeline, rules }: Awaited<ReturnType<typeof begin>>, minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    await pipeline.runTick()
    await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE) + 20_000)
    await rules.evaluate()
    await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
  }
}

const failures = (key: string) => ({
  kind: 'consecutive_failures' as const,
  monitors: { keys: [key], tag: null },
  failures: 4,
  level: 'critical' as const,
})
const answered = {
  kind: 'threshold' as const,
  source: { of: { metric: 'probe.success', aggregate: 'avg' as const, where: { monitor: 'api' } } },
  windowMs: 3 * MINUTE,
  operator: 'below' as const,
  warning: null,
  critical: { value: 0.1, recovery: null },
  minCount: 0,
}

test.each([
  ['in its group', failures('api')],
  ['in its condition', answered],
])(
  'a rule with a monitor %s is kept quiet while what that depends on is down, and told when it is not any more',
  async (_name, condition) => {
    const world = await begin()
    const { pipeline, rules } = world
    await pipeline.addMonitor({ key: 'database' })
    await pipeline.addMonitor({ key: 'api', dependsOn: ['database'] })
    await rules.addRule({ key: 'api-fails', name: 'API fails', condition })
    await watch(world, 3)
    pipeline.prober.behave('database', 'down')
    pipeline.prober.behave('api', 'down')
    await watch(world, 7)
    expect(await alerts(pipeline)).toMatchObject([
      {
        muted_code: 'depends_on',
        muted_reason: expect.stringMatching(/^muted: depends on database, which is down since 10:06$/),
        incident_id: null,
      },
    ])
    expect(await pipeline.incidents()).toMatchObject([{ title: 'database is down' }])
    pipeline.prober.behave('database', 'up')
    await watch(world, 4)
    const titles = (await pipeline.incidents()).map(({ title }) => title)
    expect(titles.some((title) => title.startsWith('API fails is critical'))).toBe(true)
  },
)

test('a maintenance of a tag of the monitor keeps rules about it quiet, and one of another tag does not', async () => {
  for (const [tag, isQuiet] of [
    ['shop', true],
    ['blog', false],
  ] as const) {
    const world = await begin()
    const { pipeline, rules } = world
    await pipeline.addMonitor({ key: 'api', tags: ['shop'], failures: 5 })
    await rules.addRule({ condition: failures('api') })
    await maintain(pipeline, ['tags', [tag]], START_AT + HOUR)
    pipeline.prober.behave('api', 'down')
    await watch(world, 7)
    expect(await alerts(pipeline)).toMatchObject([{ muted_code: isQuiet ? 'maintenance' : null }])
  }
})

import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { deploy, maintain, silence } from '../support/muting.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

interface AlertRow {
  kind: string
  status: string
  muted_code: string | null
  muted_reason: string | null
  unmuted_at: Date | null
  incident_id: string | null
}

const alerts = (pipeline: Pipeline) => pipeline.sql<AlertRow[]>`
  select kind, status, muted_code, muted_reason, unmuted_at, incident_id from public.alerts order by started_at`

async function begin(options: { tags?: string[] } = {}): Promise<Pipeline> {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api', ...options })
  await pipeline.runFor(2 * MINUTE)
  return pipeline
}

/** Down, written down with its reason, and told to nobody. */
async function expectMuted(pipeline: Pipeline, code: string, reason: RegExp): Promise<void> {
  expect(await pipeline.stateOf('api')).toBe('down')
  expect(await pipeline.incidents()).toEqual([])
  expect(pipeline.provider.told()).toEqual([])
  const rows = await alerts(pipeline)
  const muted = rows.filter(({ muted_code }) => muted_code !== null)
  expect(muted).toMatchObject([
    { kind: 'down', status: 'firing', muted_code: code, unmuted_at: null, incident_id: null },
  ])
  expect(muted[0]?.muted_reason).toMatch(reason)
}

/** Told once, dated from its beginning, saying why it comes late. */
async function expectTold(pipeline: Pipeline, startedAt: number, reason: RegExp): Promise<void> {
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const [incident] = await pipeline.incidents()
  expect(incident).toMatchObject({ title: 'api is down', status: 'triggered', started_at: new Date(startedAt) })
  const timeline = await pipeline.timeline(incident?.id ?? '')
  expect(timeline.find(({ kind }) => kind === 'unmuted')?.message).toMatch(reason)
  const [alert] = await alerts(pipeline)
  expect(alert).toMatchObject({ status: 'firing', incident_id: incident?.id })
  expect(alert?.unmuted_at).not.toBeNull()
}

test('a silence keeps a failure quiet; when it ends and the failure goes on, it is told then, once', async () => {
  const pipeline = await begin()
  await silence(pipeline, ['monitor="api"'], START_AT + 10 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(6 * MINUTE)
  await expectMuted(pipeline, 'silenced', /^muted: silenced by ann until 10:10$/)
  await pipeline.runFor(6 * MINUTE)
  await expectTold(pipeline, START_AT + 2 * MINUTE, /^Muted: silenced by ann until 10:10\. It still fails/)
  pipeline.prober.behave('api', 'up')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a failure that ends while it is kept quiet is never told, neither its beginning nor its end', async () => {
  const pipeline = await begin()
  await silence(pipeline, ['monitor="api"'], START_AT + HOUR)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(5 * MINUTE)
  pipeline.prober.behave('api', 'up')
  await pipeline.runFor(HOUR)
  expect(pipeline.provider.told()).toEqual([])
  expect(await pipeline.incidents()).toEqual([])
  expect(await alerts(pipeline)).toMatchObject([{ status: 'resolved', muted_code: 'silenced', unmuted_at: null }])
})

test.each<[string, string[], number, number]>([
  ['of another label', ['monitor="web"'], START_AT, START_AT + HOUR],
  ['that holds for one label of two', ['monitor="api"', 'severity="low"'], START_AT, START_AT + HOUR],
  ['that ended just before', ['monitor="api"'], START_AT, START_AT + 2 * MINUTE],
  ['that begins later', ['monitor="api"'], START_AT + HOUR, START_AT + 2 * HOUR],
])('a silence %s keeps nothing quiet', async (_name, matchers, fromAt, untilAt) => {
  const pipeline = await begin()
  await silence(pipeline, matchers, untilAt, fromAt)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

test('a maintenance of its tag keeps a failure quiet, and uptime leaves the time out of both sides', async () => {
  const pipeline = await begin({ tags: ['shop'] })
  await maintain(pipeline, ['tags', ['shop']], START_AT + 20 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(10 * MINUTE)
  await expectMuted(pipeline, 'maintenance', /^muted: maintenance 'Upgrade' until 10:20$/)
  pipeline.prober.behave('api', 'up')
  await pipeline.runFor(18 * MINUTE)
  expect(pipeline.provider.told()).toEqual([])
  const [hour] = await pipeline.sql<{ up: number; down: number; maintenance: number }[]>`
    select up, down, maintenance from public.probe_rollups where resolution = 'hour'`
  // Checks went on: a result for each of the twenty minutes, which count for nothing.
  expect(hour).toEqual({ up: 10, down: 0, maintenance: 20 })
})

test('when the maintenance ends and it is still down, it is told then', async () => {
  const pipeline = await begin()
  await maintain(pipeline, ['monitors', ['api']], START_AT + 10 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(12 * MINUTE)
  await expectTold(pipeline, START_AT + 2 * MINUTE, /^Muted: maintenance 'Upgrade' until 10:10\. It still fails/)
})

test.each<[string, [string, string[]], number]>([
  ['of another tag', ['tags', ['blog']], START_AT + HOUR],
  ['of another monitor', ['monitors', ['web']], START_AT + HOUR],
  ['that ended just before', ['project', []], START_AT + 2 * MINUTE],
])('a maintenance %s keeps nothing quiet', async (_name, scope, untilAt) => {
  const pipeline = await begin({ tags: ['shop'] })
  await maintain(pipeline, scope, untilAt)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

test('a degradation is kept quiet and told later like an outage', async () => {
  const pipeline = await begin()
  await silence(pipeline, ['alert="degraded"'], START_AT + 10 * MINUTE)
  pipeline.prober.behave('api', 'degraded')
  await pipeline.runFor(6 * MINUTE)
  expect(pipeline.provider.told()).toEqual([])
  await pipeline.runFor(6 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['monitor.degraded ops'])
  pipeline.prober.behave('api', 'up')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['monitor.degraded ops', 'monitor.recovered ops'])
})

test('a monitor that depends on one that is down is muted, also when both fail in the same minute, and says why', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'database' })
  await pipeline.addMonitor({ key: 'api', dependsOn: ['database'] })
  await pipeline.runFor(2 * MINUTE)
  pipeline.prober.behave('database', 'down')
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(4 * MINUTE)
  const [, muted] = (await alerts(pipeline)).toSorted(
    (one, other) => Number(one.muted_code !== null) - Number(other.muted_code !== null),
  )
  expect(muted).toMatchObject({ muted_code: 'depends_on', incident_id: null })
  expect(muted?.muted_reason).toMatch(/^muted: depends on database, which is down since 10:02$/)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.incidents()).toMatchObject([{ title: 'database is down' }])

  // What it depends on is well again, and it still fails: its own fault after all.
  pipeline.prober.behave('database', 'up')
  await pipeline.runFor(4 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([
    { title: 'database is down', status: 'resolved' },
    { title: 'api is down' },
  ])
})

test('a monitor that depends on another one that is up, or paused, is told of', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const database = await pipeline.addMonitor({ key: 'database' })
  await pipeline.addMonitor({ key: 'api', dependsOn: ['database'] })
  pipeline.prober.behave('database', 'down')
  await pipeline.runFor(3 * MINUTE)
  await pipeline.pauseMonitor(database, true)
  const before = pipeline.provider.told().length
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(3 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([{}, { title: 'api is down' }])
  expect(pipeline.provider.told().length).toBeGreaterThan(before)
})

test('for a while after a deployment nobody is told; what outlasts it is', async () => {
  const pipeline = await begin()
  await pipeline.sql`update public.projects set mute_after_deploy_seconds = 300`
  await deploy(pipeline, START_AT + 2 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(4 * MINUTE)
  await expectMuted(pipeline, 'deploying', /^muted: shop 3f1c9a2 was just deployed, until 10:07$/)
  await pipeline.runFor(3 * MINUTE)
  await expectTold(
    pipeline,
    START_AT + 2 * MINUTE,
    /^Muted: shop 3f1c9a2 was just deployed, until 10:07\. It still fails/,
  )
})

test('without that setting, or later than that, a deployment keeps nothing quiet', async () => {
  const pipeline = await begin()
  await deploy(pipeline, START_AT + 2 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

const suspects = async (pipeline: Pipeline) => {
  const [incident] = await pipeline.incidents()
  const timeline = await pipeline.timeline(incident?.id ?? '')
  return timeline.filter(({ kind }) => kind === 'suspect').map(({ message }) => message)
}

test('a failure soon after a deployment names it as the suspect, with what was measured before and after', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(10 * MINUTE)
  await deploy(pipeline, START_AT + 10 * MINUTE)
  await pipeline.runFor(3 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(2 * MINUTE)
  expect(await suspects(pipeline)).toEqual(['Suspect: failures 0% → 25% since shop 3f1c9a2, 3 min before.'])
})

test('what went live before a failure is its suspect, though the way back went live while nobody was told', async () => {
  const pipeline = await start()
  await pipeline.sql`update public.projects set mute_after_deploy_seconds = 240`
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(10 * MINUTE)
  await deploy(pipeline, START_AT + 10 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(2 * MINUTE)
  await deploy(pipeline, START_AT + 12 * MINUTE, 'c0ffee1')
  await pipeline.runFor(3 * MINUTE)
  expect(await pipeline.incidents()).toEqual([])
  await pipeline.runFor(2 * MINUTE)
  expect(await suspects(pipeline)).toEqual([
    expect.stringMatching(/^Suspect: failures 0% → \d.* since shop 3f1c9a2, just before\.$/),
  ])
})

test('a deployment that has soaked longer than the project asks is no suspect', async () => {
  const pipeline = await start()
  await pipeline.sql`update public.projects set soak_minutes = 2`
  await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(10 * MINUTE)
  await deploy(pipeline, START_AT + 10 * MINUTE)
  await pipeline.runFor(3 * MINUTE)
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(2 * MINUTE)
  expect(await suspects(pipeline)).toEqual([])
})

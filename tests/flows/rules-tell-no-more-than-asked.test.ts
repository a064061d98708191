import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function startRules() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  return { pipeline, rules: await ruleSupport(pipeline) }
}

test('within its throttle a rule is told once, and the timeline says why not again', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ throttleMs: HOUR })
  await rules.live([200, 5, 5, 5, 5, 5, 5, 5, 5, 200])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  const incidents = await pipeline.incidents()
  expect(incidents).toHaveLength(2)
  const lines = await pipeline.timeline(incidents[1]?.id ?? '')
  expect(lines.map(({ message }) => message)).toContain(
    'Nobody was told: the rule was told 9 min ago, and tells at most once in 1 h.',
  )
})

test('what nobody acknowledges is told again as often as the rule asks, and not once somebody has', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ repeatMs: 3 * MINUTE })
  await rules.live([200, 200, 200])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  await rules.live([200, 200])
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.triggered ops'])
  expect(pipeline.provider.received[1]?.data).toMatchObject({ rule: { isRepeated: true, value: 200 } })
  const [incident] = await pipeline.incidents()
  await pipeline.changeIncident(incident?.id ?? '', 'acknowledge')
  await rules.live([200, 200, 200, 200, 200])
  expect((await rules.told()).filter((told) => told === 'incident.triggered ops')).toHaveLength(2)
})

test('the third turn within a while is told as flapping, and the turns that follow are not', async () => {
  const { rules } = await startRules()
  await rules.addRule()
  await rules.live([50, 5, 50, 5, 50, 5, 50, 5, 50])
  const told = await rules.told()
  expect(told.filter((one) => one === 'alert.firing ops')).toHaveLength(3)
})

test('a silence keeps a rule quiet with its reason, and what outlasts it is told at its end', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ groupBy: ['queue'] })
  const from = new Date(pipeline.clock.now())
  const until = new Date(pipeline.clock.now() + 3 * MINUTE)
  await pipeline.sql`
    insert into public.silences (project_id, matchers, starts_at, ends_at, author, comment)
    values (${pipeline.projectId}, ${['rule="queue"', 'queue="mail"']}, ${from}, ${until}, 'ann', 'moving house')`
  await rules.live([{ mail: 200, jobs: 5 }])
  expect(await rules.alerts()).toMatchObject([
    { status: 'firing', told: false, has_incident: false, told_reason: expect.stringContaining('silenced by ann') },
  ])
  expect(await rules.told()).toEqual([])
  await rules.live([
    { mail: 200, jobs: 5 },
    { mail: 200, jobs: 5 },
  ])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
  expect(await rules.alerts()).toMatchObject([{ status: 'firing', told: true, has_incident: true }])
})

test('a silence for other labels keeps nothing quiet', async () => {
  const { pipeline, rules } = await startRules()
  await rules.addRule({ groupBy: ['queue'] })
  const from = new Date(pipeline.clock.now())
  const until = new Date(pipeline.clock.now() + HOUR)
  await pipeline.sql`
    insert into public.silences (project_id, matchers, starts_at, ends_at, author, comment)
    values (${pipeline.projectId}, ${['queue="jobs"']}, ${from}, ${until}, 'ann', '')`
  await rules.live([{ mail: 200, jobs: 5 }])
  expect(await rules.told()).toEqual(['incident.triggered ops'])
})

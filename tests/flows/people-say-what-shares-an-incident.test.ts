import { expect, test } from 'vitest'
import type { MessageData } from '../../lib/domain/notification/message.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { type Pipeline, pipelineSupport } from '../support/pipeline.ts'
import { type RuleBench, ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function begin() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  return { pipeline, rules: await ruleSupport(pipeline) }
}

/** A rule about the queue of its name. */
function add(rules: RuleBench, name: string, labels: Record<string, string>, incidentBy: string[] | null) {
  return rules.addRule({ key: name, name, labels, incidentBy, where: { queue: name } })
}

/** The rules that each message names. */
function rulesTold({ provider }: Pipeline): string[] {
  return provider.received.map(({ data }) => {
    const { rule } = data as MessageData
    return rule === undefined ? '' : [rule.name, ...(rule.otherRules ?? [])].toSorted().join(' and ')
  })
}

const statusByTitle = async (pipeline: Pipeline) =>
  Object.fromEntries((await pipeline.incidents()).map(({ title, status }) => [title, status]))

test('alerts of the same values share an incident and a message, and nothing with what only has their service or series', async () => {
  const { pipeline, rules } = await begin()
  await add(rules, 'mail', { region: 'eu', service: 'shop' }, ['region'])
  await add(rules, 'jobs', { region: 'eu', service: 'blog' }, ['region'])
  await add(rules, 'late', { region: 'eu' }, ['region'])
  await add(rules, 'print', { region: 'us', service: 'shop' }, ['region'])
  await add(rules, 'other', { service: 'shop' }, null)
  await rules.addRule({ key: 'any', name: 'any', incidentBy: ['team'] })
  const all = { mail: 200, jobs: 200, late: 5, print: 200, other: 200 }
  await rules.live([all])
  expect(await pipeline.incidents()).toHaveLength(4)
  await rules.told()
  expect(rulesTold(pipeline).toSorted()).toEqual(['any', 'jobs and mail', 'other', 'print'])
  // What follows soon after joins and is told when the group interval has passed.
  await rules.live([{ ...all, late: 200 }])
  expect(await pipeline.incidents()).toHaveLength(4)
  expect(await rules.told()).toHaveLength(4)
  await rules.live(Array.from({ length: 5 }, () => ({ ...all, late: 200 })))
  await rules.told()
  expect(rulesTold(pipeline).slice(4)).toEqual(['late'])
  await rules.live([{ mail: 5, jobs: 5, late: 200, print: 5, other: 5 }])
  expect(Object.values(await statusByTitle(pipeline)).filter((status) => status === 'triggered')).toHaveLength(2)
  await rules.live([{ mail: 5, jobs: 5, late: 5, print: 5, other: 5 }])
  expect(new Set(Object.values(await statusByTitle(pipeline)))).toEqual(new Set(['resolved']))
  expect((await rules.told()).slice(5)).toEqual(Array.from({ length: 4 }, () => 'incident.resolved ops'))
  expect(pipeline.complaints).toEqual([])
})

test.each([
  ['by what splits it', ['queue']],
  ['each alone', []],
])(
  'the groups of one rule have incidents of their own %s, which begin, end and re-open by themselves',
  async (_name, incidentBy) => {
    const { pipeline, rules } = await begin()
    await rules.addRule({ groupBy: ['queue'], incidentBy })
    await rules.live([{ mail: 200, jobs: 200, print: 5 }])
    const [mail, jobs] = ['Mail queue is critical: mail', 'Mail queue is critical: jobs']
    expect(await statusByTitle(pipeline)).toEqual({ [mail as string]: 'triggered', [jobs as string]: 'triggered' })
    expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.triggered ops'])
    await rules.live([{ mail: 200, jobs: 5, print: 5 }])
    expect(await statusByTitle(pipeline)).toEqual({ [mail as string]: 'triggered', [jobs as string]: 'resolved' })
    expect((await rules.told()).slice(2)).toEqual(['incident.resolved ops'])
    await rules.live([{ mail: 200, jobs: 200, print: 5 }])
    expect(await pipeline.incidents()).toHaveLength(2)
    expect(await pipeline.sql`select title from public.incidents where episode = 1`).toEqual([{ title: jobs }])
    expect((await rules.told()).slice(3)).toEqual(['incident.triggered ops'])
    await rules.live([{ mail: 5, jobs: 5, print: 5 }])
    expect(new Set(Object.values(await statusByTitle(pipeline)))).toEqual(new Set(['resolved']))
  },
)

test('what re-opens at one evaluation re-opens one incident for all that share it', async () => {
  const { pipeline, rules } = await begin()
  for (const name of ['mail', 'jobs']) await add(rules, name, { region: 'eu' }, ['region'])
  const [bad, well] = [
    { mail: 200, jobs: 200 },
    { mail: 5, jobs: 5 },
  ]
  await rules.live([bad, well, bad])
  expect(await pipeline.incidents()).toHaveLength(1)
  expect(await rules.told()).toEqual(['incident.triggered ops', 'incident.resolved ops', 'incident.triggered ops'])
})

test('what is changed while an incident is open leaves that with its end', async () => {
  const { pipeline, rules } = await begin()
  await rules.addRule({ groupBy: ['queue'] })
  await rules.live([{ mail: 200, jobs: 5 }])
  await rules.addRule({ groupBy: ['queue'], incidentBy: [] })
  await rules.live([{ mail: 200, jobs: 200 }])
  expect(await pipeline.incidents()).toHaveLength(2)
  await rules.live([{ mail: 5, jobs: 200 }])
  expect(await statusByTitle(pipeline)).toEqual({
    'Mail queue is critical: mail': 'resolved',
    'Mail queue is critical: jobs': 'triggered',
  })
})

test('a rule about one monitor joins the incident of that, whatever is said', async () => {
  const { pipeline, rules } = await begin()
  await pipeline.addMonitor({ key: 'checkout', failures: 2 })
  await rules.addRule({
    key: 'failures',
    labels: { region: 'eu' },
    incidentBy: ['region'],
    condition: {
      kind: 'consecutive_failures',
      monitors: { keys: null, tag: null },
      failures: 2,
      level: 'critical',
    },
  })
  pipeline.prober.behave('checkout', 'down')
  for (let n = 0; n < 5; n += 1) {
    await pipeline.runTick()
    await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE) + 20_000)
    await rules.evaluate()
    await pipeline.sleepFor(MINUTE - (pipeline.clock.now() % MINUTE))
  }
  expect(await pipeline.incidents()).toMatchObject([{ title: 'checkout is down' }])
  expect(await rules.alerts()).toMatchObject([{ status: 'firing', has_incident: true }])
})

import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { createKillable } from '../support/killable.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

/** Down for long enough that any resumed worker finds out. */
const FAILS_AT = START_AT + MINUTE
const RECOVERS_AT = START_AT + 3 * MINUTE - 30_000
/** The cuts fall into the outage and its end; the minutes after them heal the last one: a lease, a tick, a confirmation, a delivery. */
const CUTS_UNTIL_MS = 4 * MINUTE
const HEALING_MS = 2 * MINUTE

/**
 * - thrown, before: the call fails and nothing happened; after: it happened, but its answer was lost.
 * - killed, before and after: the worker ends there without a word, and ticks of a new one come after it.
 */
const CUTS = ['thrown before', 'thrown after', 'killed before', 'killed after'] as const
type Cut = (typeof CUTS)[number]

/** A monitor fails, pages, recovers, and the recovery is told; at its call number `cutAt` the worker is cut. */
async function runScenario(cut: Cut, cutAt: number): Promise<{ pipeline: Pipeline; calls: string[] }> {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', (at) => (at >= FAILS_AT && at < RECOVERS_AT ? 'down' : 'up'))
  await pipeline.runFor(MINUTE)
  const calls: string[] = []
  const lost = () => new Error(`cut at call ${cutAt}`)
  const worker = createKillable(pipeline.deps(), async (name, call) => {
    calls.push(name)
    if (calls.length - 1 !== cutAt) return call()
    if (cut === 'thrown before') throw lost()
    if (cut === 'killed before') {
      worker.kill()
      pipeline.setDeps({})
      return undefined
    }
    const answer = await call()
    if (cut === 'thrown after') throw lost()
    worker.kill()
    pipeline.setDeps({})
    return answer
  })
  pipeline.setDeps(worker.deps)
  await pipeline.runFor(CUTS_UNTIL_MS - MINUTE)
  pipeline.setDeps({})
  await pipeline.runFor(HEALING_MS)
  return { pipeline, calls }
}

/** Nothing lost, nothing doubled, nothing left over, whatever happened on the way. */
async function expectWholeStory({ pipeline }: { pipeline: Pipeline }, where: string): Promise<void> {
  const { sql, provider } = pipeline
  expect(provider.told(), where).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  expect(await pipeline.incidents(), where).toMatchObject([{ number: 1, status: 'resolved', episode: 0 }])
  expect(await sql`select state, leased_until from public.monitor_states`, where).toEqual([
    { state: 'up', leased_until: null },
  ])
  expect(await sql`select from public.alerts where status = 'firing'`, where).toHaveLength(0)
  const notifications = await sql`select kind, status from public.notifications order by sequence`
  expect(notifications, where).toEqual([
    { kind: 'incident.triggered', status: 'delivered' },
    { kind: 'incident.resolved', status: 'delivered' },
  ])
  expect(await sql`select from public.deliveries where outcome = 'started'`, where).toHaveLength(0)
  // Every slot is there or known to be missing, and none is both.
  const [coverage] = await sql`
    select (select count(*)::int from public.probe_results)
      + (select coalesce(sum(extract(epoch from until_at - from_at) / interval_seconds), 0)::int from public.probe_gaps) as slots`
  expect(coverage?.slots, where).toBe((CUTS_UNTIL_MS + HEALING_MS) / MINUTE)
}

/** Polls in a row that change nothing are one place, not twenty. */
function placesToCut(calls: readonly string[]): number[] {
  return calls.flatMap((name, index) => (name === calls[index - 1] && name === calls[index + 1] ? [] : [index]))
}

const uncut = await runScenario('thrown before', -1)
const places = placesToCut(uncut.calls)

test('without a cut the story is told once, and passes every kind of call', async () => {
  await expectWholeStory(await runScenario('thrown before', -1), 'uncut')
  expect(new Set(uncut.calls)).toEqual(
    new Set([
      'startTask',
      'claimDueMonitors',
      'renewLeases',
      'probe',
      'loadDecisionContext',
      'recordSettlements',
      'claimNotifications',
      'send',
      'finishDelivery',
      'rollupResults',
      'finishTask',
    ]),
  )
  expect(places.length).toBeGreaterThan(30)
})

describe.each(CUTS)('%s', (cut) => {
  test.each(places.map((place) => [place, uncut.calls[place] ?? '']))(
    'call %i (%s): the page is not lost, not doubled, and its end is told',
    async (place, name) => {
      await expectWholeStory(await runScenario(cut, place), `${cut} call ${place} (${name})`)
    },
  )
})

import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a single bad answer never pages, and is kept as evidence', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  let badAnswers = 0
  pipeline.prober.behave('api', (at) => {
    if (at < START_AT + 2 * MINUTE || badAnswers > 0) return 'up'
    badAnswers += 1
    return 'down'
  })
  await pipeline.runFor(6 * MINUTE)
  expect(badAnswers).toBe(1)
  expect(pipeline.provider.requests).toEqual([])
  expect(await pipeline.incidents()).toEqual([])
  const rows = await pipeline.sql`
    select verdict, evidence from public.probe_results where evidence is not null order by slot_at`
  expect(rows).toMatchObject([{ verdict: 'up', evidence: [{ verdict: 'down' }, { verdict: 'up' }] }])
})

test('a monitor that asks for no confirmation pages at the first bad answer', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api', failures: 1 })
  pipeline.prober.behave('api', (at) =>
    at < START_AT + 2 * MINUTE || at > START_AT + 2 * MINUTE + SECOND ? 'up' : 'down',
  )
  await pipeline.runFor(3 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

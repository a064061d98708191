import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

/** Sorted detection times in ms: first failing instant → page received. */
async function measureDetection(intervalSeconds: number, count: number): Promise<number[]> {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const keys = Array.from({ length: count }, (_, index) => `site-${index}`)
  const failsAt = new Map<string, number>()
  for (const [index, key] of keys.entries()) {
    await pipeline.addMonitor({ key, intervalSeconds, timeoutMs: 2_000 })
    // Begins spread evenly over an interval, each in an interval of its own: no two fail together.
    const begin = START_AT + 2 * MINUTE + index * (1 + 1 / count) * intervalSeconds * SECOND
    failsAt.set(key, begin)
    pipeline.prober.behave(key, (at) => (at >= begin ? 'down' : 'up'))
  }
  await pipeline.runFor(4 * MINUTE + (count + 1) * intervalSeconds * SECOND)
  expect(pipeline.provider.received).toHaveLength(count)
  return pipeline.provider.received
    .map(({ at, monitor }) => at - (failsAt.get(monitor ?? '') ?? 0))
    .sort((a, b) => a - b)
}

const COUNT = 12

test.each([10, 30, 60])(
  'at %i s the median detection is within interval / 2 + 6 s, and p95 within interval + 8 s',
  async (interval) => {
    const times = await measureDetection(interval, COUNT)
    const median = times[Math.ceil(COUNT * 0.5) - 1] ?? Number.NaN
    const p95 = times[Math.ceil(COUNT * 0.95) - 1] ?? Number.NaN
    expect(median).toBeLessThanOrEqual((interval / 2 + 6) * SECOND)
    expect(p95).toBeLessThanOrEqual((interval + 8) * SECOND)
  },
)

import { describe, expect, test } from 'vitest'
import type { ProbeOutcome, Verdict } from '../../lib/domain/probe/outcome.ts'
import { createRunWatch } from '../../lib/tasks/run-watch.ts'

function createClock() {
  let now = 0
  const sleepers: { at: number; wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
    async advance(ms: number) {
      now += ms
      for (const { at, wake } of sleepers) if (at <= now) wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
const outcome = (verdict: Verdict) => ({ verdict, cause: verdict === 'down' ? 'tcp' : null }) as ProbeOutcome
const subjects = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ monitorId: `m${index}`, host: `h${index}`, wasDown: false }))

/** `null` while the watch still waits. */
async function peek<T>(promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, new Promise<null>((resolve) => setImmediate(() => resolve(null)))])
}

describe('a failure is judged', () => {
  test('at once when the answers that are still out cannot make the run suspect', async () => {
    const watch = createRunWatch(createClock(), subjects(10))
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5']) watch.note(id, outcome('up'))
    watch.note('m0', outcome('down'))
    expect(await peek(watch.judge())).toMatchObject({ suspect: false })
  })
  test('at once when they cannot make it trustworthy any more', async () => {
    const watch = createRunWatch(createClock(), subjects(5))
    for (const id of ['m0', 'm1', 'm2', 'm3']) watch.note(id, outcome('down'))
    expect(await peek(watch.judge())).toMatchObject({ suspect: true })
  })
  test('at once when it is alone', async () => {
    const watch = createRunWatch(createClock(), subjects(1))
    watch.note('m0', outcome('down'))
    expect(await peek(watch.judge())).toMatchObject({ suspect: false })
  })
  test('only when the others have answered, as long as these may decide it', async () => {
    const watch = createRunWatch(createClock(), subjects(5))
    watch.note('m0', outcome('down'))
    const judged = watch.judge()
    expect(await peek(judged)).toBeNull()
    watch.note('m1', outcome('down'))
    expect(await peek(judged)).toBeNull()
    watch.note('m2', outcome('down'))
    expect(await peek(judged)).toMatchObject({ suspect: true })
  })
  test('without those that will not answer at all', async () => {
    const watch = createRunWatch(createClock(), subjects(4))
    watch.note('m0', outcome('down'))
    const judged = watch.judge()
    for (const id of ['m1', 'm2', 'm3']) watch.forget(id)
    expect(await peek(judged)).toMatchObject({ suspect: false })
  })
  test('by what is known after ten seconds: no target holds up a page for longer', async () => {
    const clock = createClock()
    const watch = createRunWatch(clock, subjects(5))
    watch.note('m0', outcome('down'))
    const judged = watch.judge()
    await clock.advance(9_999)
    expect(await peek(judged)).toBeNull()
    await clock.advance(1)
    expect(await judged).toMatchObject({ suspect: false })
  })
})

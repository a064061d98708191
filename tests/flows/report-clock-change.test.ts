import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
/** The hours of each week around both clock changes of 2026 in Paris, from Monday 00:00 to Monday 00:00 on the clocks there. */
const WEEKS = [
  { firstDay: '2026-03-23', from: Date.UTC(2026, 2, 22, 23), until: Date.UTC(2026, 2, 29, 22), hours: 167 },
  { firstDay: '2026-10-19', from: Date.UTC(2026, 9, 18, 22), until: Date.UTC(2026, 9, 25, 23), hours: 169 },
]

test('a week with a DST change is reported once and covers 167 or 169 hours', async () => {
  const fixture = await reportFixture(stack, { startAt: Date.UTC(2026, 2, 17) })
  const monitor = await fixture.addMonitor('api')
  // Hours on both sides of the week prove that none of a neighbour's slips in.
  for (const { from, until } of WEEKS) await fixture.probe(monitor, from - 2 * HOUR, until + 2 * HOUR, 10)

  for (const { firstDay, from, until, hours } of WEEKS) {
    expect((until - from) / HOUR).toBe(hours)
    const dueAt = until + 9 * HOUR
    await catchUp(fixture, dueAt - MINUTE)
    let count = 0
    for (let at = dueAt; at < dueAt + 6 * DAY; at += 20 * HOUR + 7 * MINUTE) {
      await fixture.clock.set(at)
      count += await sendDueReports(await fixture.worker())
    }
    expect(count).toBe(1)

    const [report] = await stack.sql`
      select data -> 'figures' as figures, data -> 'period' as period, data -> 'days' as days
      from public.reports where period_start = ${firstDay}`
    expect(report?.period).toMatchObject({ startAt: from, endAt: until })
    // One of ten failed, every minute of the week was probed, and seven local days hold them all.
    expect(report?.figures.errors.value).toBe(hours * 6)
    expect(report?.figures.uptime.value).toBeCloseTo(0.9, 10)
    expect(report?.days).toHaveLength(7)
    expect(fixture.sent.at(-1)?.text).toContain(`The clocks changed: this week had ${hours} hours.`)
  }
})

/** The weeks before have reports of their own; they are not what this is about. */
async function catchUp(fixture: Awaited<ReturnType<typeof reportFixture>>, at: number): Promise<void> {
  await fixture.clock.set(at)
  await sendDueReports(await fixture.worker())
  expect(await sendDueReports(await fixture.worker())).toBe(0)
}

import { expect, test } from 'vitest'
import { DAY, MINUTE } from '../../lib/domain/time/instant.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
/** Monday 16 November 2026, 09:00 in Paris. */
const dueAt = Date.UTC(2026, 10, 16, 8)
const fixture = await reportFixture(stack, { startAt: dueAt, createdAt: dueAt - 6 * DAY })

test('two workers at once send one report, and so do eight', async () => {
  for (const [week, workers] of [2, 8].entries()) {
    await fixture.clock.set(dueAt + week * 7 * DAY)
    const counts = await Promise.all(
      Array.from({ length: workers }, async () => sendDueReports(await fixture.worker())),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(fixture.attempts).toHaveLength(2 * (week + 1))
  }
})

test('a worker that was killed after the provider took the mail leaves one mail, and the late one changes nothing', async () => {
  await fixture.clock.set(dueAt + 14 * DAY)
  const killed = await fixture.worker()
  const finish = killed.reports.finish
  let late: (() => Promise<boolean>) | undefined
  killed.reports.finish = async (...args) => {
    late = () => finish(...args)
    throw new Error('killed')
  }
  await expect(sendDueReports(killed)).rejects.toThrow('killed')
  const sentBefore = fixture.sent.length

  expect(await sendDueReports(await fixture.worker())).toBe(0)
  await fixture.clock.advance(3 * MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(fixture.sent).toHaveLength(sentBefore)
  expect(await late?.()).toBe(false)
  const [row] = await stack.sql`select status, attempt from public.reports order by period_start desc limit 1`
  expect(row).toEqual({ status: 'sent', attempt: 2 })
})

test('a report that cannot be composed is tried again and does not keep the others from going out', async () => {
  await fixture.clock.set(dueAt + 21 * DAY)
  await stack.sql`
    insert into public.projects (slug, name, time_zone, report_recipients, created_at)
    values ('beta', 'Beta', 'UTC', '{b@example.com}', '2026-01-01')`
  await fixture.clock.set(dueAt + 28 * DAY + 90 * MINUTE)
  const worker = await fixture.worker()
  const { readFigures } = worker.reports
  worker.reports.readFigures = (projectId, span, timeZone) =>
    projectId === fixture.projectId ? Promise.reject(new Error('no figures')) : readFigures(projectId, span, timeZone)
  expect(await sendDueReports(worker)).toBe(1)
  expect(fixture.sent.at(-1)?.to).toEqual(['b@example.com'])
  await fixture.clock.advance(MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
})

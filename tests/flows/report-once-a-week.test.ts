import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
/** Monday 16 November 2026, 08:59 in Paris. */
const startAt = Date.UTC(2026, 10, 16, 7, 59)
const fixture = await reportFixture(stack, { startAt, createdAt: startAt - 6 * 24 * HOUR })

test('a week is reported once however often the cron fires', async () => {
  const monitor = await fixture.addMonitor('api')
  await fixture.probe(monitor, Date.UTC(2026, 10, 10, 8), Date.UTC(2026, 10, 10, 10), 40)
  expect(await sendDueReports(await fixture.worker())).toBe(0)

  await fixture.clock.advance(MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  for (let hours = 0; hours < 7 * 24; hours += 5) {
    await fixture.clock.set(startAt + MINUTE + hours * HOUR)
    expect(await sendDueReports(await fixture.worker())).toBe(0)
  }
  const subject = 'Acme: 97.5% uptime, no incidents (9–15 Nov 2026)'
  expect(fixture.sent).toMatchObject([
    { to: ['ceo@example.com'], subject },
    { to: ['cto@example.com'], subject },
  ])

  await fixture.clock.set(startAt + 7 * 24 * HOUR + MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(fixture.sent[2]?.subject).toBe('Acme: nothing was measured (16–22 Nov 2026)')
  const rows = await stack.sql`select period_start::text, status, attempt from public.reports order by period_start`
  expect(rows).toEqual([
    { period_start: '2026-11-09', status: 'sent', attempt: 1 },
    { period_start: '2026-11-16', status: 'sent', attempt: 1 },
  ])
})

test('without recipients there is no report, and naming one on Wednesday sends that of the next Monday', async () => {
  const monday = startAt + 14 * 24 * HOUR + MINUTE
  await stack.sql`update public.projects set report_recipients = '{}'`
  await fixture.clock.set(monday)
  expect(await sendDueReports(await fixture.worker())).toBe(0)

  await fixture.clock.set(monday + 2 * 24 * HOUR)
  await stack.sql`update public.projects set report_recipients = '{board@example.com}'`
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  await fixture.clock.set(monday + 7 * 24 * HOUR)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(fixture.sent.at(-1)).toMatchObject({ to: ['board@example.com'] })
  expect(fixture.sent.at(-1)?.subject).toContain('30 Nov – 6 Dec 2026')
})

import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
/** Monday 16 November 2026, 09:00 in Paris. */
const dueAt = Date.UTC(2026, 10, 16, 8)
const fixture = await reportFixture(stack, { startAt: dueAt, createdAt: dueAt - 6 * DAY })
const away = {
  outcome: 'retry',
  detail: 'Resend answered 503',
  statusCode: 503,
  retryAfterMs: null,
  uncertain: false,
} as const
const readReports = () => stack.sql`select status, attempt, last_error from public.reports order by period_start`

test('a report that the provider refused for a while is sent later, once, as it was composed at first', async () => {
  const monitor = await fixture.addMonitor('api')
  await fixture.probe(monitor, dueAt - 3 * DAY, dueAt - 3 * DAY + 2 * HOUR, 4)
  fixture.answerWith([away, { ...away, retryAfterMs: 40 * MINUTE }])
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect(await readReports()).toEqual([{ status: 'pending', attempt: 1, last_error: 'Resend answered 503' }])

  // What is learnt later must not change a mail that the provider may know already.
  await fixture.probe(monitor, dueAt - 2 * DAY, dueAt - 2 * DAY + 2 * HOUR, 1)
  await stack.sql`update public.projects set report_recipients = '{ceo@example.com,new@example.com}'`
  await fixture.clock.advance(5 * SECOND)
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  await fixture.clock.advance(39 * MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect(fixture.attempts).toHaveLength(2)

  await fixture.clock.advance(MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect(fixture.attempts).toHaveLength(4)
  expect(fixture.attempts[2]).toEqual(fixture.attempts[0])
  expect(fixture.sent.map(({ to }) => to)).toEqual([['ceo@example.com'], ['cto@example.com']])
  expect(await readReports()).toEqual([{ status: 'sent', attempt: 3, last_error: null }])
})

test('one that is refused for good shows why and is not tried again', async () => {
  await fixture.clock.set(dueAt + 7 * DAY)
  const refused = { outcome: 'rejected', detail: 'Resend answered 422: no such domain', statusCode: 422 } as const
  fixture.answerWith([refused, refused])
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  await fixture.clock.advance(DAY)
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect((await readReports())[1]).toEqual({
    status: 'failed',
    attempt: 1,
    last_error: 'Resend answered 422: no such domain',
  })
  expect(fixture.attempts).toHaveLength(6)
})

test('one that was begun and left when the next week came is still sent', async () => {
  await fixture.clock.set(dueAt + 14 * DAY)
  fixture.answerWith([away])
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  await fixture.clock.set(dueAt + 21 * DAY)
  expect(await sendDueReports(await fixture.worker())).toBe(2)
  expect(fixture.sent.slice(-4).map(({ subject }) => subject)).toEqual([
    'Acme: nothing was measured (23–29 Nov 2026)',
    'Acme: nothing was measured (23–29 Nov 2026)',
    'Acme: nothing was measured (30 Nov – 6 Dec 2026)',
    'Acme: nothing was measured (30 Nov – 6 Dec 2026)',
  ])
})

import { expect, test } from 'vitest'
import type { DeliveryResult } from '../../lib/domain/delivery/result.ts'
import { DAY, MINUTE } from '../../lib/domain/time/instant.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
/** Monday 16 November 2026, 09:00 in Paris. */
const dueAt = Date.UTC(2026, 10, 16, 8)
const PEOPLE = ['ann@example.com', 'bob@example.com', 'cid@example.com']
const fixture = await reportFixture(stack, { startAt: dueAt, createdAt: dueAt - 6 * DAY })
await stack.sql`update public.projects set report_recipients = ${PEOPLE}`
let week = 0

/** The next Monday; what was sent before it is forgotten. */
async function nextMonday(): Promise<void> {
  await fixture.clock.set(dueAt + week * 7 * DAY)
  week += 1
  fixture.sent.length = 0
  fixture.attempts.length = 0
}
const latest = async () => {
  const [row] =
    await stack.sql`select status, attempt, last_error, outcomes from public.reports order by period_start desc limit 1`
  return row
}
const addressees = (mails: readonly { to: string[] }[]) => mails.map(({ to }) => to)

test('every recipient gets a mail of their own that names nobody else', async () => {
  await nextMonday()
  await stack.sql`update public.projects set report_recipients = ${[...PEOPLE, 'Ann@Example.com']}`
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(addressees(fixture.sent)).toEqual(PEOPLE.map((address) => [address]))
  for (const { to, html, text } of fixture.sent) {
    for (const other of PEOPLE.filter((address) => address !== to[0])) expect(html + text).not.toContain(other)
  }
  expect(new Set(fixture.sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3)
  await stack.sql`update public.projects set report_recipients = ${PEOPLE}`
})

/** Which call is the worker's last: between any two of them its process may be killed. */
const CUTS = ['stamp', 'send', 'note', 'finish'] as const
const MOMENTS = CUTS.flatMap((call) =>
  (call === 'stamp' || call === 'finish' ? [1] : [1, 2, 3]).flatMap((nth) =>
    (['before', 'after'] as const).map((when) => ({ call, nth, when })),
  ),
)

test.each(MOMENTS)(
  'a worker that is killed $when its $call number $nth leaves nobody out and nobody with two mails',
  async (moment) => {
    await nextMonday()
    const killed = cutAt(await fixture.worker(), moment)
    await expect(sendDueReports(killed)).rejects.toThrow('killed')
    const before = fixture.attempts.length
    const inDoubt = before - Object.keys((await latest())?.outcomes ?? {}).length
    expect(inDoubt).toBeLessThanOrEqual(1)

    await fixture.clock.advance(3 * MINUTE)
    const isFinished = moment.call === 'finish' && moment.when === 'after'
    expect(await sendDueReports(await fixture.worker())).toBe(isFinished ? 0 : 1)
    expect(addressees(fixture.sent)).toEqual(PEOPLE.map((address) => [address]))
    // Who is known to have it is not even asked for again; only one mail whose end nobody saw is, under the same key.
    expect(fixture.attempts.length).toBe(3 + inDoubt)
    expect(await latest()).toMatchObject({ status: 'sent', last_error: null, attempt: isFinished ? 1 : 2 })
  },
)

test('a worker that lost its lease in the middle stops, and whoever has it now goes on with the others', async () => {
  await nextMonday()
  const slow = await fixture.worker()
  const { send } = slow.mailer
  slow.mailer.send = async (mail) => {
    if (mail.to[0] === 'bob@example.com') {
      await fixture.clock.advance(4 * MINUTE)
      expect(await sendDueReports(await fixture.worker())).toBe(1)
    }
    return send(mail)
  }
  expect(await sendDueReports(slow)).toBe(0)
  expect(addressees(fixture.sent)).toEqual(PEOPLE.map((address) => [address]))
  expect(addressees(fixture.attempts)).toEqual([
    ['ann@example.com'],
    ['bob@example.com'],
    ['cid@example.com'],
    ['bob@example.com'],
  ])
})

test('a mail that takes long does not cost the lease: every one that is noted renews it', async () => {
  await nextMonday()
  const slow = await fixture.worker()
  const { send } = slow.mailer
  slow.mailer.send = async (mail) => {
    await fixture.clock.advance(2 * MINUTE)
    expect(await sendDueReports(await fixture.worker())).toBe(0)
    return send(mail)
  }
  expect(await sendDueReports(slow)).toBe(1)
  expect(fixture.attempts).toHaveLength(3)
})

test('when the provider asks for a pause in the middle, only those who have no mail yet get one afterwards', async () => {
  await nextMonday()
  const taken: DeliveryResult = { outcome: 'delivered', detail: 'taken', providerId: 'm', viaOutbox: false }
  const pause = { outcome: 'retry', detail: 'Resend answered 429', statusCode: 429, uncertain: false } as const
  fixture.answerWith([taken, { ...pause, retryAfterMs: 30_000 }])
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect(await latest()).toMatchObject({ status: 'pending', last_error: 'Resend answered 429' })
  await fixture.clock.advance(MINUTE)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  expect(addressees(fixture.attempts)).toEqual([PEOPLE[0], PEOPLE[1], PEOPLE[1], PEOPLE[2]].map((to) => [to]))
  expect(fixture.sent).toHaveLength(3)
})

test('an address that is refused keeps nobody else from the report, is not tried again, and is named', async () => {
  await nextMonday()
  fixture.answerTo('bob@example.com', { outcome: 'rejected', detail: 'Resend answered 422', statusCode: 422 })
  expect(await sendDueReports(await fixture.worker())).toBe(1)
  await fixture.clock.advance(DAY)
  expect(await sendDueReports(await fixture.worker())).toBe(0)
  expect(addressees(fixture.sent)).toEqual([['ann@example.com'], ['cid@example.com']])
  expect(fixture.attempts).toHaveLength(3)
  expect(await latest()).toMatchObject({
    status: 'sent',
    last_error: 'The report was not sent to bob@example.com: Resend answered 422',
    outcomes: { 'bob@example.com': { outcome: 'rejected', detail: 'Resend answered 422' } },
  })
})

/** The worker's process ends at that moment: nothing of it is called any more. */
function cutAt(
  worker: Awaited<ReturnType<typeof fixture.worker>>,
  { call, nth, when }: { call: (typeof CUTS)[number]; nth: number; when: 'before' | 'after' },
): typeof worker {
  let count = 0
  let isDead = false
  const die = (): never => {
    isDead = true
    throw new Error('killed')
  }
  const cut = <Args extends unknown[], Answer>(name: string, run: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args): Promise<Answer> => {
      if (name === call) count += 1
      const isMoment = name === call && count === nth
      if (isDead || (isMoment && when === 'before')) die()
      const answer = await run(...args)
      return isMoment ? die() : answer
    }
  }
  const { reports, mailer } = worker
  return {
    ...worker,
    mailer: { send: cut('send', mailer.send) },
    reports: {
      ...reports,
      stamp: cut('stamp', reports.stamp),
      note: cut('note', reports.note),
      finish: cut('finish', reports.finish),
    },
  }
}

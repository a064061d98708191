import { expect, test } from 'vitest'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createReportReader, createReportRequests } from '../../lib/adapters/supabase/report-reader.ts'
import { sendReportNow } from '../../lib/commands/report/send-now.ts'
import { DAY, HOUR } from '../../lib/domain/time/instant.ts'
import { readReportPreview, readReports } from '../../lib/queries/report.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { type Role, type TestUser, testStack } from '../support/stack.ts'

const stack = await testStack()
/** Monday 16 November 2026, 09:00 in Paris. */
const dueAt = Date.UTC(2026, 10, 16, 8)
const fixture = await reportFixture(stack, { startAt: dueAt - 4 * DAY, createdAt: dueAt - 6 * DAY })
const monitor = await fixture.addMonitor('api')
await fixture.probe(monitor, dueAt - 5 * DAY, dueAt - 5 * DAY + 2 * HOUR, 10)

const depsOf = async ({ client }: { client: unknown }) => {
  const { renderer, mailer } = await fixture.worker()
  const figures = createReportReader(client as Client)
  return { requests: createReportRequests(client as Client), figures, renderer, mailer }
}
const ask = async (person: TestUser, to: 'recipients' | 'me' = 'recipients') =>
  sendReportNow(await depsOf(person), fixture.projectId, { period: 'this_week', to })

test('an admin sends an extra report, and the weekly one goes out all the same', async () => {
  const admin = await stack.user('admin', fixture.projectId)
  expect(await ask(admin)).toEqual({
    ok: true,
    value: { to: ['ceo@example.com', 'cto@example.com'], viaOutbox: false },
  })
  expect(fixture.sent.map(({ to }) => to)).toEqual([['ceo@example.com'], ['cto@example.com']])
  expect(fixture.sent.at(-1)?.subject).toBe('Acme: 90% uptime, no incidents (9–15 Nov 2026, so far)')
  expect(fixture.sent.at(-1)?.text).toContain(`Sent because ${admin.email} asked for it.`)
  expect(await ask(admin, 'me')).toMatchObject({ ok: true, value: { to: [admin.email] } })

  const [entry] = await stack.sql`select actor_name, action, details from public.audit_entries order by id desc limit 1`
  expect(entry).toEqual({
    actor_name: admin.email,
    action: 'report_requested',
    details: { period: 'this_week', to: [admin.email] },
  })
  expect(fixture.sent).toHaveLength(3)
  await fixture.clock.set(dueAt)
  expect(await sendDueReports(await fixture.worker())).toBe(1)
})

test.each<[Role, string]>([
  ['viewer', 'PT403'],
  ['responder', 'PT403'],
])('a %s may not send one', async (role, code) => {
  const person = await stack.user(role, fixture.projectId)
  const before = fixture.attempts.length
  expect(await ask(person)).toMatchObject({ ok: false, errors: [{ code }] })
  expect(fixture.attempts).toHaveLength(before)
})

test('an owner may, an outsider and a visitor may not', async () => {
  expect(await ask(await stack.user('owner', fixture.projectId))).toMatchObject({ ok: true })
  expect(await ask(await stack.outsider())).toMatchObject({ ok: false, errors: [{ code: 'PT404' }] })
  await expect(ask({ id: '', email: '', client: stack.anon })).rejects.toThrow('permission denied')
})

test('without recipients the answer names the field', async () => {
  const owner = await stack.user('owner', fixture.projectId)
  await stack.sql`update public.projects set report_recipients = '{}'`
  expect(await ask(owner)).toMatchObject({ ok: false, errors: [{ field: 'to', code: 'PT422' }] })
  expect(await ask(owner, 'me')).toMatchObject({ ok: true })
})

test('a refusal of the provider is told to whoever asked', async () => {
  const owner = await stack.user('owner', fixture.projectId)
  fixture.answerWith([{ outcome: 'rejected', detail: 'Resend answered 403.', statusCode: 403 }])
  expect(await ask(owner, 'me')).toMatchObject({
    ok: false,
    errors: [{ code: 'not_sent', message: 'The report was not sent. Resend answered 403.' }],
  })
})

test('when one recipient is refused the others get it, and whoever asked is told who was left out', async () => {
  await stack.sql`update public.projects set report_recipients = '{ceo@example.com,gone@example.com,CEO@example.com}'`
  const owner = await stack.user('owner', fixture.projectId)
  const before = fixture.sent.length
  fixture.answerTo('gone@example.com', { outcome: 'rejected', detail: 'Resend answered 422', statusCode: 422 })
  expect(await ask(owner)).toMatchObject({
    ok: false,
    errors: [{ code: 'not_sent', message: 'The report was not sent to gone@example.com: Resend answered 422' }],
  })
  expect(fixture.sent.slice(before).map(({ to }) => to)).toEqual([['ceo@example.com']])
})

test('a provider that is away is asked once, not once for each recipient', async () => {
  const owner = await stack.user('owner', fixture.projectId)
  const before = fixture.attempts.length
  const away = { outcome: 'retry', detail: 'Resend was not reached', statusCode: null, uncertain: true } as const
  fixture.answerWith([{ ...away, retryAfterMs: null }])
  expect(await ask(owner)).toMatchObject({
    ok: false,
    errors: [{ message: 'The report was not sent. Resend was not reached' }],
  })
  expect(fixture.attempts).toHaveLength(before + 1)
})

test('a viewer previews the week and reads past reports as they were sent; an outsider sees nothing', async () => {
  const viewer = createReportReader((await stack.user('viewer', fixture.projectId)).client as unknown as Client)
  const outsider = createReportReader((await stack.outsider()).client as unknown as Client)
  const project = { id: fixture.projectId, slug: 'acme', name: 'Acme', timeZone: 'Europe/Paris', locale: 'en' } as const
  const preview = await readReportPreview(viewer, project, 'last_week', dueAt)
  expect(preview.figures.errors.value).toBe(12)
  expect((await readReportPreview(outsider, project, 'last_week', dueAt)).monitorsTotal).toBe(0)

  const { reports } = await readReports(viewer, fixture.projectId)
  expect(reports).toMatchObject([{ firstDay: '2026-11-09', lastDay: '2026-11-15', status: 'sent' }])
  const id = reports[0]?.id ?? ''
  expect(await viewer.readReport(fixture.projectId, id)).toEqual(preview)
  expect(await outsider.readReport(fixture.projectId, id)).toBeNull()
  expect(await readReports(outsider, fixture.projectId)).toEqual({ recipients: [], reports: [], next: null })
})

import { createReportRenderer } from '../../lib/adapters/report/create-report-renderer.tsx'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createReportStore } from '../../lib/adapters/supabase/report-store.ts'
import type { DeliveryResult } from '../../lib/domain/delivery/result.ts'
import { HOUR, type Instant, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import type { MailMessage } from '../../lib/ports/channel.ts'
import type { SendReportsDeps } from '../../lib/tasks/send-reports.ts'
import { type FakeDatabaseClock, useFakeClock } from './postgres.ts'
import type { TestStack } from './stack.ts'

export interface ReportFixture {
  clock: FakeDatabaseClock
  projectId: string
  /** Mails as the provider took them, repetitions of an idempotency key left out. */
  sent: MailMessage[]
  /** Every call to the provider, in order. */
  attempts: MailMessage[]
  /** The next calls get these answers; afterwards the provider takes what it is given. */
  answerWith(results: DeliveryResult[]): void
  /** Mails to this address get this answer from now on. */
  answerTo(address: string, result: DeliveryResult): void
  /** Dependencies of one worker. Its process clock reads the database's. */
  worker(): Promise<SendReportsDeps>
  /** Probes every minute from `from` to `until`, the given share of them failed. */
  probe(monitorId: string, from: Instant, until: Instant, failEvery?: number): Promise<void>
  addMonitor(key: string): Promise<string>
}

/** A project with recipients on a real database whose clock stands at `startAt`, and a mail provider that keeps what it takes. */
export async function reportFixture(
  stack: TestStack,
  options: { startAt: Instant; timeZone?: string; createdAt?: Instant },
): Promise<ReportFixture> {
  const { sql } = stack
  const { startAt, timeZone = 'Europe/Paris', createdAt = startAt - 90 * 24 * HOUR } = options
  // Recipients are as old as the project: the trigger that notes them reads the schema's clock.
  // biome-ignore lint/correctness/useHookAtTopLevel: a clock for tests, not a React hook.
  const clock = await useFakeClock(sql, createdAt)
  const [project] = await sql`
    insert into public.projects (slug, name, time_zone, report_recipients, created_at)
    values ('acme', 'Acme', ${timeZone}, '{ceo@example.com,cto@example.com}', ${new Date(createdAt)}) returning id`
  const projectId = project?.id as string
  await clock.set(startAt)
  const provider = createProvider()
  return {
    clock,
    projectId,
    sent: provider.sent,
    attempts: provider.attempts,
    answerWith: provider.answerWith,
    answerTo: provider.answerTo,
    worker: async () => {
      const now = await clock.now()
      return {
        reports: createReportStore(stack.service as unknown as Client),
        renderer: createReportRenderer({ url: 'https://vigie.example.com' }),
        mailer: { send: provider.send },
        clock: { now: () => now, sleep: async () => undefined },
        random: { next: () => 0.5, uuid: () => crypto.randomUUID() },
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      }
    },
    addMonitor: async (key) => {
      const [monitor] = await sql`
        insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
        values (${projectId}, ${key}, ${key}, 'http', '{"url":"https://example.com"}', 60, 1000, 'critical') returning id`
      return monitor?.id as string
    },
    probe: async (monitorId, from, until, failEvery = 0) => {
      await sql`
        insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
        select ${monitorId}, ${projectId}, at, at,
          case when ${failEvery} > 0 and n % greatest(${failEvery}, 1) = 0 then 'down' else 'up' end, 50 + n % 200
        from generate_series(${toIso(from)}::timestamptz, ${toIso(until - MINUTE)}::timestamptz, interval '1 minute')
          with ordinality as slots(at, n)`
      await sql`select public.rollup_probe_results(${toIso(from)}, ${toIso(until - MINUTE)})`
    },
  }
}

/** Takes a mail once for each idempotency key, and refuses a known key with another body, as Resend does. */
function createProvider() {
  const sent: MailMessage[] = []
  const attempts: MailMessage[] = []
  const scripted: DeliveryResult[] = []
  const answers = new Map<string, DeliveryResult>()
  const bodies = new Map<string, string>()
  return {
    sent,
    attempts,
    answerWith: (results: DeliveryResult[]) => void scripted.push(...results),
    answerTo: (address: string, result: DeliveryResult) => void answers.set(address, result),
    send: async (mail: MailMessage): Promise<DeliveryResult> => {
      attempts.push(mail)
      const next = scripted.shift() ?? answers.get(mail.to[0] ?? '')
      if (next !== undefined && next.outcome !== 'delivered') return next
      const body = JSON.stringify({ ...mail, attachments: mail.attachments.map(({ content }) => [...content]) })
      const known = bodies.get(mail.idempotencyKey)
      if (known !== undefined && known !== body) {
        return { outcome: 'rejected', detail: 'the same key with another body', statusCode: 409 }
      }
      if (known === undefined) {
        bodies.set(mail.idempotencyKey, body)
        sent.push(mail)
      }
      return { outcome: 'delivered', detail: 'taken', providerId: 'm-1', viaOutbox: false }
    },
  }
}

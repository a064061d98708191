import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createFigureReader } from '../../lib/adapters/net/figure-reader.ts'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createKpiStore } from '../../lib/adapters/supabase/kpi-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import type { Instant } from '../../lib/domain/time/instant.ts'
import type { RunKpisDeps } from '../../lib/tasks/run-kpis.ts'
import type { SendKpiDigestsDeps } from '../../lib/tasks/send-kpi-digests.ts'
import { type FakeDatabaseClock, useFakeClock } from './postgres.ts'
import type { TestStack } from './stack.ts'

export interface KpiOptions {
  key: string
  query?: string
  kind?: 'sql' | 'pushed'
  database?: string
  schedule?: string
  name?: string
  unit?: string
  lowerLimit?: number
}

export interface KpiFixture {
  clock: FakeDatabaseClock
  secretBox: ReturnType<typeof createSecretBox>
  /** Lines that were logged as warnings or errors. */
  complaints: string[]
  addProject(slug: string, timeZone?: string): Promise<string>
  addChannel(projectId: string, key: string, kind?: string): Promise<string>
  addKpi(projectId: string, options: KpiOptions): Promise<string>
  /** Dependencies of one worker, whose process clock reads the database's. */
  worker(): Promise<RunKpisDeps & SendKpiDigestsDeps>
}

/** KPIs on a real database whose clock stands at `startAt`, with a real database to ask at `targetUrl`. */
export async function kpiFixture(stack: TestStack, targetUrl: string, startAt: Instant): Promise<KpiFixture> {
  const { sql } = stack
  // biome-ignore lint/correctness/useHookAtTopLevel: a clock for tests, not a React hook.
  const clock = await useFakeClock(sql, startAt)
  const secretBox = createSecretBox('a key for tests')
  const complaints: string[] = []
  const complain = (event: string, fields?: object) => void complaints.push(`${event} ${JSON.stringify(fields)}`)
  const client = stack.service as unknown as Client
  return {
    clock,
    secretBox,
    complaints,
    async addProject(slug, timeZone = 'Europe/Paris') {
      const [row] = await sql`
        insert into public.projects (slug, name, time_zone) values (${slug}, ${slug}, ${timeZone}) returning id`
      return row?.id as string
    },
    async addChannel(projectId, key, kind = 'slack') {
      const config = kind === 'email' ? { to: ['ops@example.com'] } : {}
      const [row] = await sql`
        insert into public.channels (project_id, key, kind, name, config)
        values (${projectId}, ${key}, ${kind}, ${key}, ${sql.json(config)}) returning id`
      return row?.id as string
    },
    async addKpi(projectId, options) {
      const { key, kind = 'sql', name = key, unit = '', query = 'select 42', schedule = '0 * * * *' } = options
      const ciphertext = secretBox.seal({ database: options.database ?? targetUrl })
      const described = kind === 'sql' ? { query, schedule, time_zone: 'UTC', secret: { op: 'set', ciphertext } } : {}
      const limits = { lower_limit: options.lowerLimit ?? null, upper_limit: null }
      const kpi = { key, name, unit, kind, ...limits, ...described }
      const [row] = await sql`
        select private.write_kpi(${projectId}, ${sql.json(kpi)}, null, 'ann', null) ->> 'id' as id`
      return row?.id as string
    },
    async worker() {
      const now = await clock.now()
      return {
        kpis: createKpiStore(client),
        figures: createFigureReader({ allow: createAddressPolicy(['127.0.0.0/8', '::1/128']) }),
        telemetry: createTelemetryStore(client),
        secretBox,
        clock: { now: () => now, sleep: async () => undefined },
        baseUrl: 'https://vigie.example.com',
        log: { info: () => undefined, warn: complain, error: complain },
      }
    },
  }
}

/** A connection string as people write it; the tests' server speaks no TLS. */
export function plainUrl(url: string): string {
  return `${url}?sslmode=disable`
}

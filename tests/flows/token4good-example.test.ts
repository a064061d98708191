import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { yamlSyntax } from '../../lib/adapters/configuration/yaml-syntax.ts'
import { createConfigurationStore } from '../../lib/adapters/supabase/configuration-store.ts'
import { applyFromText } from '../../lib/commands/configuration/apply.ts'
import { runDueKpis, runKpiNow } from '../../lib/tasks/run-kpis.ts'
import { kpiFixture, plainUrl } from '../support/kpis.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const FOLDER = new URL('../../docs/examples/token4good/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')
const DAY_MS = 86_400_000

const stack = await testStack()
const target = await createTestDatabase(inject('postgresUrl'))
const fixture = await kpiFixture(stack, plainUrl(target.url), Date.now())
/** The example's own name is one role of the whole server, which the tests share. */
const reader = `vigie_reader_${randomUUID().slice(0, 8)}`

beforeAll(async () => {
  await target.sql.unsafe(read('schema.sql'))
  await target.sql.unsafe(read('seed.sql'))
  await target.sql.unsafe(
    read('reader.sql').replaceAll('vigie_reader', reader).replace(':password', "'reader-password'"),
  )
  const url = new URL(target.url)
  url.username = reader
  url.password = 'reader-password'
  const applied = await applyFromText(
    { store: createConfigurationStore(stack.service as never), secretBox: fixture.secretBox, syntax: yamlSyntax },
    {
      text: read('vigie.yaml'),
      lookUp: () => ({ ok: true, value: plainUrl(url.href) }),
      onlySlug: null,
      actor: 'test',
    },
  )
  expect(applied).toMatchObject({ ok: true, counts: { created: 4 } })
})

afterAll(async () => {
  await target.sql.unsafe(`drop owned by ${reader}`)
  await target.sql.unsafe(`drop role ${reader}`)
  await target.drop()
})

/** Counted here, row by row, from all that there is. */
async function countByHand(): Promise<Record<string, number>> {
  const now = Date.now()
  const within = (days: number) => (row: { created_at: Date }) => row.created_at.getTime() > now - days * DAY_MS
  const all = async <Row>(table: string) =>
    (await target.sql`select * from ${target.sql(table)}`) as unknown as (Row & {
      created_at: Date
    })[]
  const activities = (await all<{ user_id: string }>('user_activities')).filter(within(7))
  const sessions = (await all<{ status: string }>('mentoring_sessions')).filter(within(7))
  const tokens = (await all<{ tokens_earned: number }>('token_transactions')).filter(within(1))
  return {
    active_users_7d: new Set(activities.map(({ user_id }) => user_id)).size,
    lightning_transactions_24h: (await all('lightning_transactions')).filter(within(1)).length,
    mentoring_sessions_7d: sessions.filter(({ status }) => status === 'completed').length,
    tokens_distributed_24h: tokens.reduce((sum, { tokens_earned }) => sum + tokens_earned, 0),
  }
}

test('the four figures of the example are those that an independent count gives', async () => {
  const worker = await fixture.worker()
  expect(await runDueKpis(worker, worker.clock.now() + 60_000)).toBe(4)
  expect(fixture.complaints).toEqual([])
  const [project] = await stack.sql`select id from public.projects where slug = 'token4good'`
  const figures = await worker.kpis.readFigures(project?.id as string)
  const counted = await countByHand()
  expect(Object.fromEntries(figures.map(({ key, value }) => [key, value]))).toEqual(counted)
  // A figure of nothing would prove nothing.
  for (const value of Object.values(counted)) expect(value).toBeGreaterThan(10)
  expect(counted.active_users_7d).toBeLessThan(240)
})

test('its role can only read', async () => {
  const [kpi] = await stack.sql`select id from public.kpis where key = 'active_users_7d'`
  await stack.sql`update public.kpis set next_run_at = private.now()`
  expect(await runKpiNow(await fixture.worker(), kpi?.id as string)).toMatchObject({ ok: true, canWrite: false })
})

test('its queries are those of the guide', () => {
  const sql = read('vigie.yaml').replace(/\s+/g, ' ')
  for (const query of [
    "SELECT COUNT(DISTINCT user_id) FROM user_activities WHERE created_at > NOW() - INTERVAL '7 days';",
    "SELECT COUNT(*) FROM lightning_transactions WHERE created_at > NOW() - INTERVAL '24 hours';",
    "SELECT COUNT(*) FROM mentoring_sessions WHERE created_at > NOW() - INTERVAL '7 days' AND status = 'completed';",
    "SELECT SUM(tokens_earned) FROM token_transactions WHERE created_at > NOW() - INTERVAL '24 hours';",
  ]) {
    expect(sql).toContain(query)
  }
})

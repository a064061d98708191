import { beforeEach, expect, test } from 'vitest'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { readAlerts } from '../../lib/queries/alerts.ts'
import { tellingWorld } from '../commands/telling-world.ts'

const { sql, project, clients, outsider } = await tellingWorld()
const EVERYTHING = { status: null, subject: null, rule: null, level: null, below: null, above: null } as const
const AT = Date.UTC(2026, 10, 20, 9)

beforeEach(() => sql`truncate public.alerts cascade`)

async function fire(given: { muted?: string; unmuted?: boolean; minute?: number } = {}): Promise<void> {
  const { muted = null, unmuted = false, minute = 0 } = given
  const [monitor] = await sql`
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    values (${project.id}, ${`api-${minute}`}, 'API', 'http', '{}', 60, 5000, 'high')
    on conflict (project_id, key) do update set name = excluded.name returning id`
  await sql`
    insert into public.alerts (project_id, monitor_id, kind, severity, reason, started_at, muted_code, muted_reason, unmuted_at)
    values (${project.id}, ${monitor?.id}, 'down', 'high', 'timed out', ${new Date(AT + minute * 60_000)},
      ${muted === null ? null : 'silenced'}, ${muted}, ${unmuted ? new Date(AT) : null})`
}

test('the history says why an alert of a monitor was kept quiet, until it is told after all', async () => {
  await fire({ minute: 0 })
  await fire({ minute: 1, muted: 'muted: silenced by ann until 10:10' })
  await fire({ minute: 2, muted: 'muted: silenced by ann until 10:10', unmuted: true })
  const { alerts } = await readAlerts(createRuleReader(clients.viewer), project.id, EVERYTHING)
  expect(alerts.map(({ toldReason }) => toldReason)).toEqual([null, 'muted: silenced by ann until 10:10', null])
})

test('whoever is not of the project sees none', async () => {
  await fire()
  expect((await readAlerts(createRuleReader(outsider), project.id, EVERYTHING)).alerts).toEqual([])
})

import { expect, test } from 'vitest'
import { createRuleCommands } from '../../lib/adapters/supabase/rule-commands.ts'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { DAY, type Instant, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { findRule } from '../../lib/queries/rules.ts'
import { monitorWorld } from '../commands/monitor/world.ts'
import { useFakeClock as replaceDatabaseClock } from '../support/postgres.ts'

const world = await monitorWorld()
const NOW = Date.UTC(2026, 10, 23, 12)
await replaceDatabaseClock(world.sql, NOW)

const saved = await createRuleCommands(world.clients.admin).save(world.projectId, {
  key: 'noisy',
  name: 'Noisy',
  enabled: true,
  condition: { kind: 'composite', mode: 'any', rules: ['other'], level: 'critical' },
  groupBy: [],
  groupLimit: 10,
  forMs: 0,
  keepFiringForMs: 0,
  noData: 'keep',
  severity: { warning: 'low', critical: 'high' },
  notifyChannelIds: [],
  throttleMs: 0,
  repeatMs: 0,
  incidentBy: null,
  inhibitedBy: [],
  runbook: null,
  labels: {},
  pack: null,
})
if (!saved.ok) throw new Error('no rule')
const ruleId = saved.value
const noise = async () =>
  (await findRule(createRuleReader(world.clients.viewer), { id: world.projectId, timeZone: 'UTC' }, 'noisy'))?.noise

let number = 0
async function alert(at: Instant, lastedMs: number, { told = true, acknowledged = false } = {}): Promise<void> {
  number += 1
  const [incident] = await world.sql<{ id: string }[]>`
    insert into public.incidents (project_id, number, title, priority, status, reason, started_at, detected_at, acknowledged_at, resolved_at)
    values (${world.projectId}, ${number}, 'x', 'P1', 'resolved', 'x', ${toIso(at)}, ${toIso(at)},
      ${acknowledged ? toIso(at + MINUTE) : null}, ${toIso(at + lastedMs)}) returning id`
  await world.sql`
    insert into public.alerts (project_id, rule_id, group_key, group_values, level, kind, severity, reason, started_at, status, resolved_at,
      told_at, incident_id)
    values (${world.projectId}, ${ruleId}, '[]', '{}', 'critical', 'rule', 'high', 'x', ${toIso(at)}, 'resolved', ${toIso(at + lastedMs)},
      ${told ? toIso(at) : null}, ${incident?.id ?? null})`
}

test('a week without alerts says nothing, and so do alerts that nobody was told of or that are older', async () => {
  await alert(NOW - 8 * DAY, MINUTE)
  await alert(NOW - DAY, MINUTE, { told: false })
  expect(await noise()).toMatchObject({ score: null, pages: 0 })
})

test('what was told and was over within five minutes without anybody counts against what somebody took on', async () => {
  await alert(NOW - 2 * DAY, 4 * MINUTE)
  expect(await noise()).toMatchObject({ score: 100, pages: 1, acknowledged: 0, selfHealed: 1 })
  // Short, but somebody took it on; and long, which says nothing of itself.
  await alert(NOW - 3 * DAY, 4 * MINUTE, { acknowledged: true })
  await alert(NOW - 4 * DAY, 6 * MINUTE)
  expect(await noise()).toMatchObject({ score: 50, pages: 3, acknowledged: 1, selfHealed: 1 })
  await alert(NOW - 5 * DAY, 60 * MINUTE, { acknowledged: true })
  await alert(NOW - 6 * DAY, 60 * MINUTE, { acknowledged: true })
  expect(await noise()).toMatchObject({ score: 25, pages: 5, acknowledged: 3, selfHealed: 1 })
})

import { expect, test } from 'vitest'
import { createRuleCommands } from '../../../lib/adapters/supabase/rule-commands.ts'
import { createRuleReader } from '../../../lib/adapters/supabase/rule-reader.ts'
import { deleteRules } from '../../../lib/commands/rule/delete.ts'
import { restoreRule } from '../../../lib/commands/rule/restore.ts'
import { saveRule } from '../../../lib/commands/rule/save.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import { DAY, HOUR } from '../../../lib/domain/time/instant.ts'
import { useFakeClock as replaceDatabaseClock } from '../../support/postgres.ts'
import { monitorWorld } from '../monitor/world.ts'

const world = await monitorWorld()
const NOW = Date.UTC(2026, 10, 23, 9)
const clock = await replaceDatabaseClock(world.sql, NOW)
const commandsOf = (role: 'viewer' | 'responder' | 'admin') => createRuleCommands(world.clients[role])
const rules = createRuleReader(world.clients.viewer)
const restore = (key: string, role: 'viewer' | 'responder' | 'admin' = 'admin') =>
  restoreRule(commandsOf(role), world.projectId, key)

const specOf = (key: string): RuleSpec => ({
  key,
  name: 'Rules fire',
  enabled: true,
  condition: { kind: 'composite', mode: 'any', rules: ['other'], level: 'warning' },
  groupBy: [],
  groupLimit: 7,
  forMs: HOUR,
  keepFiringForMs: 0,
  noData: 'keep',
  severity: { warning: 'low', critical: 'high' },
  notifyChannelIds: [],
  throttleMs: HOUR,
  repeatMs: 0,
  incidentBy: ['team'],
  inhibitedBy: [{ rule: 'other', equal: ['team'] }],
  runbook: 'RB-001',
  labels: { team: 'shop' },
  pack: { pack: 'own', row: 'one', version: 1 },
})

async function deleted(key: string) {
  await clock.set(NOW)
  await saveRule(commandsOf('admin'), world.projectId, specOf(key))
  const before = (await rules.listAll(world.projectId)).find((rule) => rule.key === key)
  expect(await deleteRules(commandsOf('admin'), world.projectId, [key])).toEqual({ ok: true, value: 1 })
  return before
}

test('a deleted rule comes back as it was, with its id, and the log says who brought it', async () => {
  const before = await deleted('back')
  expect((await rules.listAll(world.projectId)).map(({ key }) => key)).not.toContain('back')
  const answer = await restore('back')
  expect(answer).toEqual({ ok: true, value: before?.id })
  expect((await rules.listAll(world.projectId)).find(({ key }) => key === 'back')).toEqual(before)
  const entries = await world.sql`
    select action from public.audit_entries where subject_id = ${before?.id ?? ''} order by id`
  expect(entries.map(({ action }) => action)).toEqual(['rule_created', 'rule_deleted', 'rule_restored'])
  const [run] = await world.sql`select next_due_at from public.rule_runs where project_id = ${world.projectId}`
  expect(Number(run?.next_due_at)).toBe(NOW)
})

test('it comes back once, for a day, and not over another rule of its key', async () => {
  await deleted('once')
  expect(await restore('once')).toMatchObject({ ok: true })
  expect(await restore('once')).toMatchObject({ ok: false, errors: [{ code: 'PT409' }] })
  await deleted('taken')
  await saveRule(commandsOf('admin'), world.projectId, specOf('taken'))
  expect(await restore('taken')).toMatchObject({ ok: false, errors: [{ code: 'PT409' }] })
  await deleted('old')
  await clock.set(NOW + DAY + 1)
  expect(await restore('old')).toMatchObject({ ok: false, errors: [{ code: 'PT404' }] })
})

test('only admins of its project bring it back', async () => {
  await deleted('theirs')
  for (const role of ['viewer', 'responder'] as const)
    expect(await restore('theirs', role)).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await restoreRule(createRuleCommands(world.outsider), world.projectId, 'theirs')).toMatchObject({
    ok: false,
    errors: [{ code: 'PT404' }],
  })
  expect(await restore('theirs')).toMatchObject({ ok: true })
})

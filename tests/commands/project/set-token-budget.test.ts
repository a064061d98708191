import { expect, test } from 'vitest'
import { createSettingsCommands } from '../../../lib/adapters/supabase/settings-commands.ts'
import { createSettingsReader } from '../../../lib/adapters/supabase/settings-reader.ts'
import { setTokenBudget } from '../../../lib/commands/project/set-token-budget.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const as = (role: 'viewer' | 'responder' | 'admin') => createSettingsCommands(world.clients[role])
const read = () => createSettingsReader(world.clients.viewer).readTokenBudget(world.project.id)

test('an admin sets the budget as people write numbers, takes it away again, and the log says so', async () => {
  expect(await setTokenBudget(as('admin'), world.project.id, ' 5 000 000 ')).toEqual({ ok: true, value: null })
  expect(await read()).toBe(5_000_000)
  expect(await setTokenBudget(as('admin'), world.project.id, '')).toEqual({ ok: true, value: null })
  expect(await read()).toBeNull()
  const entries = await world.sql<{ details: unknown }[]>`
    select details from public.audit_entries where project_id = ${world.project.id} and action = 'project_updated' order by id`
  expect(entries.map(({ details }) => details)).toEqual([
    { monthly_token_budget: { from: null, to: 5_000_000 } },
    { monthly_token_budget: { from: 5_000_000, to: null } },
  ])
})

test.each(['0', '-5', '1.5', 'many', '1e9', '9'.repeat(16)])(
  '“%s” is refused by its field and changes nothing',
  async (text) => {
    expect(await setTokenBudget(as('admin'), world.project.id, text)).toMatchObject({
      ok: false,
      errors: [{ field: 'tokens', given: text }],
    })
    expect(await read()).toBeNull()
  },
)

test.each(['viewer', 'responder'] as const)('a %s sets no budget', async (role) => {
  expect(await setTokenBudget(as(role), world.project.id, '1')).toMatchObject({
    ok: false,
    errors: [{ code: 'PT403' }],
  })
})

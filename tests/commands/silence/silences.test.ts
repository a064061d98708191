import { expect, test } from 'vitest'
import { createMuteCommands } from '../../../lib/adapters/supabase/mute-commands.ts'
import { createMuteReader } from '../../../lib/adapters/supabase/mute-reader.ts'
import { createSilence, type SilenceDraft } from '../../../lib/commands/silence/create.ts'
import { expireSilence } from '../../../lib/commands/silence/expire.ts'
import { DAY, HOUR } from '../../../lib/domain/time/instant.ts'
import { readSilences } from '../../../lib/queries/silences.ts'
import { useFakeClock as replaceDatabaseClock } from '../../support/postgres.ts'
import { monitorWorld } from '../monitor/world.ts'

const world = await monitorWorld()
const NOW = Date.UTC(2026, 10, 23, 9)
const clock = await replaceDatabaseClock(world.sql, NOW)
const DRAFT: SilenceDraft = { matchers: ['monitor=api'], startsAt: NOW, endsAt: NOW + HOUR, comment: 'known' }

const commandsOf = (role: 'viewer' | 'responder' | 'admin') => createMuteCommands(world.clients[role])
const create = (draft: Partial<SilenceDraft>, role: 'viewer' | 'responder' = 'responder') =>
  createSilence(commandsOf(role), world.projectId, { ...DRAFT, ...draft })
const stages = async (now = NOW) => readSilences(createMuteReader(world.clients.viewer), world.projectId, now)

test('a responder silences by labels, in one way of writing them, with their name and an audit entry', async () => {
  await clock.set(NOW)
  const made = await create({ matchers: [' monitor = api ', 'severity=~"low|medium"'] })
  if (!made.ok) throw new Error(made.errors[0]?.message)
  const { active } = await stages()
  expect(active).toMatchObject([
    { id: made.value, matchers: ['monitor="api"', 'severity=~"low|medium"'], endsAt: NOW + HOUR, comment: 'known' },
  ])
  expect(active[0]?.author).toContain('@')
  expect(await world.sql`select action from public.audit_entries where subject_id = ${made.value}`).toEqual([
    { action: 'silence_created' },
  ])
})

test('a viewer can neither make nor end one, and somebody of another project learns nothing', async () => {
  const [known] = (await stages()).active
  expect(await create({}, 'viewer')).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await expireSilence(commandsOf('viewer'), world.projectId, known?.id ?? '')).toMatchObject({
    ok: false,
    errors: [{ code: 'PT403' }],
  })
  const outsider = createMuteCommands(world.outsider)
  expect(await createSilence(outsider, world.projectId, DRAFT)).toMatchObject({
    ok: false,
    errors: [{ code: 'PT404' }],
  })
  expect(await createMuteReader(world.outsider).listSilences(world.projectId)).toEqual([])
})

test('one that is ended early is past at once, and cannot be ended again', async () => {
  const made = await create({ startsAt: NOW + DAY, endsAt: NOW + 2 * DAY })
  if (!made.ok) throw new Error('not made')
  expect((await stages()).scheduled).toMatchObject([{ id: made.value }])
  expect(await expireSilence(commandsOf('responder'), world.projectId, made.value)).toEqual({ ok: true, value: null })
  expect((await stages()).past).toMatchObject([{ id: made.value, startsAt: NOW, endsAt: NOW }])
  expect(await expireSilence(commandsOf('responder'), world.projectId, made.value)).toMatchObject({ ok: false })
})

test('what was told already stays told: a beginning in the past becomes now', async () => {
  const made = await create({ startsAt: NOW - DAY })
  const { active } = await stages()
  expect(active.find(({ id }) => made.ok && id === made.value)?.startsAt).toBe(NOW)
})

test.each<[string, Partial<SilenceDraft>, string]>([
  ['no condition', { matchers: [] }, 'matchers'],
  ['a condition that is none', { matchers: ['monitor=api', 'nonsense'] }, 'matchers'],
  ['a pattern that may run for ever', { matchers: ['monitor=~"(a+)+"'] }, 'matchers'],
  ['no beginning', { startsAt: Number.NaN, endsAt: Number.NaN }, 'startsAt'],
  ['an end before its beginning', { endsAt: NOW - 1 }, 'endsAt'],
  ['an end that is past', { startsAt: NOW - DAY, endsAt: NOW - HOUR }, 'endsAt'],
  ['more than ninety days', { endsAt: NOW + 91 * DAY }, 'endsAt'],
])('%s is refused at its field', async (_name, draft, field) => {
  const refused = await create(draft)
  expect(refused.ok ? [] : refused.errors.map((error) => error.field)).toContain(field)
})

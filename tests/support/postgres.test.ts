import { expect, test } from 'vitest'
import { testDatabase, useFakeClock } from './postgres.ts'

const database = await testDatabase()

test('a test database has the auth schema and every migration', async () => {
  const [row] =
    await database.sql`select to_regclass('auth.users')::text as users, to_regclass('public.projects')::text as projects`
  expect(row).toEqual({ users: 'auth.users', projects: 'projects' })
})

test('the fake clock moves what the schema takes for now', async () => {
  const clock = await useFakeClock(database.sql, Date.UTC(2026, 2, 29, 0, 30))
  await clock.advance(90_000)
  const [row] = await database.sql`select private.now() as now`
  expect(row?.now).toEqual(new Date('2026-03-29T00:31:30Z'))
  expect(await clock.now()).toBe(Date.UTC(2026, 2, 29, 0, 31, 30))
})

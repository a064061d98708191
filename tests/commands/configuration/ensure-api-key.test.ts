import { beforeAll, expect, test } from 'vitest'
import { createApiKeyStore } from '../../../lib/adapters/supabase/api-key-store.ts'
import { hashApiKey } from '../../../lib/adapters/system/hash-api-key.ts'
import { ensureApiKey } from '../../../lib/commands/configuration/ensure-api-key.ts'
import type { ApiKeyStore } from '../../../lib/ports/api-store.ts'
import { type TestStack, testStack } from '../../support/stack.ts'

let stack: TestStack
let keys: ApiKeyStore
let projectIds: string[]
beforeAll(async () => {
  stack = await testStack()
  keys = createApiKeyStore(stack.service as never)
  const rows = await stack.sql`insert into public.projects (slug, name) values ('a', 'A'), ('b', 'B') returning id`
  projectIds = rows.map(({ id }) => id as string)
})

const ensure = (key: string, project = 0) =>
  ensureApiKey(
    { keys, hashKey: hashApiKey },
    { name: 'VIGIE_API_KEY', key, scopes: ['read', 'write', 'ingest'] },
    projectIds[project] ?? '',
  )
const find = (key: string) => keys.findKey(hashApiKey(key))

test('the key of the environment opens its project, however often it is set', async () => {
  await ensure('first-key-of-sixteen')
  await ensure('first-key-of-sixteen')
  expect(await find('first-key-of-sixteen')).toMatchObject({ projectSlug: 'a', scopes: ['read', 'write', 'ingest'] })
  const stored = JSON.stringify(await stack.sql`select * from public.api_keys`)
  expect(stored).not.toContain('first-key')
})

test('a later value replaces it, and the former opens nothing any more', async () => {
  await ensure('second-key-of-sixteen')
  expect(await find('second-key-of-sixteen')).not.toBeNull()
  expect(await find('first-key-of-sixteen')).toBeNull()
})

test('it follows to the project that a configuration file names', async () => {
  await ensure('second-key-of-sixteen', 1)
  expect(await find('second-key-of-sixteen')).toMatchObject({ projectSlug: 'b' })
})

test('an unknown key opens nothing', async () => {
  expect(await find('made-up')).toBeNull()
})

import type { ApiKeyStore } from '../../ports/api-store.ts'

/** The key that the environment sets; a later value of VIGIE_API_KEY replaces it. */
const NAME = 'VIGIE_API_KEY'
/** Enough to tell keys apart in a list. A chosen key may have no more than 16 characters, of which this must leave most unsaid. */
const PREFIX_LENGTH = 4

/** Makes `key` open the project for reading, configuring and sending data. Repeating it changes nothing. */
export async function ensureApiKey(
  deps: { keys: ApiKeyStore; hashKey: (key: string) => string },
  key: string,
  projectId: string,
): Promise<void> {
  const prefix = key.slice(0, PREFIX_LENGTH)
  await deps.keys.setKey(projectId, {
    name: NAME,
    prefix,
    hash: deps.hashKey(key),
    scopes: ['read', 'write', 'ingest'],
  })
}

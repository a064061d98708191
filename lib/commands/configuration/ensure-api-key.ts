import type { ApiKeyStore, ApiScope } from '../../ports/api-store.ts'

/** Enough to tell keys apart in a list. A chosen key may have no more than 16 characters, of which this must leave most unsaid. */
const PREFIX_LENGTH = 4

/** Makes `key` open the project for what `scopes` say; it replaces the one of the same name. Repeating it changes nothing. */
export async function ensureApiKey(
  deps: { keys: ApiKeyStore; hashKey: (key: string) => string },
  { name, key, scopes }: { name: string; key: string; scopes: ApiScope[] },
  projectId: string,
): Promise<void> {
  const prefix = key.slice(0, PREFIX_LENGTH)
  await deps.keys.setKey(projectId, {
    name,
    prefix,
    hash: deps.hashKey(key),
    scopes,
  })
}

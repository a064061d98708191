import type { ApiKeyFacts, ApiKeyStore, ApiScope } from '../../ports/api-store.ts'

export type Authorisation =
  | { ok: true; key: ApiKeyFacts }
  | { ok: false; reason: 'no_key' | 'unknown_key' | 'scope'; message: string }

/** RFC 6750, section 2.1; the scheme's case says nothing (RFC 9110, section 11.1). */
const BEARER = /^bearer +([\w\-.~+/]+=*) *$/i

/**
 * Whether `authorization: Bearer <key>` or `x-api-key: <key>` carries a key that may do what `scope` names. The second is for exporters that
 * can be given headers, but none with a space in its value.
 */
export async function authoriseKey(
  deps: { keys: ApiKeyStore; hashKey: (key: string) => string },
  headers: Headers,
  scope: ApiScope,
): Promise<Authorisation> {
  const header = headers.get('authorization')
  const given = header === null ? headers.get('x-api-key')?.trim() : BEARER.exec(header)?.[1]
  if (given === undefined || given === '') {
    return { ok: false, reason: 'no_key', message: 'Send an API key of the project: Authorization: Bearer <key>.' }
  }
  const key = await deps.keys.findKey(deps.hashKey(given))
  if (key === null)
    return { ok: false, reason: 'unknown_key', message: 'This API key is not known, or it was revoked.' }
  if (key.scopes.includes(scope)) return { ok: true, key }
  return {
    ok: false,
    reason: 'scope',
    message: `This needs an API key with the scope ${scope}; "${key.name}" has ${key.scopes.join(', ')}.`,
  }
}

import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'
import type { ApiKeyScope } from '../../ports/settings-reader.ts'

export const API_KEY_SCOPES = ['read', 'write', 'ingest'] as const satisfies readonly ApiKeyScope[]

/** A fresh key and what is kept of it. */
export interface MintedKey {
  /** Shown once. */
  key: string
  /** The first characters, by which people tell keys apart. */
  prefix: string
  /** SHA-256, hex. */
  hash: string
}

/** Makes an API key. The key is in the answer and nowhere else: only its hash is stored. */
export async function createApiKey(
  deps: { commands: SettingsCommands; mintKey: () => MintedKey },
  projectId: string,
  draft: { name: string; scopes: string[] },
): Promise<CommandResult<{ key: string }>> {
  const name = draft.name.trim()
  if (name === '' || name.length > 120) return refuse('name', 'invalid', 'must be 1 to 120 characters')
  const scopes = API_KEY_SCOPES.filter((scope) => draft.scopes.includes(scope))
  if (scopes.length === 0 || scopes.length !== draft.scopes.length) {
    return refuse('scopes', 'invalid', `must be at least one of ${API_KEY_SCOPES.join(', ')}`)
  }
  const { key, prefix, hash } = deps.mintKey()
  const answer = await deps.commands.createApiKey(projectId, { name, prefix, hash, scopes })
  return answer.ok ? { ok: true, value: { key } } : answer
}

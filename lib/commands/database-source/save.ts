import { describeAddress } from '../../domain/database/config.ts'
import type { ConnectionParts } from '../../domain/database/source.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { ConnectionChange, DatabaseCommands, MetricsKeyChange } from '../../ports/database-commands.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { type DatabaseSourceDraft, parseDatabaseSource } from './parse-source.ts'

/** Adds a database (`id` null) or changes one. Wrong values change nothing. */
export async function saveDatabaseSource(
  { commands, secretBox }: { commands: DatabaseCommands; secretBox: Pick<SecretBox, 'seal'> },
  projectId: string,
  id: string | null,
  draft: DatabaseSourceDraft,
): Promise<CommandResult<{ id: string; result: 'created' | 'updated' }>> {
  const parsed = parseDatabaseSource(draft, id === null)
  if (!parsed.ok) return parsed
  const { base, connection } = parsed.value
  return commands.save(projectId, {
    id,
    kind: draft.kind,
    ...base,
    connection: connectionChange(connection, draft.connection, secretBox),
    metricsKey: metricsKeyChange(draft.metricsKey, secretBox),
  })
}

/** The text is kept, not its parts: what reads it later may understand more of it. */
function connectionChange(
  parts: ConnectionParts | null,
  text: string,
  secretBox: Pick<SecretBox, 'seal'>,
): ConnectionChange {
  if (parts === null) return { op: 'keep' }
  return { op: 'set', ciphertext: secretBox.seal(text), address: describeAddress(parts) }
}

function metricsKeyChange(key: string | null, secretBox: Pick<SecretBox, 'seal'>): MetricsKeyChange {
  if (key === null) return { op: 'keep' }
  return key === '' ? { op: 'clear' } : { op: 'set', ciphertext: secretBox.seal(key) }
}

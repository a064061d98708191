import type { ChannelCommands, SecretChange } from '../../ports/channel-commands.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { type ChannelDraft, type ParsedChannel, parseChannel } from './parse-channel.ts'

export interface SavedChannel {
  id: string
  result: 'created' | 'updated' | 'unchanged'
}

/** Creates a channel (`id` null) or changes one. Wrong values change nothing. */
export async function saveChannel(
  deps: { commands: ChannelCommands; secretBox: SecretBox },
  projectId: string,
  id: string | null,
  draft: ChannelDraft,
): Promise<CommandResult<SavedChannel>> {
  const parsed = parseChannel(draft)
  if (!parsed.ok) return parsed
  const { base, target, secrets } = parsed.value
  return deps.commands.save(projectId, { id, ...base, ...target, secret: sealChange(secrets, deps.secretBox) })
}

function sealChange(secrets: ParsedChannel['secrets'], secretBox: SecretBox): SecretChange {
  if (secrets === null) return { op: 'keep' }
  return Object.keys(secrets).length === 0 ? { op: 'clear' } : { op: 'set', ciphertext: secretBox.seal(secrets) }
}

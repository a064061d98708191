import type { SecretChange } from '../../ports/channel-commands.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'
import type { LogDrainCommands } from '../../ports/log-drain.ts'
import type { SecretBox } from '../../ports/secret-box.ts'

export interface LogDrainDraft {
  /** The code that Vercel shows; `''` for none. */
  verifyToken: string
  /** Null keeps what is stored, `''` removes it. */
  secret: string | null
}

/** It becomes the value of a header. */
const VERIFY_TOKEN = /^[A-Za-z0-9_.-]{0,200}$/
const SECRET = /^\S{8,200}$/

/** Sets what deliveries of Vercel are checked with. Answers whether anything changed. */
export async function saveLogDrain(
  deps: { commands: LogDrainCommands; secretBox: SecretBox },
  projectId: string,
  draft: LogDrainDraft,
): Promise<CommandResult<boolean>> {
  const verifyToken = draft.verifyToken.trim()
  const errors: FieldError[] = []
  if (!VERIFY_TOKEN.test(verifyToken)) {
    const message = 'must be letters, digits, points, dashes and underscores, at most 200'
    errors.push({ field: 'verifyToken', code: 'invalid', message })
  }
  if (draft.secret !== null && draft.secret !== '' && !SECRET.test(draft.secret)) {
    errors.push({ field: 'secret', code: 'invalid', message: 'must be 8 to 200 characters without spaces' })
  }
  if (errors.length > 0) return { ok: false, errors }
  return deps.commands.save(projectId, { verifyToken, secret: sealChange(draft.secret, deps.secretBox) })
}

function sealChange(secret: string | null, secretBox: SecretBox): SecretChange {
  if (secret === null) return { op: 'keep' }
  return secret === '' ? { op: 'clear' } : { op: 'set', ciphertext: secretBox.seal({ secret }) }
}

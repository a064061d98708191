import { z } from 'zod'
import { INTEGRATION_KINDS, SECRET_ORIGINS } from '../../domain/deployment/integration.ts'
import type { SecretChange } from '../../ports/channel-commands.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'
import type { IntegrationCommands } from '../../ports/integration-commands.ts'
import type { SecretBox } from '../../ports/secret-box.ts'

/** What a form says of a connection, before it is checked. */
export interface IntegrationDraft {
  kind: string
  name: string
  enabled: boolean
  /** Null keeps what is stored; `''` asks for a new one where it is ours to make. */
  secret: string | null
  organization: string
  project: string
  /** Null keeps what is stored, `''` removes it. */
  token: string | null
}

export interface SavedIntegration {
  id: string
  key: string
  /** A secret that was made just now: shown once, and stored sealed alone. */
  secret: string | null
}

const slug = z.string().regex(/^([a-z0-9][a-z0-9_-]{0,99})?$/, 'must be a slug, as it stands in addresses of Sentry')

const draftSchema = z.object({
  kind: z.enum(INTEGRATION_KINDS),
  name: z.string().trim().min(1, 'must be 1 to 120 characters').max(120, 'must be 1 to 120 characters'),
  enabled: z.boolean(),
  // Sixteen random letters cannot be guessed at six hundred tries a minute; all providers' own are longer.
  secret: z
    .string()
    .trim()
    .max(500)
    .regex(/^$|^\S{16,}$/, 'must be at least 16 characters without spaces')
    .nullable(),
  organization: slug,
  project: slug,
  token: z
    .string()
    .trim()
    .max(500)
    .regex(/^$|^\S{16,}$/, 'must be at least 16 characters without spaces')
    .nullable(),
})

/** Makes a connection (`id` null) or changes one. Wrong values change nothing. */
export async function saveIntegration(
  deps: { commands: IntegrationCommands; secretBox: SecretBox; mintSecret: () => string },
  projectId: string,
  id: string | null,
  draft: IntegrationDraft,
): Promise<CommandResult<SavedIntegration>> {
  const parsed = draftSchema.safeParse(draft)
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.map(toFieldError) }
  const { kind, name, enabled, secret: given, organization, project, token } = parsed.data
  const minted = given === '' && SECRET_ORIGINS[kind] === 'ours' ? deps.mintSecret() : null
  const answer = await deps.commands.save(projectId, {
    id,
    kind,
    name,
    enabled,
    sentry: { organization, project },
    secret: toChange(minted ?? (given || null), deps.secretBox),
    token: token === '' ? { op: 'clear' } : toChange(token, deps.secretBox),
  })
  return answer.ok ? { ok: true, value: { ...answer.value, secret: minted } } : answer
}

function toChange(secret: string | null, secretBox: SecretBox): SecretChange {
  return secret === null ? { op: 'keep' } : { op: 'set', ciphertext: secretBox.seal(secret) }
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  return { field: issue.path.join('.'), code: 'invalid', message: issue.message }
}

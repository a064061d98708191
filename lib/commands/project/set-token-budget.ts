import { z } from 'zod'
import type { CommandResult } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'

const budgetSchema = z
  .string()
  .trim()
  // As people write it: 5 000 000 or 5,000,000.
  .transform((text) => text.replace(/[\s\u00a0\u202f,]/g, ''))
  .refine(
    (text) => text === '' || (/^\d{1,15}$/.test(text) && Number(text) > 0),
    'must be a number of tokens such as 5000000, or empty',
  )
  .transform((text) => (text === '' ? null : Number(text)))

/** Sets how many tokens a project means to use in a month; an empty text takes the budget away. A wrong value changes nothing. */
export async function setTokenBudget(
  commands: SettingsCommands,
  projectId: string,
  text: string,
): Promise<CommandResult> {
  const parsed = budgetSchema.safeParse(text)
  if (parsed.success) return commands.setTokenBudget(projectId, parsed.data)
  const message = parsed.error.issues[0]?.message ?? ''
  return { ok: false, errors: [{ field: 'tokens', code: 'invalid', message, given: text }] }
}

import { z } from 'zod'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'

const ROLES = ['owner', 'admin', 'responder', 'viewer'] as const

/** Adds a person who has an account, or changes their role. The last owner stays one. */
export async function saveMember(
  commands: SettingsCommands,
  projectId: string,
  email: string,
  role: string,
): Promise<CommandResult> {
  const address = email.trim()
  if (!z.email().safeParse(address).success) {
    return refuse('email', 'invalid', 'must be an e-mail address such as you@example.com')
  }
  const known = ROLES.find((candidate) => candidate === role)
  if (known === undefined) return refuse('role', 'invalid', `must be one of ${ROLES.join(', ')}`)
  return commands.saveMember(projectId, address, known)
}

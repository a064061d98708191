import type { CommandResult } from '../../ports/command-result.ts'
import type { SiteCommands } from '../../ports/site-commands.ts'

/** Puts a new key in place of the old one. Pages that still carry the old one are refused at once. */
export function rotateSiteKey(commands: SiteCommands, projectId: string): Promise<CommandResult> {
  return commands.rotateKey(projectId)
}

import type { CommandResult } from './command-result.ts'

/** Changes the key that pages carry, in the name of the signed-in person; the database checks the role. Admins. */
export interface SiteCommands {
  saveSite(projectId: string, allowedOrigins: readonly string[]): Promise<CommandResult>
  rotateKey(projectId: string): Promise<CommandResult>
}

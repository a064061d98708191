import type { Role } from '../domain/monitor/role.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { CommandResult } from './command-result.ts'
import type { ApiKeyScope } from './settings-reader.ts'

export interface ProjectToSave {
  name: string
  timeZone: string
  locale: Locale
  reportRecipients: string[]
}

/** Changes a project, its people and its keys in the name of the signed-in person; the database checks the role. */
export interface SettingsCommands {
  /** Admins. */
  saveProject(projectId: string, project: ProjectToSave): Promise<CommandResult>
  /** Tokens of language models in a month; null takes the budget away. Admins. */
  setTokenBudget(projectId: string, tokens: number | null): Promise<CommandResult>
  /** Owners of any project; the caller owns the new one. */
  createProject(project: {
    slug: string
    name: string
    timeZone: string
    locale: Locale
  }): Promise<CommandResult<{ slug: string }>>
  /** Adds a person who has an account, or changes their role. Owners. */
  saveMember(projectId: string, email: string, role: Role): Promise<CommandResult>
  /** Owners. */
  removeMember(projectId: string, userId: string): Promise<CommandResult<boolean>>
  /** Admins. Only the hash is handed over. */
  createApiKey(
    projectId: string,
    key: { name: string; prefix: string; hash: string; scopes: ApiKeyScope[] },
  ): Promise<CommandResult<string>>
  revokeApiKey(projectId: string, keyId: string): Promise<CommandResult<boolean>>
}

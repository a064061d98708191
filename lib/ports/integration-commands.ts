import type { IntegrationKind, SentryConfig } from '../domain/deployment/integration.ts'
import type { SecretChange } from './channel-commands.ts'
import type { CommandResult } from './command-result.ts'

export interface IntegrationToSave {
  /** Null creates. The kind of an existing one stays what it is. */
  id: string | null
  kind: IntegrationKind
  name: string
  sentry: SentryConfig
  enabled: boolean
  /** Proves who calls the webhook. */
  secret: SecretChange
  /** Of the provider's API. */
  token: SecretChange
}

/** Changes connections in the name of the signed-in person; the database checks the role (admin). */
export interface IntegrationCommands {
  save(projectId: string, integration: IntegrationToSave): Promise<CommandResult<{ id: string; key: string }>>
  /** False when there is none. */
  delete(projectId: string, integrationId: string): Promise<CommandResult<boolean>>
}

import type { IntegrationCommands } from '../../ports/integration-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createIntegrationCommands(client: Client): IntegrationCommands {
  return {
    save: (projectId, { sentry, ...integration }) =>
      command(client, 'save_integration', {
        p_project_id: projectId,
        p_integration: { ...integration, config: integration.kind === 'sentry' ? sentry : {} } as never,
      }),
    delete: (projectId, integrationId) =>
      command(client, 'delete_integration', { p_project_id: projectId, p_integration_id: integrationId }),
  }
}

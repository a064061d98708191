import type { DatabaseCommands } from '../../ports/database-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createDatabaseCommands(client: Client): DatabaseCommands {
  return {
    save: (projectId, { id, key, kind, name, projectRef, storageLimitBytes, enabled, connection, metricsKey }) =>
      command(client, 'save_database_source', {
        p_project_id: projectId,
        p_source: {
          id,
          key,
          kind,
          name,
          project_ref: projectRef,
          storage_limit_bytes: storageLimitBytes,
          enabled,
          connection,
          metrics_key: metricsKey,
        } as never,
      }),
    delete: (projectId, sourceId) =>
      command(client, 'delete_database_source', { p_project_id: projectId, p_source_id: sourceId }),
    check: (projectId, sourceId) =>
      command(client, 'check_database_source', { p_project_id: projectId, p_source_id: sourceId }),
  }
}

import type { SloCommands } from '../../ports/slo-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createSloCommands(client: Client): SloCommands {
  return {
    save: (projectId, id, spec) =>
      command(client, 'save_slo', {
        p_project_id: projectId,
        p_slo: { ...spec, ...(id === null ? {} : { id }) } as never,
      }),
    delete: (projectId, sloId) => command(client, 'delete_slo', { p_project_id: projectId, p_slo_id: sloId }),
  }
}

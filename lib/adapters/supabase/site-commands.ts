import type { SiteCommands } from '../../ports/site-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

/** `client` acts as the person who asks. */
export function createSiteCommands(client: Client): SiteCommands {
  return {
    async saveSite(projectId, allowedOrigins) {
      const names = { p_project_id: projectId, p_allowed_origins: [...allowedOrigins] }
      const answer = await command(client, 'save_site', names)
      return answer.ok ? { ok: true, value: null } : answer
    },
    async rotateKey(projectId) {
      const answer = await command(client, 'rotate_site_key', { p_project_id: projectId })
      return answer.ok ? { ok: true, value: null } : answer
    },
  }
}

import type { SettingsCommands } from '../../ports/settings-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createSettingsCommands(client: Client): SettingsCommands {
  return {
    async saveProject(projectId, { name, timeZone, locale, reportRecipients }) {
      const project = { name, time_zone: timeZone, locale, report_recipients: reportRecipients }
      return withoutValue(
        await command(client, 'save_project', { p_project_id: projectId, p_project: project as never }),
      )
    },
    async setTokenBudget(projectId, tokens) {
      const budget = tokens === null ? {} : { p_tokens: tokens }
      return withoutValue(await command(client, 'set_token_budget', { p_project_id: projectId, ...budget }))
    },
    createProject: ({ slug, name, timeZone, locale }) =>
      command(client, 'create_project', { p_project: { slug, name, time_zone: timeZone, locale } as never }),
    async saveMember(projectId, email, role) {
      return withoutValue(
        await command(client, 'save_member', { p_project_id: projectId, p_email: email, p_role: role }),
      )
    },
    removeMember: (projectId, userId) =>
      command(client, 'remove_member', { p_project_id: projectId, p_user_id: userId }),
    createApiKey: (projectId, { name, prefix, hash, scopes }) =>
      command(client, 'create_api_key', {
        p_project_id: projectId,
        p_name: name,
        p_prefix: prefix,
        p_hash: hash,
        p_scopes: scopes,
      }),
    revokeApiKey: (projectId, keyId) => command(client, 'revoke_api_key', { p_project_id: projectId, p_key_id: keyId }),
  }
}

/** The database answers `true`, which says no more than that it did not refuse. */
function withoutValue<Result extends { ok: boolean }>(result: Result) {
  return result.ok ? ({ ok: true, value: null } as const) : (result as Extract<Result, { ok: false }>)
}

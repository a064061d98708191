import type { Role } from '../../domain/monitor/role.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { ApiKeyScope, AuditEntry, SettingsReader } from '../../ports/settings-reader.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'
import { takeOne, takeRows } from './take.ts'

/** A project has far fewer members and keys; the bound keeps a mistake from becoming a flood. */
const LIMIT = 1_000
const ROLE_ORDER: readonly Role[] = ['owner', 'admin', 'responder', 'viewer']

/** Settings, people, keys and the audit log over PostgREST, under the row level security of the client's person. */
export function createSettingsReader(client: Client): SettingsReader {
  return {
    async readSettings(projectId) {
      const row = takeOne(
        await client
          .from('projects')
          .select('id, slug, name, time_zone, locale, report_recipients')
          .eq('id', projectId)
          .single(),
      )
      const { id, slug, name, time_zone, locale, report_recipients } = row
      return { id, slug, name, timeZone: time_zone, locale: locale as 'en' | 'fr', reportRecipients: report_recipients }
    },

    async readTokenBudget(projectId) {
      const found = await client.from('projects').select('monthly_token_budget').eq('id', projectId).single()
      return takeOne(found).monthly_token_budget
    },

    async listMembers(projectId) {
      const rows = takeRows(
        await client
          .from('memberships')
          .select('user_id, email, role, created_at')
          .eq('project_id', projectId)
          .order('email')
          .limit(LIMIT),
      )
      const members = rows.map((row) => ({
        userId: row.user_id,
        email: row.email,
        role: row.role as Role,
        createdAt: fromIso(row.created_at),
      }))
      return members.sort((a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role))
    },

    async listApiKeys(projectId) {
      const rows = takeRows(
        await client
          .from('api_keys')
          .select('id, name, prefix, scopes, created_by, created_at, last_used_at, revoked_at')
          .eq('project_id', projectId)
          .order('created_at', { ascending: false })
          .limit(LIMIT),
      )
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        prefix: row.prefix,
        scopes: row.scopes as ApiKeyScope[],
        createdBy: row.created_by,
        createdAt: fromIso(row.created_at),
        lastUsedAt: toInstant(row.last_used_at),
        revokedAt: toInstant(row.revoked_at),
      }))
    },

    async listAudit(projectId, { subjectKind, below, above, limit }) {
      let query = client
        .from('audit_entries')
        .select('id, at, actor_user_id, actor_name, action, subject_kind, subject_id, subject_name, details')
        .eq('project_id', projectId)
      if (subjectKind !== null) query = query.eq('subject_kind', subjectKind)
      if (below !== null) query = query.lt('id', below)
      if (above !== null) query = query.gt('id', above)
      const rows = takeRows(await query.order('id', { ascending: above !== null }).limit(limit))
      return rows.map((row) => ({
        id: row.id,
        at: fromIso(row.at),
        actorUserId: row.actor_user_id,
        actorName: row.actor_name,
        action: row.action,
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        subjectName: row.subject_name,
        details: row.details as AuditEntry['details'],
      }))
    },

    async listPulses() {
      const rows = takeRows(
        await client
          .from('task_pulses')
          .select('task, started_at, finished_at, last_success_at, last_error')
          .limit(LIMIT),
      )
      return rows.map((row) => ({
        task: row.task,
        startedAt: fromIso(row.started_at),
        finishedAt: toInstant(row.finished_at),
        lastSuccessAt: toInstant(row.last_success_at),
        lastError: row.last_error,
      }))
    },
  }
}

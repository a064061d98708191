import type { Role } from '../domain/monitor/role.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Locale } from '../domain/time/locale.ts'

export type ApiKeyScope = 'read' | 'write' | 'ingest'

export interface ProjectSettings {
  id: string
  slug: string
  name: string
  timeZone: string
  locale: Locale
  reportRecipients: string[]
}

export interface Member {
  userId: string
  email: string
  role: Role
  createdAt: Instant
}

/** The key itself is not kept, only its hash: it is shown once, when it is made. */
export interface ListedApiKey {
  id: string
  name: string
  prefix: string
  scopes: ApiKeyScope[]
  createdBy: string
  createdAt: Instant
  lastUsedAt: Instant | null
  revokedAt: Instant | null
}

export interface AuditEntry {
  id: number
  at: Instant
  /** Null where the program itself acted, or a person from a signed link. */
  actorUserId: string | null
  actorName: string
  action: string
  subjectKind: string
  subjectId: string
  subjectName: string
  details: Record<string, unknown>
}

export interface AuditQuery {
  /** `monitor`, `channel`, `incident` …; null for all. */
  subjectKind: string | null
  below: number | null
  above: number | null
  limit: number
}

export interface TaskPulse {
  task: string
  startedAt: Instant
  finishedAt: Instant | null
  lastSuccessAt: Instant | null
  lastError: string | null
}

/** Reads what a project is set to and who did what in it, as the signed-in person may see it. */
export interface SettingsReader {
  readSettings(projectId: string): Promise<ProjectSettings>
  /** Owners first, then by address. */
  /** Tokens of language models that the project means to use in a month; null without a budget. */
  readTokenBudget(projectId: string): Promise<number | null>
  listMembers(projectId: string): Promise<Member[]>
  /** Newest first; empty for those who may not see them. */
  listApiKeys(projectId: string): Promise<ListedApiKey[]>
  listAudit(projectId: string, query: AuditQuery): Promise<AuditEntry[]>
  listPulses(): Promise<TaskPulse[]>
}

import type { AuditEntry, SettingsReader } from '../ports/settings-reader.ts'
import { askFor, cutPage, type KeysetPage, type KeysetPosition } from './keyset.ts'

/** Kinds of thing that the log knows, in the order of the filter. */
export const AUDIT_SUBJECTS = [
  'monitor',
  'channel',
  'incident',
  'notification',
  'report',
  'project',
  'member',
  'api_key',
  'log_drain',
  'integration',
  'database_source',
  'kpi',
  'slo',
  'rule',
  'silence',
  'maintenance',
] as const
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number]

/** One changed value. `from` is null where there was nothing to compare with. */
export interface AuditChange {
  /** Dotted path below the subject: `config.expect.latencyMs`. */
  field: string
  from: string | null
  to: string
}

export type AuditLine = Omit<AuditEntry, 'details'> & { changes: AuditChange[] }

/** A page of the audit log, newest first. */
export async function readAudit(
  reader: SettingsReader,
  projectId: string,
  request: KeysetPosition & { subjectKind: AuditSubject | null },
): Promise<KeysetPage<AuditLine>> {
  const { subjectKind, below, above } = request
  const position = { below, above }
  const found = await reader.listAudit(projectId, { subjectKind, ...askFor(position) })
  const page = cutPage(found, position, ({ id }) => id)
  return { ...page, rows: page.rows.map(({ details, ...entry }) => ({ ...entry, changes: listChanges(details) })) }
}

/**
 * The details of an entry as changes. Stored are `{field: {from, to}}` and plain values; inside of objects only the leaves that differ are
 * listed, so that one changed limit of a monitor does not repeat its whole configuration.
 */
export function listChanges(details: Record<string, unknown>): AuditChange[] {
  return Object.entries(details).flatMap(([field, value]) => {
    if (isChange(value)) return compareValues(field, value.from, value.to)
    return value === null || value === undefined ? [] : [{ field, from: null, to: showValue(value) }]
  })
}

function compareValues(field: string, from: unknown, to: unknown): AuditChange[] {
  if (isRecord(from) && isRecord(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return names.flatMap((name) => compareValues(`${field}.${name}`, from[name], to[name]))
  }
  const [before, after] = [showValue(from), showValue(to)]
  return before === after ? [] : [{ field, from: before, to: after }]
}

function showValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(showValue).join(', ')
  return isRecord(value) ? JSON.stringify(value) : String(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return isRecord(value) && Object.keys(value).length === 2 && 'from' in value && 'to' in value
}

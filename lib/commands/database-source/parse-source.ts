import { connectionStringSchema, type DatabaseSourceBase, databaseSourceSchema } from '../../domain/database/config.ts'
import type { ConnectionParts, DatabaseKind } from '../../domain/database/source.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'

/** What a form or another caller says of a database, before it is checked. */
export interface DatabaseSourceDraft {
  key: string
  name: string
  kind: DatabaseKind
  /** Empty keeps what is stored. */
  connection: string
  projectRef: string
  /** Null keeps what is stored, `''` removes it. */
  metricsKey: string | null
  /** In GB (10^9 bytes), as hosts sell it; empty when there is no limit. */
  storageLimitGb: string
  enabled: boolean
}

export interface ParsedDatabaseSource {
  base: DatabaseSourceBase
  /** Null keeps what is stored. */
  connection: ConnectionParts | null
}

const GB = 1_000_000_000

/** Checks a draft; every wrong field is named. Nothing of a secret is repeated. */
export function parseDatabaseSource(draft: DatabaseSourceDraft, isNew: boolean): CommandResult<ParsedDatabaseSource> {
  const base = databaseSourceSchema.safeParse({
    key: draft.key,
    name: draft.name,
    projectRef: draft.projectRef === '' ? null : draft.projectRef,
    storageLimitBytes: readLimit(draft.storageLimitGb),
    enabled: draft.enabled,
  })
  const isGiven = draft.connection !== ''
  const connection = isGiven ? connectionStringSchema.safeParse(draft.connection) : null
  const errors: FieldError[] = [
    ...(base.success ? [] : base.error.issues.map(({ path, message }) => invalid(fieldOf(String(path[0])), message))),
    ...(connection === null || connection.success
      ? []
      : connection.error.issues.map(({ message }) => invalid('connection', message))),
    ...(isNew && !isGiven ? [{ ...invalid('connection', 'is needed'), code: 'missing' }] : []),
    ...(draft.metricsKey && draft.projectRef === ''
      ? [{ ...invalid('projectRef', 'is needed with a key'), code: 'missing' }]
      : []),
  ]
  if (errors.length > 0 || !base.success) return { ok: false, errors }
  return { ok: true, value: { base: base.data, connection: connection?.success ? connection.data : null } }
}

/** `NaN` where it is no number: the schema refuses it by its field. */
function readLimit(text: string): number | null {
  return text === '' ? null : Math.round(Number(text.replace(',', '.')) * GB)
}

function fieldOf(name: string): string {
  return name === 'storageLimitBytes' ? 'storageLimitGb' : name
}

function invalid(field: string, message: string): FieldError {
  return { field, code: 'invalid', message: `${field} ${message}` }
}

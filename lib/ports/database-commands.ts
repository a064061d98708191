import type { DatabaseSourceBase } from '../domain/database/config.ts'
import type { DatabaseKind } from '../domain/database/source.ts'
import type { CommandResult } from './command-result.ts'

/** Secrets are write-only. A connection comes with what may be shown of it. */
export type ConnectionChange = { op: 'keep' } | { op: 'set'; ciphertext: string; address: string }
export type MetricsKeyChange = { op: 'keep' } | { op: 'clear' } | { op: 'set'; ciphertext: string }

export type DatabaseSourceToSave = DatabaseSourceBase & {
  /** Null creates. */
  id: string | null
  /** Of an existing one it stays what it is. */
  kind: DatabaseKind
  connection: ConnectionChange
  metricsKey: MetricsKeyChange
}

/** Changes databases in the name of the signed-in person; the database checks the role (admin). */
export interface DatabaseCommands {
  save(
    projectId: string,
    source: DatabaseSourceToSave,
  ): Promise<CommandResult<{ id: string; result: 'created' | 'updated' }>>
  /** False when there is no such database, or it is the installation's own. */
  delete(projectId: string, sourceId: string): Promise<CommandResult<boolean>>
  /** Whether the person may have this database looked into at once; false when there is none. */
  check(projectId: string, sourceId: string): Promise<CommandResult<boolean>>
}

import type { MonitorSpec } from '../domain/monitor/config.ts'
import type { Severity } from '../domain/monitor/severity.ts'
import type { CommandResult } from './command-result.ts'

/** What happens to the stored secrets: they are never read back, so a form can only keep, replace or clear them. */
export type SecretChange = { op: 'keep' } | { op: 'clear' } | { op: 'set'; ciphertext: string }

export interface MonitorToSave {
  /** Null makes a new one. */
  id: string | null
  spec: MonitorSpec
  notifyChannelIds: string[]
  secret: SecretChange
}

/** Fields that several monitors can be given at once; what is absent stays. */
export interface MonitorChanges {
  severity?: Severity
  tags?: string[]
}

/** Changes monitors in the name of the signed-in person; the database checks the role and the project. */
export interface MonitorCommands {
  /** Admins. */
  save(
    projectId: string,
    monitor: MonitorToSave,
  ): Promise<CommandResult<{ id: string; result: 'created' | 'updated' | 'unchanged' }>>
  /** Responders. Answers how many changed. */
  setPaused(projectId: string, monitorIds: string[], isPaused: boolean): Promise<CommandResult<number>>
  /** Admins. Answers how many changed. */
  edit(projectId: string, monitorIds: string[], changes: MonitorChanges): Promise<CommandResult<number>>
  /** Admins. Answers how many there were. */
  delete(projectId: string, monitorIds: string[]): Promise<CommandResult<number>>
}

import type { SloSpec } from '../domain/slo/slo.ts'
import type { CommandResult } from './command-result.ts'

export interface SavedSlo {
  id: string
  result: 'created' | 'updated' | 'unchanged'
}

/** Changes SLOs in the name of the signed-in person; the database checks the role (admin). */
export interface SloCommands {
  /** `id` null creates. */
  save(projectId: string, id: string | null, spec: SloSpec): Promise<CommandResult<SavedSlo>>
  /** False when it is not there. */
  delete(projectId: string, sloId: string): Promise<CommandResult<boolean>>
}

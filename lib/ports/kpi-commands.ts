import type { KpiSpec } from '../domain/kpi/config.ts'
import type { SecretChange } from './channel-commands.ts'
import type { CommandResult } from './command-result.ts'

export interface SavedKpi {
  id: string
  result: 'created' | 'updated' | 'unchanged'
}

/** Changes KPIs in the name of the signed-in person; the database checks the role (admin). */
export interface KpiCommands {
  /** `id` null creates. */
  save(projectId: string, id: string | null, spec: KpiSpec, secret: SecretChange): Promise<CommandResult<SavedKpi>>
  /** False when it is not there. */
  delete(projectId: string, kpiId: string): Promise<CommandResult<boolean>>
  /** False when nothing was different. */
  saveDigestChannels(projectId: string, channelIds: readonly string[]): Promise<CommandResult<boolean>>
}

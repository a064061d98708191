import type { PlannedTimes } from '../domain/mute/plan-ahead.ts'
import type { DeployMute, MaintenanceSpec, SilenceSpec } from '../domain/mute/schema.ts'
import type { CommandResult } from './command-result.ts'

/** Keeps alerts quiet in the name of the signed-in person; the database checks the role. */
export interface MuteCommands {
  /** The id of the new silence. Responders. */
  createSilence(projectId: string, spec: SilenceSpec): Promise<CommandResult<string>>
  /** False when it is over already. Responders. */
  expireSilence(projectId: string, silenceId: string): Promise<CommandResult<boolean>>
  /** `id` null plans a new one. Admins. */
  saveMaintenance(
    projectId: string,
    id: string | null,
    spec: MaintenanceSpec,
    times: PlannedTimes,
  ): Promise<CommandResult<string>>
  /** False when it is not there. Admins. */
  cancelMaintenance(projectId: string, windowId: string): Promise<CommandResult<boolean>>
  /** False when nothing was different. Admins. */
  setDeployMute(projectId: string, mute: DeployMute): Promise<CommandResult<boolean>>
  /** False when none runs. Responders. */
  endMaintenance(projectId: string, windowId: string): Promise<CommandResult<boolean>>
}

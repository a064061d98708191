import type { MonitorSecrets, MonitorSpec } from '../../domain/monitor/config.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { MonitorCommands, SecretChange } from '../../ports/monitor-commands.ts'
import type { SecretBox } from '../../ports/secret-box.ts'

/** A monitor as a form describes it. Secrets are write-only: without new ones the stored ones are kept or cleared. */
export interface MonitorDraft {
  /** Null for a new monitor. */
  id: string | null
  spec: MonitorSpec
  notifyChannelIds: string[]
  secrets: { op: 'keep' } | { op: 'clear' } | { op: 'set'; value: MonitorSecrets }
}

/** Creates or changes a monitor; secrets are sealed before they leave this process. */
export function saveMonitor(
  deps: { commands: Pick<MonitorCommands, 'save'>; secretBox: SecretBox },
  projectId: string,
  draft: MonitorDraft,
): Promise<CommandResult<{ id: string; result: 'created' | 'updated' | 'unchanged' }>> {
  const { secrets, ...rest } = draft
  const secret: SecretChange =
    secrets.op === 'set' ? { op: 'set', ciphertext: deps.secretBox.seal(secrets.value) } : secrets
  return deps.commands.save(projectId, { ...rest, secret })
}

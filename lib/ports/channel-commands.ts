import type { Severity } from '../domain/monitor/severity.ts'
import type { ChannelKind } from '../domain/notification/channel.ts'
import type { MessageData } from '../domain/notification/message.ts'
import type { CommandResult } from './command-result.ts'

/** Secrets are write-only: kept, replaced by a sealed value, or removed. */
export type SecretChange = { op: 'keep' } | { op: 'clear' } | { op: 'set'; ciphertext: string }

export interface ChannelToSave {
  /** Null creates. The kind of an existing channel stays what it is. */
  id: string | null
  key: string
  kind: ChannelKind
  name: string
  config: Record<string, unknown>
  minSeverity: Severity | null
  secret: SecretChange
}

/** Changes channels in the name of the signed-in person; the database checks the role (admin; responder for `retry`). */
export interface ChannelCommands {
  save(
    projectId: string,
    channel: ChannelToSave,
  ): Promise<CommandResult<{ id: string; result: 'created' | 'updated' | 'unchanged' }>>
  enable(projectId: string, channelId: string, enabled: boolean): Promise<CommandResult<boolean>>
  delete(projectId: string, channelId: string): Promise<CommandResult<boolean>>
  /** Queues a test; answers the id of its notification. */
  queueTest(projectId: string, channelId: string, payload: MessageData): Promise<CommandResult<string>>
  /** Gives a dead letter another chance; false when it is not dead. */
  retry(projectId: string, notificationId: string): Promise<CommandResult<boolean>>
}

import type { ChannelCommands } from '../../ports/channel-commands.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'

export function createChannelCommands(client: Client): ChannelCommands {
  return {
    save: (projectId, { minSeverity, ...channel }) =>
      command(client, 'save_channel', {
        p_project_id: projectId,
        p_channel: { ...channel, min_severity: minSeverity } as never,
      }),
    enable: (projectId, channelId, enabled) =>
      command(client, 'enable_channel', { p_project_id: projectId, p_channel_id: channelId, p_enabled: enabled }),
    delete: (projectId, channelId) =>
      command(client, 'delete_channel', { p_project_id: projectId, p_channel_id: channelId }),
    queueTest: (projectId, channelId, payload) =>
      command(client, 'send_test', { p_project_id: projectId, p_channel_id: channelId, p_payload: payload as never }),
    retry: (projectId, notificationId) =>
      command(client, 'retry_notification', { p_project_id: projectId, p_notification_id: notificationId }),
  }
}

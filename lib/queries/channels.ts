import type { ChannelReader, ListedChannel } from '../ports/channel-reader.ts'
import type { InstallationFacts } from '../ports/installation.ts'

/**
 * Where the messages of a channel end up now.
 * - `provider`: they leave through Resend, Twilio or Slack; `direct`: to the address itself (webhook).
 * - `outbox`: nothing is configured that could send them, so they are kept to be looked at.
 */
export type Destination = 'provider' | 'direct' | 'outbox'

export type ChannelView = ListedChannel & {
  destination: Destination
  /** Addresses, numbers or the address of a webhook; empty for Slack, whose address is a secret. */
  where: string[]
  /** How many monitors name this channel themselves. */
  monitorsNaming: number
}

/** All channels of a project with what became of their last message. */
export async function readChannels(
  reader: ChannelReader,
  projectId: string,
  facts: InstallationFacts,
): Promise<ChannelView[]> {
  const [channels, naming] = await Promise.all([reader.listChannels(projectId), reader.countMonitorsNaming(projectId)])
  return channels.map((channel) => ({
    ...channel,
    destination: destinationOf(channel, facts),
    where: whereOf(channel),
    monitorsNaming: naming.get(channel.id) ?? 0,
  }))
}

/** The same rule as the sender's (`create-channel-sender.ts`): a Slack channel's own address comes before the operator's. */
export function destinationOf(
  channel: Pick<ListedChannel, 'kind' | 'hasSecret'>,
  facts: Pick<InstallationFacts, 'resendFrom' | 'twilioFrom' | 'hasSlackAddress'>,
): Destination {
  switch (channel.kind) {
    case 'webhook':
      return 'direct'
    case 'email':
      return facts.resendFrom === null ? 'outbox' : 'provider'
    case 'sms':
      return facts.twilioFrom === null ? 'outbox' : 'provider'
    case 'slack':
      return channel.hasSecret || facts.hasSlackAddress ? 'provider' : 'outbox'
  }
}

function whereOf(channel: ListedChannel): string[] {
  switch (channel.kind) {
    case 'email':
    case 'sms':
      return channel.config.to
    case 'webhook':
      return [channel.config.url]
    case 'slack':
      return []
  }
}

import type { OutboxEntry } from '../../ports/channel.ts'
import type { ChannelSenderOptions } from './create-channel-sender.ts'
import type { ResendOptions } from './email/create-mailer.ts'

/** Which providers the operator has configured. */
export interface ConfiguredProviders extends Pick<ChannelSenderOptions, 'twilio' | 'slackDefaultUrl'> {
  resend: ResendOptions | null
}

/**
 * The kinds whose messages may be kept in the outbox, on a hosted installation as on a laptop: those without a provider. A Slack channel
 * with an address of its own goes out all the same; another one may have none.
 */
export function listOutboxKinds({
  resend,
  twilio,
  slackDefaultUrl,
}: ConfiguredProviders): OutboxEntry['channelKind'][] {
  return [
    ...(resend === null ? (['email'] as const) : []),
    ...(slackDefaultUrl === null ? (['slack'] as const) : []),
    ...(twilio === null ? (['sms'] as const) : []),
  ]
}

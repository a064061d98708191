import { z } from 'zod'
import { keySchema } from '../monitor/config.ts'
import { SEVERITIES } from '../monitor/severity.ts'

export const CHANNEL_KINDS = ['email', 'slack', 'sms', 'webhook'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

const emailAddress = z.email('must be an e-mail address such as ops@example.com')
const httpsOrLocal = z
  .string()
  .max(2_048)
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an absolute http(s) address',
  )

/** What a channel shows of itself. Secrets (webhook signing key, Slack address) live encrypted in `ChannelSecrets`. */
export const channelTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    config: z.strictObject({ to: z.array(emailAddress).min(1, 'needs at least one address').max(20) }),
  }),
  z.strictObject({ kind: z.literal('slack'), config: z.strictObject({}) }),
  z.strictObject({
    kind: z.literal('sms'),
    config: z.strictObject({
      to: z
        .array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number in international form such as +33612345678'))
        .min(1)
        .max(10),
    }),
  }),
  z.strictObject({ kind: z.literal('webhook'), config: z.strictObject({ url: httpsOrLocal }) }),
])
export type ChannelTarget = z.infer<typeof channelTargetSchema>

export const channelSecretsSchema = z.strictObject({
  /** Standard Webhooks signing secret: `whsec_` + base64 of 24 to 64 bytes; other text is used as its UTF-8 bytes. */
  signingSecret: z.string().min(8, 'must be at least 8 characters').max(512).optional(),
  /** Slack incoming-webhook address; SLACK_WEBHOOK_URL when absent. */
  slackUrl: httpsOrLocal.optional(),
})
export type ChannelSecrets = z.infer<typeof channelSecretsSchema>

export const channelBaseSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1, 'must not be empty').max(120),
  /**
   * Less severe incidents are not sent here. Null, the default, follows the guides' routing (`decideRecipients`): an explicit `low` must
   * be told from "nobody said anything", because SMS stays with critical alone until somebody says otherwise.
   */
  minSeverity: z.enum(SEVERITIES).nullable().default(null),
})
export type ChannelBase = z.infer<typeof channelBaseSchema>

export type Channel = ChannelBase &
  ChannelTarget & {
    id: string
    projectId: string
    enabled: boolean
    disabledReason: string | null
  }

import { z } from 'zod'
import { kpiKeySchema } from '../kpi/config.ts'
import { keySchema, projectSlugSchema } from '../monitor/config.ts'
import { channelBaseSchema, channelSecretsSchema, channelTargetSchema } from '../notification/channel.ts'
import { PACKS } from '../pack/packs.ts'
import { ruleFileSchema, ruleKeySchema } from '../rule/schema-file.ts'
import { sloKeySchema } from '../slo/config.ts'
import { sloFileSchema } from '../slo/schema-file.ts'
import { isTimeZone } from '../time/format-zoned.ts'
import { fileKpiSchema } from './schema-kpi.ts'
import { fileMonitorSchema } from './schema-monitor.ts'

const [email, , sms, webhook] = channelTargetSchema.options
const shared = { name: channelBaseSchema.shape.name.optional(), minSeverity: channelBaseSchema.shape.minSeverity }

const fileChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), ...shared, to: email.shape.config.shape.to }),
  /** Without `url`, SLACK_WEBHOOK_URL of the installation. */
  z.strictObject({ kind: z.literal('slack'), ...shared, url: channelSecretsSchema.shape.slackUrl }),
  z.strictObject({ kind: z.literal('sms'), ...shared, to: sms.shape.config.shape.to }),
  z.strictObject({
    kind: z.literal('webhook'),
    ...shared,
    url: webhook.shape.config.shape.url,
    secret: channelSecretsSchema.shape.signingSecret,
  }),
])
export type FileChannel = z.infer<typeof fileChannelSchema>

const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Paris')

/**
 * `vigie.yaml` as a whole, version 1. What the file describes is brought about exactly; what it does not mention (the report, whether a
 * monitor is paused, what people made in the dashboard) is left alone.
 */
export const configurationFileSchema = z.strictObject({
  version: z.literal(1, { error: 'must be 1, the version of this format' }),
  project: z.strictObject({
    slug: projectSlugSchema,
    name: z.string().trim().min(1, 'must not be empty').max(120),
    timeZone: timeZone.default('UTC'),
    locale: z.enum(['en', 'fr']).default('en'),
  }),
  channels: z.record(keySchema, fileChannelSchema).default({}),
  monitors: z.record(keySchema, fileMonitorSchema).default({}),
  /** Figures of the business; each is the metric `business.<key>`. */
  kpis: z.record(kpiKeySchema, fileKpiSchema).default({}),
  /** Packs of rules that are installed whole. */
  packs: z.array(z.enum(PACKS.map(({ key }) => key))).default([]),
  /** Rules of one's own, and of packs where they are to be different. */
  rules: z.record(ruleKeySchema, ruleFileSchema).default({}),
  /** Promises, by key. */
  slos: z.record(sloKeySchema, sloFileSchema).default({}),
  report: z
    .strictObject({
      recipients: z.array(z.email('must be an e-mail address such as ceo@example.com')).max(50).default([]),
    })
    .optional(),
})
export type ConfigurationFile = z.infer<typeof configurationFileSchema>

import { z } from 'zod'

/** What the product runs with, on Vercel and locally alike. Absent integrations are null and send to the local outbox or nowhere. */
export interface Environment {
  supabaseUrl: string
  supabasePublishableKey: string
  supabaseSecretKey: string
  cronSecret: string
  /** 32 bytes in base64: encrypts stored secrets and signs links. */
  secretKey: string
  /** Where people reach the dashboard, without a trailing slash. */
  url: string
  /** True in the embedded stack of `npm start`. */
  isLocal: boolean
  demoUrl: string | null
  /** CIDR ranges that probes may reach besides public addresses. */
  allowTargets: string[]
  apiKey: string | null
  configPath: string | null
  deadmanUrl: string | null
  resend: { apiKey: string; from: string; baseUrl: string | null } | null
  twilio: { accountSid: string; authToken: string; from: string; baseUrl: string | null } | null
  slackWebhookUrl: string | null
  sentry: { dsn: string | null; publicDsn: string | null; baseUrl: string | null }
  /** Requests of one API key in a minute. */
  rateLimitMax: number
  logLevel: (typeof LOG_LEVELS)[number]
}

export interface EnvironmentError {
  /** The variable. */
  name: string
  /** What it should be, as the end of a sentence that begins with the name. Never holds the value, which may be a secret. */
  message: string
}

export type EnvironmentVariables = Record<string, string | undefined>
export type ParsedEnvironment<Value = Environment> =
  | { ok: true; value: Value }
  | { ok: false; errors: EnvironmentError[] }

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'should be an address such as https://example.com' })
  .transform((text) => text.replace(/\/+$/, ''))
const text = z.string()
const secret = (least: number) => text.min(least, `should have at least ${least} characters`)
const cidrs = text
  .transform((list) => list.split(',').map((range) => range.trim()))
  .refine((list) => list.every((range) => z.union([z.cidrv4(), z.cidrv6()]).safeParse(range).success), {
    error: 'should be address ranges separated by commas, such as 10.0.0.0/8,fd00::/8',
  })
const key = text.refine((value) => /^[A-Za-z0-9+/]{43}=$/.test(value), {
  error: 'should be 32 random bytes in base64, as `openssl rand -base64 32` prints them',
})
const dsn = z.url({
  protocol: /^https?$/,
  error: 'should be the DSN of a Sentry project, such as https://key@o1.ingest.sentry.io/2',
})

const variables = z.object({
  SUPABASE_URL: httpUrl,
  SUPABASE_PUBLISHABLE_KEY: text,
  SUPABASE_SECRET_KEY: text,
  CRON_SECRET: secret(16),
  VIGIE_SECRET_KEY: key,
  VIGIE_URL: httpUrl,
  VIGIE_LOCAL: z.enum(['0', '1'], { error: 'should be 1 or 0' }).optional(),
  VIGIE_DEMO_URL: httpUrl.optional(),
  VIGIE_ALLOW_TARGETS: cidrs.optional(),
  VIGIE_API_KEY: secret(16).optional(),
  VIGIE_CONFIG: text.optional(),
  VIGIE_DEADMAN_URL: httpUrl.optional(),
  RESEND_API_KEY: text.optional(),
  RESEND_BASE_URL: httpUrl.optional(),
  RESEND_FROM: text
    .refine((value) => value.includes('@'), 'should be a sender such as Vigie <alerts@example.com>')
    .optional(),
  TWILIO_ACCOUNT_SID: text.startsWith('AC', 'should be a Twilio account SID, which starts with AC').optional(),
  TWILIO_AUTH_TOKEN: text.optional(),
  TWILIO_FROM: text.optional(),
  TWILIO_BASE_URL: httpUrl.optional(),
  SLACK_WEBHOOK_URL: httpUrl.optional(),
  SENTRY_DSN: dsn.optional(),
  NEXT_PUBLIC_SENTRY_DSN: dsn.optional(),
  SENTRY_BASE_URL: httpUrl.optional(),
  RATE_LIMIT_MAX: text
    .refine((value) => /^[1-9]\d{0,5}$/.test(value), 'should be the requests of one API key in a minute, such as 600')
    .default('600'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `should be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
})

const TWILIO = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const

/** Some of Twilio's variables are worse than none: messages would be composed and never sent. */
function findMissingTwilio(env: EnvironmentVariables): EnvironmentError[] {
  const missing = TWILIO.filter((name) => !env[name])
  if (missing.length === TWILIO.length) return []
  return missing.map((name) => ({ name, message: `is missing: Twilio needs all of ${TWILIO.join(', ')}` }))
}

/**
 * Reads and checks the whole environment. Every wrong variable is named, not only the first one; an empty one counts as
 * absent. The names that Vercel's Supabase integration sets are understood.
 */
export function parseEnvironment(env: EnvironmentVariables): ParsedEnvironment {
  const given = withAliases(withoutEmpty(env))
  const parsed = variables.safeParse(given)
  const errors = [...(parsed.success ? [] : listErrors(parsed.error)), ...findMissingTwilio(given)]
  return parsed.success && errors.length === 0 ? { ok: true, value: toEnvironment(parsed.data) } : { ok: false, errors }
}

/** Variables that were set to nothing are dropped: `.env` files and dashboards leave such ones behind. */
export function withoutEmpty(env: EnvironmentVariables): EnvironmentVariables {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()] as const] : [])),
  )
}

/** One line a variable: "should be …", or "is missing …". */
export function listErrors(error: z.ZodError): EnvironmentError[] {
  return error.issues.map((issue) => ({
    name: issue.path.join('.'),
    message: issue.code === 'invalid_type' ? 'is missing' : issue.message,
  }))
}

function withAliases(env: EnvironmentVariables): EnvironmentVariables {
  const production = env.VERCEL_PROJECT_PRODUCTION_URL
  const aliases = {
    SUPABASE_URL: env.SUPABASE_URL ?? env.NEXT_PUBLIC_SUPABASE_URL,
    SUPABASE_PUBLISHABLE_KEY:
      env.SUPABASE_PUBLISHABLE_KEY ?? env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? env.SUPABASE_ANON_KEY,
    SUPABASE_SECRET_KEY: env.SUPABASE_SECRET_KEY ?? env.SUPABASE_SERVICE_ROLE_KEY,
    VIGIE_URL: env.VIGIE_URL ?? (production ? `https://${production}` : undefined),
  }
  return { ...env, ...withoutEmpty(aliases) }
}

function toEnvironment(values: z.output<typeof variables>): Environment {
  const { RESEND_API_KEY, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM } = values
  return {
    supabaseUrl: values.SUPABASE_URL,
    supabasePublishableKey: values.SUPABASE_PUBLISHABLE_KEY,
    supabaseSecretKey: values.SUPABASE_SECRET_KEY,
    cronSecret: values.CRON_SECRET,
    secretKey: values.VIGIE_SECRET_KEY,
    url: values.VIGIE_URL,
    isLocal: values.VIGIE_LOCAL === '1',
    demoUrl: values.VIGIE_DEMO_URL ?? null,
    allowTargets: values.VIGIE_ALLOW_TARGETS ?? [],
    apiKey: values.VIGIE_API_KEY ?? null,
    configPath: values.VIGIE_CONFIG ?? null,
    deadmanUrl: values.VIGIE_DEADMAN_URL ?? null,
    resend: RESEND_API_KEY
      ? {
          apiKey: RESEND_API_KEY,
          // Resend's own sender, which reaches the account's owner only: enough to try it out.
          from: values.RESEND_FROM ?? 'Vigie <onboarding@resend.dev>',
          baseUrl: values.RESEND_BASE_URL ?? null,
        }
      : null,
    twilio:
      TWILIO_ACCOUNT_SID && TWILIO_AUTH_TOKEN && TWILIO_FROM
        ? {
            accountSid: TWILIO_ACCOUNT_SID,
            authToken: TWILIO_AUTH_TOKEN,
            from: TWILIO_FROM,
            baseUrl: values.TWILIO_BASE_URL ?? null,
          }
        : null,
    slackWebhookUrl: values.SLACK_WEBHOOK_URL ?? null,
    sentry: {
      dsn: values.SENTRY_DSN ?? null,
      publicDsn: values.NEXT_PUBLIC_SENTRY_DSN ?? null,
      baseUrl: values.SENTRY_BASE_URL ?? null,
    },
    rateLimitMax: Number(values.RATE_LIMIT_MAX),
    logLevel: values.LOG_LEVEL,
  }
}

import { yamlSyntax } from '../adapters/configuration/yaml-syntax.ts'
import { createApiKeyStore } from '../adapters/supabase/api-key-store.ts'
import { createApiStore } from '../adapters/supabase/api-store.ts'
import { DatabaseError } from '../adapters/supabase/call.ts'
import { createConfigurationStore } from '../adapters/supabase/configuration-store.ts'
import { type Client, createSupabaseClient } from '../adapters/supabase/create-client.ts'
import { createHealthStore } from '../adapters/supabase/health-store.ts'
import { isDatabaseAway } from '../adapters/supabase/is-database-away.ts'
import { createOwnRoles } from '../adapters/supabase/own-roles.ts'
import { createRateLimiter } from '../adapters/supabase/rate-limiter.ts'
import { hashApiKey } from '../adapters/system/hash-api-key.ts'
import { environment, wireMachine } from './machine.ts'

/** What the REST API and the local start's configuration work with. */
export function wireApi() {
  const { env, client, log, clock, secretBox } = wireMachine()
  return {
    baseUrl: env.url,
    log,
    clock,
    keys: createApiKeyStore(client),
    hashKey: hashApiKey,
    limiter: createRateLimiter(client),
    rateLimit: { capacity: env.rateLimitMax, windowSeconds: 60 },
    store: createApiStore(client),
    configuration: { store: createConfigurationStore(client), secretBox, syntax: yamlSyntax },
  }
}

/** Whoever asks for the health gives up after a few seconds, and so does the question to the database. */
const HEALTH_DEADLINE_MS = 2_500

export function wireHealth() {
  const env = environment()
  return {
    store: createHealthStore(createSupabaseClient(env.supabaseUrl, env.supabaseSecretKey, HEALTH_DEADLINE_MS)),
    providers: { resend: env.resend !== null, twilio: env.twilio !== null, slack: env.slackWebhookUrl !== null },
    version: process.env.VERCEL_GIT_COMMIT_SHA?.slice(0, 7) ?? 'local',
  }
}

/** What a thrown error of the database means to whoever asked: away for now, refused with a sentence, or null for a bug. */
export function explainDatabaseError(
  error: unknown,
): { kind: 'away' } | { kind: 'refused'; status: number; message: string; field: string | null } | null {
  if (isDatabaseAway(error)) return { kind: 'away' }
  if (!(error instanceof DatabaseError) || !error.isRefusal) return null
  return { kind: 'refused', status: Number(error.code.slice(2)), message: error.message, field: error.field }
}

/** The roles of the signed-in person, read in their own name. */
export function wireOwnRoles(client: Client) {
  return createOwnRoles(client)
}

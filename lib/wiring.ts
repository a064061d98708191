import { createChannelSender } from './adapters/channels/create-channel-sender.ts'
import { pingDeadman } from './adapters/channels/deadman.ts'
import { createMailer } from './adapters/channels/email/create-mailer.ts'
import { createGuardedPost } from './adapters/channels/guarded-post.ts'
import { createAcknowledgeSigner } from './adapters/channels/sign-acknowledge.ts'
import { createAddressPolicy } from './adapters/net/address-policy.ts'
import { createProber } from './adapters/net/create-prober.ts'
import { createGuardedRequest } from './adapters/net/guarded-request.ts'
import { createSupabaseClient } from './adapters/supabase/create-client.ts'
import { createOutbox } from './adapters/supabase/outbox.ts'
import { createPipelineStore } from './adapters/supabase/pipeline-store.ts'
import { systemClock } from './adapters/system/clock.ts'
import { createLog } from './adapters/system/log.ts'
import { systemRandom } from './adapters/system/random.ts'
import { createSecretBox } from './adapters/system/secret-box.ts'
import { type Environment, parseEnvironment } from './environment.ts'

/** The only place that reads the environment and builds adapters. */

let cached: Environment | null = null

/** The checked environment. Throws, naming every wrong variable, when something is missing: nothing runs half-configured. */
export function environment(): Environment {
  if (cached !== null) return cached
  const parsed = parseEnvironment(process.env)
  if (!parsed.ok) {
    const lines = parsed.errors.map(({ name, message }) => `${name} ${message}`)
    throw new Error(`The environment is not complete: ${lines.join('; ')}`)
  }
  cached = parsed.value
  return cached
}

/** What the machine's own work shares. The secret key is used here and nowhere else. */
export function wireService() {
  const env = environment()
  const client = createSupabaseClient(env.supabaseUrl, env.supabaseSecretKey)
  const log = createLog(env.logLevel)
  return { env, client, log, clock: systemClock, random: systemRandom, secretBox: createSecretBox(env.secretKey) }
}

/** Where a function runs: Vercel names its region, a laptop is one place. */
function region(): string {
  return process.env.VERCEL_REGION ?? 'local'
}

/** Everything that scheduled functions and pings need. */
export function wireTasks() {
  const service = wireService()
  const { env, client, clock } = service
  const allow = createAddressPolicy(env.allowTargets)
  const outbox = createOutbox(client)
  const mailer = createMailer({ resend: env.resend, outbox, clock })
  const signer = createAcknowledgeSigner(env.secretKey)
  const { deadmanUrl } = env
  return {
    ...service,
    cronSecret: env.cronSecret,
    baseUrl: env.url,
    region: region(),
    store: createPipelineStore(client),
    prober: createProber({ allow, clock }),
    mailer,
    sender: createChannelSender({
      mailer,
      twilio: env.twilio,
      slackDefaultUrl: env.slackWebhookUrl,
      guardedPost: createGuardedPost(createGuardedRequest({ allow })),
      outbox,
      clock,
    }),
    acknowledgeUrl: (incidentId: string, channelId: string, expiresAt: number) =>
      `${env.url}/ack/${signer.sign(incidentId, channelId, expiresAt)}`,
    sendDueReports: async () => 0,
    pingDeadman: deadmanUrl === null ? null : async () => (await pingDeadman(deadmanUrl)).ok,
  }
}

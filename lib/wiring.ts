import { createChannelSender } from './adapters/channels/create-channel-sender.ts'
import { pingDeadman } from './adapters/channels/deadman.ts'
import { createMailer } from './adapters/channels/email/create-mailer.ts'
import { createGuardedPost } from './adapters/channels/guarded-post.ts'
import { createAcknowledgeSigner } from './adapters/channels/sign-acknowledge.ts'
import { createAddressPolicy } from './adapters/net/address-policy.ts'
import { createProber } from './adapters/net/create-prober.ts'
import { createGuardedRequest } from './adapters/net/guarded-request.ts'
import { createReportRenderer, renderReportHtml } from './adapters/report/create-report-renderer.tsx'
import { createAcknowledgeLinkStore } from './adapters/supabase/acknowledge-link.ts'
import { createChannelCommands } from './adapters/supabase/channel-commands.ts'
import { createChannelReader } from './adapters/supabase/channel-reader.ts'
import { type Client, createSupabaseClient } from './adapters/supabase/create-client.ts'
import { createFrameReader } from './adapters/supabase/frame-reader.ts'
import { createIncidentCommands } from './adapters/supabase/incident-commands.ts'
import { createIncidentReader } from './adapters/supabase/incident-reader.ts'
import { createMonitorCommands } from './adapters/supabase/monitor-commands.ts'
import { createMonitorReader } from './adapters/supabase/monitor-reader.ts'
import { createMonitorSecretReader } from './adapters/supabase/monitor-secrets.ts'
import { createOutbox } from './adapters/supabase/outbox.ts'
import { createPipelineStore } from './adapters/supabase/pipeline-store.ts'
import { createReportReader, createReportRequests } from './adapters/supabase/report-reader.ts'
import { createReportStore } from './adapters/supabase/report-store.ts'
import { createSettingsCommands } from './adapters/supabase/settings-commands.ts'
import { createSettingsReader } from './adapters/supabase/settings-reader.ts'
import { systemClock } from './adapters/system/clock.ts'
import { createInstallation } from './adapters/system/installation.ts'
import { createLog } from './adapters/system/log.ts'
import { mintApiKey } from './adapters/system/mint-api-key.ts'
import { systemRandom } from './adapters/system/random.ts'
import { createSecretBox } from './adapters/system/secret-box.ts'
import { type Environment, parseEnvironment } from './environment.ts'
import { deliver } from './tasks/deliver.ts'
import { sendDueReports } from './tasks/send-reports.ts'
import './traced-templates.ts'

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
    store: createPipelineStore(client, service.log),
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
    sendDueReports: () =>
      sendDueReports({
        reports: createReportStore(client),
        renderer: createReportRenderer({ url: env.url }),
        mailer,
        clock,
        random: service.random,
        log: service.log,
      }),
    pingDeadman: deadmanUrl === null ? null : async () => (await pingDeadman(deadmanUrl)).ok,
  }
}

/** What pages and their actions work with. `client` acts as the signed-in person: row level security decides what there is. */
export function wirePeople(client: Client) {
  return {
    frame: createFrameReader(client),
    monitors: createMonitorReader(client),
    monitorCommands: createMonitorCommands(client),
    incidents: createIncidentReader(client),
    incidentCommands: createIncidentCommands(client),
    channels: createChannelReader(client),
    channelCommands: createChannelCommands(client),
    settings: createSettingsReader(client),
    settingsCommands: createSettingsCommands(client),
  }
}

/** What saving and trying out a monitor needs besides the person's own client: sealing, and one guarded probe. */
export function wireProbing() {
  const { env, client, clock, secretBox } = wireService()
  return {
    secretBox,
    secrets: createMonitorSecretReader(client),
    prober: createProber({ allow: createAddressPolicy(env.allowTargets), clock }),
  }
}

/** Facts about this installation that pages show. */
export function wireFacts() {
  const env = environment()
  return {
    url: env.url,
    demoUrl: env.isLocal ? env.demoUrl : null,
    /** Messages of some kind stay here to be looked at, because no provider takes them. */
    hasOutbox: env.resend === null || env.twilio === null || (env.isLocal && env.slackWebhookUrl === null),
  }
}

/** What an action needs to send something at once, and to seal what it stores. Deliveries run in the machine's own name. */
export function wireTelling() {
  const tasks = wireTasks()
  const { clock, secretBox } = tasks
  return { clock, secretBox, mintKey: mintApiKey, deliverNow: () => deliver(tasks) }
}

/** What the reports page needs: figures and requests in the person's own name, the mail itself in the machine's. */
export function wireReports(client: Client) {
  const { env, mailer, clock } = wireTasks()
  return {
    url: env.url,
    clock,
    mailer,
    reader: createReportReader(client),
    requests: createReportRequests(client),
    renderer: createReportRenderer({ url: env.url }),
    renderHtml: renderReportHtml,
  }
}

/** What the page behind an acknowledge link needs: nobody is signed in there, so the verified token is the only right it has. */
export function wireAcknowledge() {
  const { env, client, clock } = wireService()
  return {
    clock,
    verifier: createAcknowledgeSigner(env.secretKey),
    store: createAcknowledgeLinkStore(client),
    deliverNow: () => deliver(wireTasks()),
  }
}

/** What the set-up page shows and tries out. Works, and says what is wrong, while the environment is not complete. */
export function wireInstallation() {
  const parsed = parseEnvironment(process.env)
  if (!parsed.ok) {
    return createInstallation({
      problems: parsed.errors,
      facts: null,
      database: null,
      mailer: null,
      pingDeadman: null,
      clock: systemClock,
      random: systemRandom,
    })
  }
  const env = parsed.value
  const { deadmanUrl } = env
  const platform = env.isLocal ? 'local' : process.env.VERCEL === '1' ? 'vercel' : 'other'
  return createInstallation({
    problems: [],
    facts: {
      isLocal: env.isLocal,
      url: env.url,
      databaseHost: new URL(env.supabaseUrl).host,
      resendFrom: env.resend?.from ?? null,
      twilioFrom: env.twilio?.from ?? null,
      hasSlackAddress: env.slackWebhookUrl !== null,
      hasSentry: env.sentry.dsn !== null,
      hasDeadman: deadmanUrl !== null,
      allowTargets: env.allowTargets,
      platform,
    },
    database: { url: env.supabaseUrl, key: env.supabaseSecretKey },
    mailer: wireTasks().mailer,
    pingDeadman: deadmanUrl === null ? null : () => pingDeadman(deadmanUrl),
    clock: systemClock,
    random: systemRandom,
  })
}

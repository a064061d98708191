import { listOutboxKinds } from '../adapters/channels/outbox-kinds.ts'
import { createAcknowledgeSigner } from '../adapters/channels/sign-acknowledge.ts'
import { createAddressPolicy } from '../adapters/net/address-policy.ts'
import { createProber } from '../adapters/net/create-prober.ts'
import { createReportRenderer, renderReportHtml } from '../adapters/report/create-report-renderer.tsx'
import { createAcknowledgeLinkStore } from '../adapters/supabase/acknowledge-link.ts'
import { createChannelCommands } from '../adapters/supabase/channel-commands.ts'
import { createChannelReader } from '../adapters/supabase/channel-reader.ts'
import type { Client } from '../adapters/supabase/create-client.ts'
import { createDatabaseCommands } from '../adapters/supabase/database-commands.ts'
import { createDatabaseReader } from '../adapters/supabase/database-reader.ts'
import { createDeploymentReader } from '../adapters/supabase/deployment-reader.ts'
import { createErrorReader } from '../adapters/supabase/error-reader.ts'
import { createFeedbackReader } from '../adapters/supabase/feedback-reader.ts'
import { createFrameReader } from '../adapters/supabase/frame-reader.ts'
import { createIncidentCommands } from '../adapters/supabase/incident-commands.ts'
import { createIncidentReader } from '../adapters/supabase/incident-reader.ts'
import { createIntegrationCommands } from '../adapters/supabase/integration-commands.ts'
import { createIntegrationReader } from '../adapters/supabase/integration-reader.ts'
import { createKpiCommands } from '../adapters/supabase/kpi-commands.ts'
import { createKpiReader } from '../adapters/supabase/kpi-reader.ts'
import { createMonitorCommands } from '../adapters/supabase/monitor-commands.ts'
import { createMonitorReader } from '../adapters/supabase/monitor-reader.ts'
import { createMonitorSecretReader } from '../adapters/supabase/monitor-secrets.ts'
import { createPackStore } from '../adapters/supabase/pack-store.ts'
import { createRateLimiter } from '../adapters/supabase/rate-limiter.ts'
import { createReportReader, createReportRequests } from '../adapters/supabase/report-reader.ts'
import { createRuleCommands } from '../adapters/supabase/rule-commands.ts'
import { createRuleReader } from '../adapters/supabase/rule-reader.ts'
import { createSettingsCommands } from '../adapters/supabase/settings-commands.ts'
import { createSettingsReader } from '../adapters/supabase/settings-reader.ts'
import { createSiteCommands } from '../adapters/supabase/site-commands.ts'
import { createSloCommands } from '../adapters/supabase/slo-commands.ts'
import { createSloReader } from '../adapters/supabase/slo-reader.ts'
import { createTelemetryReader } from '../adapters/supabase/telemetry-reader.ts'
import { createVitalReader } from '../adapters/supabase/vital-reader.ts'
import { mintApiKey } from '../adapters/system/mint-api-key.ts'
import { deliver } from '../tasks/deliver.ts'
import { environment, wireMachine } from './machine.ts'
import { wireMuting } from './muting.ts'
import { targetFormats } from './target-formats.ts'
import { wireTasks } from './tasks.ts'

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
    telemetry: createTelemetryReader(client),
    deployments: createDeploymentReader(client),
    errors: createErrorReader(client),
    integrations: createIntegrationReader(client),
    integrationCommands: createIntegrationCommands(client),
    databases: createDatabaseReader(client),
    databaseCommands: createDatabaseCommands(client),
    feedback: createFeedbackReader(client),
    vitals: createVitalReader(client),
    siteCommands: createSiteCommands(client),
    kpis: createKpiReader(client),
    kpiCommands: createKpiCommands(client),
    rules: createRuleReader(client),
    packs: createPackStore(client),
    ruleCommands: createRuleCommands(client),
    ...wireMuting(client),
    slos: createSloReader(client),
    sloCommands: createSloCommands(client),
  }
}

/** What saving and trying out a monitor needs besides the person's own client: sealing, and one guarded probe. */
export function wireProbing() {
  const { env, client, clock, secretBox } = wireMachine()
  return {
    secretBox,
    secrets: createMonitorSecretReader(client),
    prober: createProber({ allow: createAddressPolicy(env.allowTargets), clock, formats: targetFormats }),
  }
}

/** Facts about this installation that pages show. */
export function wireFacts() {
  const env = environment()
  return {
    url: env.url,
    demoUrl: env.isLocal ? env.demoUrl : null,
    /** Messages of some kind stay here to be looked at, because no provider takes them. */
    hasOutbox: listOutboxKinds({ ...env, slackDefaultUrl: env.slackWebhookUrl }).length > 0,
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

/** Attempts to sign in are counted in the machine's name: whoever tries is nobody yet. */
export function wireSignIn() {
  return createRateLimiter(wireMachine().client)
}

/** What the page behind an acknowledge link needs: nobody is signed in there, so the verified token is the only right it has. */
export function wireAcknowledge() {
  const { env, client, clock } = wireMachine()
  return {
    clock,
    verifier: createAcknowledgeSigner(env.secretKey),
    store: createAcknowledgeLinkStore(client),
    deliverNow: () => deliver(wireTasks()),
  }
}

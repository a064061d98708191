import { createChannelSender } from '../adapters/channels/create-channel-sender.ts'
import { pingDeadman } from '../adapters/channels/deadman.ts'
import { createMailer } from '../adapters/channels/email/create-mailer.ts'
import { createGuardedPost } from '../adapters/channels/guarded-post.ts'
import { createAcknowledgeSigner } from '../adapters/channels/sign-acknowledge.ts'
import { scrapeToSeries } from '../adapters/ingest/prometheus/to-series.ts'
import { createAddressPolicy } from '../adapters/net/address-policy.ts'
import { createProber } from '../adapters/net/create-prober.ts'
import { createGuardedRequest } from '../adapters/net/guarded-request.ts'
import { createReportRenderer } from '../adapters/report/create-report-renderer.tsx'
import { createFeedbackStore } from '../adapters/supabase/feedback-store.ts'
import { createOutbox } from '../adapters/supabase/outbox.ts'
import { createPipelineStore } from '../adapters/supabase/pipeline-store.ts'
import { createRateLimiter } from '../adapters/supabase/rate-limiter.ts'
import { createReportStore } from '../adapters/supabase/report-store.ts'
import { createTelemetryStore } from '../adapters/supabase/telemetry-store.ts'
import { createControls } from '../tasks/check-controls.ts'
import { sendDueReports } from '../tasks/send-reports.ts'
import { wireDatabases } from './databases.ts'
import { watchKpis } from './kpis.ts'
import { wireMachine } from './machine.ts'
import { homeRegion, regionEnvironment, wireRegionProber } from './regions.ts'
import { evaluateRules } from './rules.ts'
import { targetFormats } from './target-formats.ts'
import './traced-templates.ts'

/** Everything that scheduled functions and pings need. */
export function wireTasks() {
  const service = wireMachine()
  const { env, client, clock } = service
  const allow = createAddressPolicy(env.allowTargets)
  const outbox = createOutbox(client)
  const mailer = createMailer({ resend: env.resend, outbox, clock })
  const signer = createAcknowledgeSigner(env.secretKey)
  const { deadmanUrl } = env
  const region = homeRegion()
  const prober = createProber({ allow, clock, formats: targetFormats })
  return {
    ...service,
    cronSecret: env.cronSecret,
    baseUrl: env.url,
    region,
    regions: wireRegionProber(),
    controls: createControls({ prober, clock, targets: regionEnvironment().controlTargets, region }),
    store: createPipelineStore(client, service.log),
    limiter: createRateLimiter(client),
    telemetry: createTelemetryStore(client),
    scrapeToSeries,
    prober,
    feedback: createFeedbackStore(client),
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
    collectDatabases: () => wireDatabases().collect(),
    watchKpis,
    evaluateRules,
    pingDeadman: deadmanUrl === null ? null : async () => (await pingDeadman(deadmanUrl)).ok,
  }
}

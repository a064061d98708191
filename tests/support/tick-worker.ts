import { createClient } from '@supabase/supabase-js'
import { createChannelSender } from '../../lib/adapters/channels/create-channel-sender.ts'
import { createGuardedPost } from '../../lib/adapters/channels/guarded-post.ts'
import { scrapeToSeries } from '../../lib/adapters/ingest/prometheus/to-series.ts'
import { createAddressPolicy } from '../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../lib/adapters/net/create-prober.ts'
import { createGuardedRequest } from '../../lib/adapters/net/guarded-request.ts'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { systemClock } from '../../lib/adapters/system/clock.ts'
import { systemRandom } from '../../lib/adapters/system/random.ts'
import { createSecretBox } from '../../lib/adapters/system/secret-box.ts'
import { connectLiteToPostgres, createSupabaseLite } from '../../lib/local/database/supabase-lite.ts'
import { tick } from '../../lib/tasks/tick.ts'
import { targetFormats } from '../../lib/wiring/target-formats.ts'
import { createKillable } from './killable.ts'

/**
 * A process of its own that ticks until it is killed: real clock, network and database. `KILL_AT` (`send:after`) names the call before or
 * after which it sends itself SIGKILL; with none it goes on.
 */
const { DATABASE_URL = '', KILL_AT = '' } = process.env
const KEYS = { jwtSecret: 'x'.repeat(40), publishableKey: 'sb_publishable_worker', secretKey: 'sb_secret_worker' }

const connection = await connectLiteToPostgres(DATABASE_URL)
const app = await createSupabaseLite({
  connection,
  keys: KEYS,
  siteUrl: 'http://localhost:3000',
  sendMail: async () => undefined,
})
await app.init()
const client = createClient('http://supabase.test', KEYS.secretKey, {
  global: {
    fetch: (async (input: RequestInfo | URL, init?: RequestInit) =>
      app.fetch(new Request(input, init))) as typeof fetch,
  },
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  // supabase-js throws on Node 20 without a WebSocket; nothing here listens.
  realtime: { transport: class {} as never },
})
// As the local stack does, which knows that it is alone: the leases of the process that was killed before end at once.
await client.rpc('release_leases')

const allow = createAddressPolicy(['127.0.0.0/8'])
const refuse = () => Promise.reject(new Error('only webhooks are sent here'))
const worker = createKillable(
  {
    store: createPipelineStore(client as never, { error: () => undefined }),
    prober: createProber({ allow, clock: systemClock, formats: targetFormats }),
    sender: createChannelSender({
      mailer: { send: refuse },
      twilio: null,
      slackDefaultUrl: null,
      guardedPost: createGuardedPost(createGuardedRequest({ allow })),
      outbox: { keep: refuse },
      clock: systemClock,
    }),
  },
  async (name, call) => {
    if (KILL_AT === `${name}:before`) process.kill(process.pid, 'SIGKILL')
    const answer = await call()
    if (KILL_AT === `${name}:after`) process.kill(process.pid, 'SIGKILL')
    return answer
  },
)

for (;;) {
  await tick({
    ...worker.deps,
    clock: systemClock,
    random: systemRandom,
    log: { info: () => undefined, warn: console.error, error: console.error },
    secretBox: createSecretBox('secret key of the worker'),
    region: 'local',
    regions: { probe: async () => new Map() },
    controls: { findDoubt: async () => null },
    baseUrl: 'http://localhost:3000',
    acknowledgeUrl: () => 'http://localhost:3000/ack',
    sendDueReports: async () => 0,
    collectDatabases: async () => 0,
    watchKpis: async () => 0,
    evaluateRules: async () => ({ changed: 0, nextDueAt: null }),
    telemetry: createTelemetryStore(client as never),
    scrapeToSeries,
    pingDeadman: null,
  })
}

import { pingDeadman } from '../adapters/channels/deadman.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createInstallation } from '../adapters/system/installation.ts'
import { systemRandom } from '../adapters/system/random.ts'
import { parseEnvironment } from './environment.ts'
import { wireTasks } from './tasks.ts'

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

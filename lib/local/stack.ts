import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EnvironmentVariables, withoutEmpty } from '../wiring/environment.ts'
import { buildDashboard, isBuildStale } from './dashboard-build.ts'
import { readMigrations } from './database/migrate.ts'
import { openDatabase } from './database/open-database.ts'
import { type AuthMail, createSupabaseLite } from './database/supabase-lite.ts'
import { startDemoTarget } from './demo-target.ts'
import type { LocalEnvironment } from './environment.ts'
import { ensureFirstAdmin, type FirstAdmin, findKnownAdmin } from './first-admin.ts'
import { findFreePort } from './free-port.ts'
import { startFunctionsHost } from './functions-host.ts'
import { loadOnce } from './load-module.ts'
import { startNextServer } from './next-server.ts'
import { openRoles } from './open-roles.ts'
import { productEnvironment } from './product-environment.ts'
import { startReloadingHost } from './reloading-host.ts'
import { startScheduler } from './scheduler.ts'
import { loadStackKeys } from './stack-keys.ts'
import type { StackLog } from './stack-log.ts'
import { serveSupabase } from './supabase-server.ts'
import { readVercelConfig } from './vercel-config.ts'

export interface StackOptions {
  root: string
  /** Prepared and locked by the caller. */
  dataDirectory: string
  local: LocalEnvironment
  given: EnvironmentVariables
  isDevelopment: boolean
  log: StackLog
  say: (line: string) => void
  sendAuthMail: (mail: AuthMail) => Promise<void>
  /** Called with every step's undoing as soon as that step is done; the last one is undone first. */
  onStarted: (stop: () => Promise<void>) => void
}

export interface RunningData {
  supabaseUrl: string
  environment: EnvironmentVariables
  admin: FirstAdmin
}

/** How long a running function may take to finish when the stack is stopped. */
const FUNCTION_GRACE_MS = 10_000

/** Database, schema, API and first admin; sets the environment of this process, in which the functions run. */
export async function startData(options: StackOptions): Promise<RunningData> {
  const { root, dataDirectory, local, log, say, onStarted } = options
  const keys = loadStackKeys(dataDirectory)
  say('Starting the database…')
  const database = await openDatabase({
    directory: dataDirectory,
    password: keys.postgresPassword,
    migrations: readMigrations(join(root, 'supabase/migrations')),
    log,
    say,
  })
  onStarted(() => database.stop())
  const session = await database.openSession()
  const known = await findKnownAdmin(session, local)
  await session.close()

  const demo = await startDemoTarget(local.port + 100)
  onStarted(() => demo.stop())
  const supabasePort = await findFreePort()
  const supabaseUrl = `http://127.0.0.1:${supabasePort}`
  const environment = productEnvironment(withoutEmpty(options.given), keys, {
    port: local.port,
    supabaseUrl,
    demoUrl: demo.url,
  })
  const app = await createSupabaseLite({
    connection: database.connection,
    keys,
    siteUrl: environment.VIGIE_URL ?? supabaseUrl,
    sendMail: options.sendAuthMail,
  })
  await app.init()
  const supabase = await serveSupabase(app, supabasePort, (text) => log.debug('supabase_lite', { text }))
  onStarted(() => supabase.stop())
  await openRoles(supabaseUrl, keys)
  Object.assign(process.env, environment)
  const admin = await ensureFirstAdmin({ url: supabaseUrl, publishableKey: keys.publishableKey }, local, known)
  return { supabaseUrl, environment, admin }
}

/** Functions, pages and schedule over running data. Resolves when all of them answer. */
export async function startServing(options: StackOptions, data: RunningData): Promise<void> {
  const { root, isDevelopment, local, log, say, onStarted } = options
  if (!isDevelopment && isBuildStale(root)) {
    say('Building the dashboard (about a minute, once)…')
    await buildDashboard(root, data.environment)
  }
  say('Starting the dashboard…')
  const nextPort = await findFreePort()
  const next = startNextServer({ root, port: nextPort, isDevelopment, env: data.environment, log })
  onStarted(() => next.stop())
  await next.ready
  const vercel = readVercelConfig(root)
  const { port } = local
  const host = isDevelopment
    ? await startReloadingHost({ port, root, nextPort, log })
    : await startFunctionsHost({ port, root, rewrites: vercel.rewrites, nextPort, load: loadOnce, log })
  onStarted(() => host.stop(FUNCTION_GRACE_MS))
  const baseUrl = `http://127.0.0.1:${host.port}`
  await waitUntilAnswering(`${baseUrl}/sign-in`)
  // Without the secret a cron answers 401: its module loads and its checks run, but nothing is done.
  await Promise.all(vercel.crons.map(({ path }) => waitUntilAnswering(`${baseUrl}${path}`)))
  const cronSecret = data.environment.CRON_SECRET ?? ''
  const scheduler = startScheduler({ crons: vercel.crons, baseUrl, cronSecret, log })
  onStarted(async () => scheduler.stop())
}

/** Waits for an answer that is not a server error. Throws with the last one after a minute. */
async function waitUntilAnswering(url: string): Promise<void> {
  const deadlineAt = Date.now() + 60_000
  let last = ''
  while (Date.now() < deadlineAt) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000) })
      last = `${response.status} ${(await response.text()).slice(0, 300)}`
      if (response.status < 500) return
    } catch (error) {
      last = (error as Error).message
    }
    await sleep(250)
  }
  throw new Error(`${new URL(url).pathname} does not answer: ${last}`)
}

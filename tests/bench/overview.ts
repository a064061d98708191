import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { createServerClient } from '@supabase/ssr'
import { buildDashboard, isBuildStale } from '../../lib/local/dashboard-build.ts'
import { findFreePort } from '../../lib/local/free-port.ts'
import { startNextServer } from '../../lib/local/next-server.ts'
import { startBenchStack } from './bench-stack.ts'
import { seedHistory } from './seed-history.ts'

const ROOT = join(import.meta.dirname, '../..')
const MONITORS = 1_000
const DAYS = 90
const REQUESTS = 100
const ADMIN = { email: 'bench@example.com', password: 'correct horse battery' }
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

type Stack = Awaited<ReturnType<typeof startBenchStack>>

export interface OverviewFigures {
  monitors: number
  days: number
  requests: number
  /** From the first byte of the request to the last one of the answer, signed in, one after another. */
  p50Ms: number
  p95Ms: number
  maxMs: number
  htmlBytes: number
}

/** The overview as a signed-in person gets it from the production server, over a project of a thousand monitors. */
export async function benchOverview(): Promise<OverviewFigures> {
  const stack = await startBenchStack()
  try {
    const cookie = await signUp(stack)
    const env = environmentOf(stack)
    if (isBuildStale(ROOT)) await buildDashboard(ROOT, env)
    const port = await findFreePort()
    const next = startNextServer({ root: ROOT, port, isDevelopment: false, env, log: SILENT })
    try {
      await next.ready
      await markFresh(stack)
      return await measure(`http://127.0.0.1:${port}/bench`, cookie)
    } finally {
      await next.stop()
    }
  } finally {
    await stack.stop()
  }
}

/** An owner with a session, and the project that they own, full. Answers the cookies of the session. */
async function signUp(stack: Stack): Promise<string> {
  const jar = new Map<string, string>()
  const person = createServerClient(stack.apiUrl, stack.keys.publishableKey, {
    realtime: { transport: class {} as never },
    cookies: {
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      setAll: (changes) => {
        for (const { name, value } of changes) jar.set(name, value)
      },
    },
  })
  const { data, error } = await person.auth.signUp(ADMIN)
  if (error || !data.user) throw new Error(`the owner could not be made: ${error?.message}`)
  const { data: project, error: refusal } = await stack.client.rpc('bootstrap_project', {
    p_user_id: data.user.id,
    p_email: ADMIN.email,
    p_project: { slug: 'bench', name: 'Bench', time_zone: 'Europe/Paris', locale: 'en' },
  })
  if (refusal) throw new Error(`the project could not be made: ${refusal.message}`)
  await seedHistory(stack.sql, { projectId: (project as { id: string }).id, monitors: MONITORS, days: DAYS })
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** Seeding and building took minutes: without this the page would rightly call everything unknown. */
async function markFresh({ sql }: Stack): Promise<void> {
  await sql`update public.monitor_states set last_result_at = now(), next_due_at = null`
  await sql`vacuum analyze public.monitor_states`
  await sql`
    insert into public.task_pulses (task, started_at, finished_at, last_success_at) values ('tick', now(), now(), now())
    on conflict (task) do update set last_success_at = now()`
}

function environmentOf({ apiUrl, keys }: Stack): Record<string, string | undefined> {
  return {
    ...process.env,
    SUPABASE_URL: apiUrl,
    SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    CRON_SECRET: 'bench-cron-secret-of-the-benchmark',
    VIGIE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    VIGIE_URL: 'http://localhost:3000',
    LOG_LEVEL: 'error',
  }
}

async function measure(url: string, cookie: string): Promise<OverviewFigures> {
  const times: number[] = []
  let htmlBytes = 0
  for (let request = 0; request < REQUESTS + 10; request += 1) {
    const startedAt = performance.now()
    const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    const html = await response.text()
    const tookMs = performance.now() - startedAt
    // A page that failed, or sent one to sign in, would be answered fast.
    if (response.status !== 200 || !html.includes('Service 7<')) throw new Error(`${url} answered ${response.status}`)
    htmlBytes = Buffer.byteLength(html)
    // The first ones compile code and fill caches.
    if (request >= 10) times.push(tookMs)
  }
  times.sort((one, other) => one - other)
  const at = (q: number) => Math.round(times[Math.ceil(q * times.length) - 1] ?? 0)
  return {
    monitors: MONITORS,
    days: DAYS,
    requests: REQUESTS,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    htmlBytes,
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  void benchOverview().then((result) => console.log(JSON.stringify(result)))
}

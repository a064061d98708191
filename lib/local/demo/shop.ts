import { type Instant, MINUTE } from '../../domain/time/instant.ts'
import { type Chance, logNormal, pick, poisson } from './chance.ts'
import { loadAt } from './rhythm.ts'

/** What a shop did in a span of time, as its own instruments would have counted it. */
export interface ShopSpan {
  from: Instant
  until: Instant
  requests: readonly ShopRequest[]
  jobs: { success: number; failure: number }
  modelCalls: readonly ModelCall[]
  /** At the end of the span; shares from 0 to 1. */
  gauges: {
    cpu: number
    memory: number
    disk: number
    connections: number
    queueLength: number
    workers: number
    orders: number
  }
}

export interface ShopRequest {
  route: string
  method: string
  status: number
  durationSeconds: number
}

export interface ModelCall {
  durationSeconds: number
  inputTokens: number
  outputTokens: number
  costUsd: number
  failed: boolean
}

interface Route {
  route: string
  method: string
  weight: number
  medianMs: number
}

const ROUTES: [Route, ...Route[]] = [
  { route: '/', method: 'GET', weight: 40, medianMs: 42 },
  { route: '/products/:id', method: 'GET', weight: 32, medianMs: 65 },
  { route: '/api/cart', method: 'POST', weight: 14, medianMs: 85 },
  { route: '/api/checkout', method: 'POST', weight: 8, medianMs: 190 },
  { route: '/api/login', method: 'POST', weight: 6, medianMs: 110 },
]

const REQUESTS_A_MINUTE = 180
const JOBS_A_MINUTE = 12
const MODEL_CALLS_A_MINUTE = 5
/** USD for a million tokens in and out. */
const PRICES = { input: 3, output: 15 }

/** What happens between `from` and `until`. While the shop is broken its database hangs: what needs it is slow or fails, and jobs pile up. */
export function runShop({
  from,
  until,
  isBroken,
  chance,
}: {
  from: Instant
  until: Instant
  isBroken: boolean
  chance: Chance
}): ShopSpan {
  const load = loadAt(from)
  const minutes = (until - from) / MINUTE
  const count = (perMinute: number) => poisson(chance, perMinute * load * minutes)
  const jobs = Array.from({ length: count(JOBS_A_MINUTE) }, () => chance() < (isBroken ? 0.35 : 0.012))
  return {
    from,
    until,
    requests: Array.from({ length: count(REQUESTS_A_MINUTE) }, () => request(load, isBroken, chance)),
    jobs: { success: jobs.filter((failed) => !failed).length, failure: jobs.filter((failed) => failed).length },
    modelCalls: Array.from({ length: count(MODEL_CALLS_A_MINUTE) }, () => modelCall(chance)),
    gauges: {
      cpu: share(0.14 + 0.46 * load + (isBroken ? 0.3 : 0) + 0.06 * (chance() - 0.5)),
      memory: share(0.48 + 0.12 * load + 0.02 * (chance() - 0.5)),
      disk: share(0.57 + 0.002 * chance()),
      connections: Math.round(6 + 34 * load + (isBroken ? 45 : 0) + 4 * chance()),
      queueLength: Math.round((isBroken ? 150 : 0) + 24 * load * chance() + 2 * chance()),
      workers: 4,
      orders: Math.round(60 * load * (isBroken ? 0.3 : 1) + 6 * chance()),
    },
  }
}

function request(load: number, isBroken: boolean, chance: Chance): ShopRequest {
  const { route, method, medianMs } = pick(chance, ROUTES)
  const needsDatabase = route.startsWith('/api/')
  const slowness = (1 + 0.5 * load) * (isBroken && needsDatabase ? 9 : 1)
  const durationSeconds = logNormal(chance, medianMs * slowness, 0.45) / 1_000
  return { route, method, status: statusOf(route, isBroken && needsDatabase, chance()), durationSeconds }
}

function statusOf(route: string, hangs: boolean, luck: number): number {
  if (hangs && luck < 0.55) return 503
  if (luck > 0.997) return 500
  if (route === '/api/login' && luck > 0.94) return 401
  if (route === '/products/:id' && luck > 0.98) return 404
  return luck > 0.994 ? 429 : 200
}

function modelCall(chance: Chance): ModelCall {
  const inputTokens = Math.round(logNormal(chance, 900, 0.5))
  const outputTokens = Math.round(logNormal(chance, 240, 0.6))
  return {
    durationSeconds: logNormal(chance, 0.4 + outputTokens / 200, 0.35),
    inputTokens,
    outputTokens,
    costUsd: (inputTokens * PRICES.input + outputTokens * PRICES.output) / 1e6,
    failed: chance() < 0.015,
  }
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from './free-port.ts'

export interface DemoTarget {
  url: string
  stop(): Promise<void>
}

const MODES = ['down', 'slow', 'degraded'] as const
type Mode = 'healthy' | (typeof MODES)[number]

const SLOW_MS = 3_000
const DAY_MS = 86_400_000

/**
 * A small service to watch, and to break: `GET /health` answers like a healthy application, `POST /break` with
 * `{"mode": "down" | "slow" | "degraded"}` (down when none is given) spoils it until `POST /repair`. Keeps nothing over a restart.
 */
export async function startDemoTarget(preferredPort: number): Promise<DemoTarget> {
  const port = await findFreePort(preferredPort <= 65_535 ? preferredPort : undefined)
  let mode: Mode = 'healthy'
  const server = createServer(async (incoming, outgoing) => {
    const route = `${incoming.method === 'HEAD' ? 'GET' : incoming.method} ${incoming.url?.split('?')[0]}`
    if (route === 'GET /health') {
      await sleep(mode === 'slow' ? SLOW_MS : ordinaryDelay(Date.now(), Math.random()))
      if (mode === 'down') answer(outgoing, 503, { status: 'error', checks: { database: 'error' } })
      else if (mode === 'degraded') answer(outgoing, 200, { status: 'degraded', checks: { database: 'slow' } })
      else answer(outgoing, 200, { status: 'healthy', checks: { database: 'ok' } })
    } else if (route === 'GET /') {
      answer(outgoing, 200, { mode })
    } else if (route === 'POST /repair') {
      mode = 'healthy'
      answer(outgoing, 200, { mode })
    } else if (route === 'POST /break') {
      const wanted = await readMode(incoming)
      if (wanted) mode = wanted
      answer(outgoing, wanted ? 200 : 400, wanted ? { mode } : { error: `mode should be one of ${MODES.join(', ')}` })
    } else {
      answer(outgoing, 404, { error: 'GET /health, POST /break, POST /repair' })
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => resolve())
  })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** 20 to 80 ms: busier in the afternoon than at night (UTC), and never quite the same, so that charts look like life. */
function ordinaryDelay(at: number, chance: number): number {
  const load = (1 - Math.cos((2 * Math.PI * (at % DAY_MS)) / DAY_MS - Math.PI / 4)) / 2
  return 20 + 30 * load + 30 * chance ** 3
}

async function readMode(incoming: AsyncIterable<Buffer>): Promise<Mode | null> {
  let text = ''
  for await (const chunk of incoming) {
    text += chunk.toString()
    if (text.length > 1_000) return null
  }
  try {
    const wanted = text ? (JSON.parse(text) as { mode?: unknown }).mode : 'down'
    return MODES.find((known) => known === (wanted ?? 'down')) ?? null
  } catch {
    return null
  }
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' })
  outgoing.end(JSON.stringify(body))
}

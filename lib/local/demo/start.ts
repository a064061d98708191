import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { SECOND } from '../../domain/time/instant.ts'
import { readDemoKey, readDemoSite } from '../demo-key.ts'
import { createChance } from './chance.ts'
import { tellPageViews, viewPages } from './page-views.ts'
import { releasesBetween, releaseThat, tellReleases } from './releases.ts'
import type { Destination } from './send.ts'
import { runShop } from './shop.ts'
import { startShopServer } from './shop-server.ts'
import { inventPast, PAST_MS, tell } from './tell.ts'

const EVERY_MS = 10 * SECOND

const environmentSchema = z.object({
  VIGIE_URL: z
    .url('must be the address of a running Vigie, such as http://localhost:3000')
    .default('http://localhost:3000'),
  VIGIE_API_KEY: z.string().min(16, 'must be an API key with the scope ingest').optional(),
  VIGIE_SITE_KEY: z.string().optional(),
  VIGIE_DATA_DIR: z.string().default('.vigie'),
  DEMO_PORT: z.coerce
    .number('must be a port')
    .int('must be a port')
    .min(0, 'must be a port')
    .max(65_535, 'must be a port')
    .default(9_200),
})

/** `npm run demo`: a pretended shop that tells Vigie what it does, and that can be broken. Ends with SIGINT or SIGTERM. */
async function start(): Promise<void> {
  const { destination, port, siteKey } = readEnvironment()
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
  const shop = await startShopServer(port, {
    head: siteKey === null ? '' : `<script async src="${destination.url}/vitals.js" data-site="${siteKey}"></script>`,
    onChange: (isBroken) => {
      say(isBroken ? 'A release broke the shop.' : 'The release was taken back: the shop works again.')
      void tellReleases(destination, [releaseThat(isBroken, Date.now())]).catch(sayNotTaken)
    },
  }).catch((error: Error) => {
    throw portTaken(error)
  })
  let toldUntil = Math.floor(Date.now() / EVERY_MS) * EVERY_MS
  const chance = createChance(toldUntil)
  say(`Telling ${destination.url} about the last day…`)
  await tellReleases(destination, releasesBetween(toldUntil - PAST_MS, toldUntil))
  await tell(destination, inventPast(toldUntil), chance)
  say(`The demo shop is open on ${shop.url}. Break it there, or with: curl -X POST ${shop.url}/break`)
  while (!stopped.signal.aborted) {
    await sleep(toldUntil + EVERY_MS - Date.now(), undefined, { signal: stopped.signal }).catch(() => undefined)
    const until = Date.now()
    const isBroken = shop.isBroken()
    const span = runShop({ from: toldUntil, until, isBroken, chance })
    toldUntil = until
    // Vigie may be restarted under a running demo: that moment is lost, the next one is told.
    await Promise.all([
      tell(destination, [span], chance),
      siteKey === null ? null : tellPageViews(destination.url, siteKey, viewPages(span, isBroken, chance)),
    ]).catch(sayNotTaken)
  }
  await shop.stop()
}

/** The port of a demo that runs already is the usual reason. */
function portTaken(error: NodeJS.ErrnoException): Error {
  return error.code === 'EADDRINUSE'
    ? new Error('The port of the demo shop is taken: stop what runs there, or set DEMO_PORT.')
    : error
}

function readEnvironment(): { destination: Destination; port: number; siteKey: string | null } {
  const parsed = environmentSchema.safeParse(process.env)
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'))
  const { VIGIE_URL, VIGIE_API_KEY, VIGIE_SITE_KEY, VIGIE_DATA_DIR, DEMO_PORT } = parsed.data
  const apiKey = VIGIE_API_KEY ?? readDemoKey(VIGIE_DATA_DIR)
  if (apiKey === null) {
    throw new Error(
      `There is no key in ${VIGIE_DATA_DIR} yet: run npm start first, or give VIGIE_API_KEY a key with the scope ingest.`,
    )
  }
  const siteKey = VIGIE_SITE_KEY ?? readDemoSite(VIGIE_DATA_DIR)
  return { destination: { url: VIGIE_URL.replace(/\/$/, ''), apiKey }, port: DEMO_PORT, siteKey }
}

function sayNotTaken(error: Error): void {
  say(`Not taken: ${error.message}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})

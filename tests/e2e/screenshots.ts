import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type postgres from 'postgres'
import { buildDashboard, isBuildStale } from '../../lib/local/dashboard-build.ts'
import { DESKTOP, launchBrowser, PHONE } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { addressOf, findSamples, listRoutes, REDIRECTS, type Samples } from './support/routes.ts'
import { seedFeedback } from './support/seed-feedback.ts'
import { seedHistory } from './support/seed-history.ts'
import { seedMonitors } from './support/seed-monitors.ts'
import { seedVitals } from './support/seed-vitals.ts'
import { openWindow, signedInState } from './support/session.ts'
import { ROOT, startVigie, type Vigie } from './support/vigie.ts'

/**
 * `node --import tsx tests/e2e/screenshots.ts OUTDIR [name…]`: a picture of every page (or of those whose file name begins with a name) on a
 * laptop and a phone, in light and dark, in English, and on a laptop in French, of a product with ninety days behind it and an incident open.
 */
const [outputDirectory = 'screenshots', ...wanted] = process.argv.slice(2)

async function main(): Promise<void> {
  mkdirSync(outputDirectory, { recursive: true })
  if (isBuildStale(ROOT)) await buildDashboard(ROOT, process.env)
  const vigie = await startVigie()
  const browser = await launchBrowser()
  try {
    const samples = await makeItLively(vigie)
    await photographAll(browser, vigie, samples)
  } finally {
    await browser.close()
    await vigie.remove()
  }
}

/** Ninety days of history, one incident that is over and one that is open. */
async function makeItLively(vigie: Vigie): Promise<Samples> {
  const sql = openDatabase(vigie.dataDirectory)
  const [demo] = await sql<{ projectId: string; url: string }[]>`
    select project_id as "projectId", config ->> 'url' as url from public.monitors where key = 'demo'`
  if (!demo) throw new Error('there is no demo monitor')
  const demoUrl = new URL(demo.url).origin
  await seedMonitors(sql, demo.projectId, demoUrl)
  await seedHistory(sql, demo.projectId)
  await seedFeedback(sql, demo.projectId)
  await seedVitals(sql, demo.projectId)
  const turn = (way: 'break' | 'repair') => fetch(`${demoUrl}/${way}`, { method: 'POST' })
  await waitForDemo(sql, 'up')
  for (const [way, state] of [
    ['break', 'down'],
    ['repair', 'up'],
    ['break', 'down'],
  ] as const) {
    await turn(way)
    await waitForDemo(sql, state)
  }
  // The mail about it is sent after the state is known.
  await sleep(5_000)
  const samples = await findSamples(sql)
  await sql.end()
  return samples
}

async function waitForDemo(sql: postgres.Sql, state: string): Promise<void> {
  for (const deadlineAt = Date.now() + 90_000; Date.now() < deadlineAt; await sleep(500)) {
    const [row] = await sql`
      select from public.monitor_states join public.monitors on monitors.id = monitor_id where key = 'demo' and state = ${state}`
    if (row) return
  }
  throw new Error(`the demo target is not ${state} after 90 s`)
}

async function photographAll(browser: Browser, vigie: Vigie, samples: Samples): Promise<void> {
  const { url } = vigie
  const state = await signedInState(browser, url)
  const routes = listRoutes().filter((route) => !REDIRECTS.includes(route))
  for (const look of [
    { suffix: 'desktop-light', size: DESKTOP, theme: 'light', locale: 'en' },
    { suffix: 'desktop-dark', size: DESKTOP, theme: 'dark', locale: 'en' },
    { suffix: 'phone-light', size: PHONE, theme: 'light', locale: 'en' },
    { suffix: 'phone-dark', size: PHONE, theme: 'dark', locale: 'en' },
    { suffix: 'desktop-fr', size: DESKTOP, theme: 'light', locale: 'fr' },
  ] as const) {
    const signedIn = await openWindow(browser, { url, ...look, state })
    const stranger = await openWindow(browser, { url, ...look })
    for (const route of routes) {
      const page = route.startsWith('/[project]') ? signedIn : stranger
      await photograph(page, addressOf(route, samples), `${nameOf(route)}.${look.suffix}.png`)
    }
    await signedIn.context().close()
    await stranger.context().close()
  }
}

async function photograph(page: Page, address: string, file: string): Promise<void> {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) return
  await page.goto(address)
  // A skeleton has no heading.
  await page.locator('h1').first().waitFor()
  await page.screenshot({ path: join(outputDirectory, file), fullPage: true })
  process.stdout.write(`${file}\n`)
}

function nameOf(route: string): string {
  if (route === '/[project]') return 'overview'
  return route.replace('/[project]/', '').replace(/^\//, '').replaceAll('/', '-').replace(/[[\]]/g, '')
}

await main()

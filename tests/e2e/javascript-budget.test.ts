import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { makeSureOfAnIncident } from './support/incident.ts'
import { addressOf, type Samples } from './support/routes.ts'
import { openWindow, signedInState } from './support/session.ts'

const { url, dataDirectory } = inject('vigie')
let browser: Browser
let samples: Samples
let state: Awaited<ReturnType<BrowserContext['storageState']>>
beforeAll(async () => {
  browser = await launchBrowser()
  samples = await makeSureOfAnIncident(dataDirectory)
  state = await signedInState(browser, url)
})
afterAll(() => browser?.close())

/**
 * Compressed kilobytes of script on the first visit, a tenth more than was measured. React and Next alone are 140 of them (16.4 brings 73
 * of React and 76 of its router and runtime), so a public page has room for a few kilobytes of its own, and a signed-in one for a few more.
 */
const PUBLIC_BUDGET_KB = 160
const CONSOLE_BUDGET_KB = 168

test.each([
  ['/sign-in', PUBLIC_BUDGET_KB],
  ['/ack/[token]', PUBLIC_BUDGET_KB],
  ['/[project]', CONSOLE_BUDGET_KB],
  ['/[project]/monitors/[key]', CONSOLE_BUDGET_KB],
  ['/[project]/monitors/new', CONSOLE_BUDGET_KB],
  ['/[project]/incidents/[incident]', CONSOLE_BUDGET_KB],
])('the scripts of %s weigh at most %i KB', async (route, budgetKb) => {
  const page = await openWindow(browser, { url, ...(route.startsWith('/[project]') ? { state } : {}) })
  const weights = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    weights.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    )
  })
  await page.goto(addressOf(route, samples), { waitUntil: 'load' })
  // Scripts that pages fetch once they are idle count as well.
  await page.waitForTimeout(1_000)
  const bytes = (await Promise.all(weights.values())).reduce((sum, weight) => sum + weight, 0)
  await page.context().close()
  console.info(`${route}: ${(bytes / 1_000).toFixed(1)} KB of JavaScript, gzipped, in ${weights.size} files`)
  expect(bytes / 1_000).toBeLessThanOrEqual(budgetKb)
})

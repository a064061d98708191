import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CORE_VITALS, VITAL_BOUNDS } from '../../lib/domain/vital/vital.ts'
import { expectNoAxeViolations, expectNoSidewaysScroll, launchBrowser, PHONE } from '../support/browser.ts'
import { createAccount } from './support/accounts.ts'
import { openDatabase } from './support/database.ts'
import { eventually } from './support/eventually.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { ADMIN, startVigie, type Vigie } from './support/vigie.ts'
import { words } from './support/words.ts'

const t = words('en')
const SOON_MS = 60_000
/** A tick rolls up what came at most a minute ago, and the page looks again every thirty seconds. */
const DRAWN_MS = 100_000
let vigie: Vigie
let browser: Browser
let page: Page
let shop: { url: string; close(): void }
/** What the pages of the shop carry, read off the product's own page. */
let snippet = ''

beforeAll(async () => {
  vigie = await startVigie()
  browser = await launchBrowser()
  page = await openWindow(browser, { url: vigie.url })
  shop = await startShop()
  await signIn(page)
})
afterAll(async () => {
  await browser?.close()
  shop?.close()
  await vigie?.remove()
})

/** A site of another origin, with an image to paint and a button that takes its time. */
async function startShop() {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    const attributes = request.url?.startsWith('/private')
      ? '<script>Object.defineProperty(navigator, "doNotTrack", { value: "1" })</script>'
      : ''
    response.end(`<!doctype html><title>Shop</title>${attributes}${snippet}
      <h1 style="font-size: 80px">Shop</h1><p>${'Something to read. '.repeat(80)}</p>
      <button onclick="for (const end = Date.now() + 60; Date.now() < end;);">Buy</button>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}`, close: () => server.close() }
}

/** In the page: until something is painted. Nobody clicks on what they do not see yet, and after a click the browser looks for nothing larger. */
function waitForLargestPaint(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'largest-contentful-paint', buffered: true })
  })
}

/** In the page: until the browser has noted how long a click took, and is idle, which is when web-vitals reads it. */
function waitForClickEntry(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntries().every(({ name }) => name !== 'click')) return
      observer.disconnect()
      const idle = (then: () => void) => requestIdleCallback(then, { timeout: 2_000 })
      idle(() => idle(resolve))
    })
    // Buffered: the click may come before the observer does.
    observer.observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  })
}

/** Looks at a page of the shop as somebody does, and goes away. */
async function lookAt(path: string): Promise<void> {
  const window = await openWindow(browser, { url: shop.url })
  const before = await window.context().cookies()
  await window.goto(path)
  await window.evaluate(waitForLargestPaint)
  const isNoted = window.evaluate(waitForClickEntry)
  await window.getByRole('button', { name: 'Buy' }).click()
  await isNoted
  expect(await window.context().cookies()).toEqual(before)
  expect(await window.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
  // The window stays: closing it might cut off what the page sends when it is left.
  await window.goto('about:blank')
}

test('before the first measurement, the page shows what to paste, and the script is served to any site', async () => {
  await visit(page, '/demo/vitals')
  await page.getByText(t('vitals.empty.title')).waitFor()
  snippet = (await page.locator('pre').first().textContent()) ?? ''
  expect(snippet).toMatch(
    /^<script async src="http:\/\/localhost:\d+\/vitals\.js" data-site="site_[\da-f]{32}"><\/script>$/,
  )
  const script = await fetch(new URL('/vitals.js', vigie.url))
  expect(script.status).toBe(200)
  expect(script.headers.get('content-type')).toMatch(/javascript/)
  expect(script.headers.get('access-control-allow-origin')).toBe('*')
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(script.headers.get('cache-control')).toContain('max-age=3600')
})

/** How fast the shop is depends on what else the machine does: the page must say what was measured, whichever way it went. */
async function expectedVerdict(sql: ReturnType<typeof openDatabase>): Promise<string> {
  const measured = await sql<{ metric: string; value: number }[]>`select metric, value from public.vitals`
  const isGood = CORE_VITALS.every((vital) =>
    measured.some(({ metric, value }) => metric === vital && value <= VITAL_BOUNDS[vital][0]),
  )
  const [failing = ''] = t('vitals.assessment.fails', { list: '' }).split(':')
  return isGood ? t('vitals.assessment.passes') : failing
}

test('somebody who looks at a page of another site is measured and counted, and the page shows it by itself', async () => {
  await visit(page, '/demo/vitals')
  await lookAt('/orders/1234?coupon=secret')
  await page.getByRole('cell', { name: '/orders/:id' }).waitFor({ timeout: DRAWN_MS })
  for (const vital of ['lcp', 'cls', 'fcp', 'ttfb', 'load', 'inp']) {
    await page.getByRole('link', { name: t(`vitals.names.${vital}`) }).waitFor({ timeout: DRAWN_MS })
  }
  const sql = openDatabase(vigie.dataDirectory)
  await page.getByText(await expectedVerdict(sql)).waitFor({ timeout: DRAWN_MS })
  const [kept] = await sql`
    select count(distinct page)::integer as pages, bool_and(value >= 0) as sound, max(device) as device,
      (select user_count::integer from public.active_users where period = 'day') as users
    from public.vitals`
  const [anywhere] =
    await sql`select count(*)::integer as n from public.vitals where page like '%1234%' or page like '%secret%'`
  await sql.end()
  expect(kept).toEqual({ pages: 1, sound: true, device: 'desktop', users: 1 })
  expect(anywhere).toEqual({ n: 0 })
})

test('somebody who asks not to be tracked sends nothing', async () => {
  await lookAt('/private')
  // Came later, and is there: whatever was sent before it has arrived, too.
  await lookAt('/later')
  const sql = openDatabase(vigie.dataDirectory)
  const seen = (path: string) => sql`select from public.vitals where page = ${path}`
  await eventually('the later page', async () => (await seen('/later')).length > 0, SOON_MS)
  expect(await seen('/private')).toHaveLength(0)
  await sql.end()
})

test('its filters stand in the address, and it is fit for a phone and for screen readers', async () => {
  await visit(page, '/demo/vitals?range=24h&device=desktop&metric=cls&order=busiest')
  await page
    .getByText(t('vitals.trend.title', { name: t('vitals.names.cls') }))
    .first()
    .waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: t('vitals.filters.devices.mobile') }).click()
  await page.getByText(t('vitals.nothing.title')).waitFor()
  expect(page.url()).toContain('device=mobile')
  const phone = await openWindow(browser, { url: vigie.url, size: PHONE, state: await page.context().storageState() })
  await visit(phone, '/demo/vitals')
  await expectNoSidewaysScroll(phone)
  await phone.context().close()
})

test('a new key shuts out the pages with the old one', async () => {
  await visit(page, '/demo/vitals')
  await page.getByRole('button', { name: t('vitals.site.rotate'), exact: true }).click()
  await page.getByRole('button', { name: t('vitals.site.rotateConfirm') }).click()
  await eventually('the new key', async () => (await page.locator('pre').first().textContent()) !== snippet, SOON_MS)
  const key = /data-site="([^"]+)"/.exec(snippet)?.[1]
  const refused = await fetch(new URL('/api/ingest/vitals', vigie.url), {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ site: key, page: '/', metrics: [] }),
  })
  expect(refused.status).toBe(403)
})

test('a viewer reads the figures and the snippet, and is told who can change them', async () => {
  const sql = openDatabase(vigie.dataDirectory)
  const email = 'viewer@example.com'
  await createAccount(sql, { email, adminEmail: ADMIN.email, role: 'viewer', projectSlug: 'demo' })
  await sql.end()
  const viewer = await openWindow(browser, { url: vigie.url })
  await signIn(viewer, { email, password: ADMIN.password })
  await visit(viewer, '/demo/vitals')
  await viewer.getByText(t('vitals.site.forbidden')).waitFor()
  await viewer.getByRole('cell', { name: '/orders/:id' }).waitFor()
  expect(await viewer.locator('pre').first().textContent()).toContain('data-site')
  expect(await viewer.getByRole('button', { name: t('vitals.site.rotate') }).count()).toBe(0)
  await viewer.context().close()
})

test('origins are checked at their field', async () => {
  await visit(page, '/demo/vitals')
  await page.getByLabel(t('vitals.site.origins')).fill('shop')
  await page.getByRole('button', { name: t('vitals.site.save') }).click()
  await page.getByText(t('vitals.errors.allowedOrigins', { given: 'shop' })).waitFor()
  await page.getByLabel(t('vitals.site.origins')).fill('https://shop.example.com/cart')
  await page.getByRole('button', { name: t('vitals.site.save') }).click()
  await page.getByText(t('vitals.site.saved')).waitFor()
})

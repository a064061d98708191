import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { readDemoKey } from '../../lib/local/demo-key.ts'
import { launchBrowser } from '../support/browser.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
/** Rolled up within a tick. */
const SOON_MS = 60_000
let browser: Browser
let page: Page
const now = Date.now()

beforeAll(async () => {
  browser = await launchBrowser()
  page = await openWindow(browser, { url, state: await signedInState(browser, url) })
  const samples = Array.from({ length: 50 }, (_, index) => ({
    name: 'explored.queue',
    value: 10 + index,
    at: new Date(now - (52 - index) * MINUTE).toISOString(),
  }))
  const lines = samples.map(({ at, value }) => ({
    timestamp: at,
    level: 'info',
    service: 'explored',
    message: `queue of ${value}`,
  }))
  await send('metrics', { metrics: samples })
  await send('logs', lines)
})
afterAll(() => browser?.close())

async function send(kind: 'metrics' | 'logs', body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${readDemoKey(dataDirectory)}` }
  const answer = await fetch(`${url}/api/ingest/${kind}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
}

const chart = () => page.locator('.u-over')

test('the values of a moment stand beside the pointer, and a click on it leads to its logs', async () => {
  await visit(page, '/demo/explore?metric=explored.queue&aggregate=max&range=1h')
  // Refreshes itself until what was sent is rolled up.
  await page.getByText('at its highest 59').waitFor({ timeout: SOON_MS })
  await chart().waitFor()
  const box = await chart().boundingBox()
  if (box === null) throw new Error('the chart is not on the page')
  await page.mouse.move(box.x + box.width / 3, box.y + 20)
  await page.mouse.move(box.x + box.width / 2, box.y + 40, { steps: 5 })
  await page
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${t('explore.form.notSplit')}[1-5]\\d$`) })
    .waitFor()
  await page.mouse.click(box.x + box.width / 2, box.y + 40)
  await page.getByRole('link', { name: t('explore.zoom.logs') }).click()
  await page.waitForURL(/\/logs\?from=\d+&to=\d+/)
  await page
    .getByText(/queue of [1-5]\d/)
    .first()
    .waitFor()
})

test('a stretch that is dragged over fills the chart, and its address brings it back', async () => {
  await visit(page, '/demo/explore?metric=explored.queue&aggregate=max&range=1h')
  await chart().waitFor({ timeout: SOON_MS })
  const box = await chart().boundingBox()
  if (box === null) throw new Error('the chart is not on the page')
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await page.waitForURL(/from=\d+&until=\d+/)
  const query = new URL(page.url()).searchParams
  const spanMs = Number(query.get('until')) - Number(query.get('from'))
  expect(spanMs).toBeGreaterThan(8 * MINUTE)
  expect(spanMs).toBeLessThan(16 * MINUTE)
  await page.getByRole('link', { name: t('explore.ranges.6h'), exact: true }).click()
  await page.waitForURL((address) => !address.searchParams.has('from'))
})

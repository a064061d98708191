import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { expectNoAxeViolations, expectNoSidewaysScroll, launchBrowser, PHONE } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
/** The dashboard works again, while its incident is still watched: other tests look at the overview meanwhile, where nothing may be wrong. */
const SUMMARY = readFileSync(new URL('../fixtures/statuspage/summary.json', import.meta.url), 'utf8').replace(
  '"degraded_performance",\n      "created_at"',
  '"operational",\n      "created_at"',
)
const METRICS = '# TYPE queue_length gauge\nqueue_length{queue="mail"} 3\n'
let server: Server
let target: string
let browser: Browser
let page: Page
beforeAll(async () => {
  server = createServer((request, response) => {
    const isPage = request.url === '/api/v2/summary.json'
    response.writeHead(200, { 'content-type': isPage ? 'application/json' : 'text/plain' })
    response.end(isPage ? SUMMARY : METRICS)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
  page = await openWindow(browser, { url, size: PHONE, state: await signedInState(browser, url) })
})
afterAll(async () => {
  await browser?.close()
  const sql = openDatabase(dataDirectory)
  await sql`delete from public.monitors where key in ('supplier', 'queue')`
  await sql.end()
  server?.closeAllConnections()
  server?.close()
})

/** Fills the form in, tries it out, and creates the monitor; ends on its page. */
async function create(kind: string, name: string, fill: () => Promise<void>): Promise<void> {
  await visit(page, `/demo/monitors/new?kind=${kind}`)
  await page.getByLabel(t('monitorForm.fields.name.label'), { exact: true }).fill(name)
  await fill()
  await page.getByRole('button', { name: t('monitorForm.test') }).click()
  await page.getByText(t('monitor.outcome.notStored')).waitFor()
  await expectNoAxeViolations(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: t('monitorForm.create'), exact: true }).click()
  await page.waitForURL(/\/demo\/monitors\/(?!new)/)
}

const label = (name: string) => page.getByLabel(t(`monitorForm.fields.${name}.label`), { exact: true })

test('a third party is watched by its status page: one component, and the incident behind it with its link', async () => {
  await create('status_page', 'Supplier', async () => {
    await label('url').fill(target)
    await label('components').fill('Dashboard')
  })
  await page.getByRole('button', { name: t('monitor.test.button') }).click()
  const link = page.getByRole('link', { name: 'Slow dashboard' }).first()
  await link.waitFor()
  expect(await link.getAttribute('href')).toBe('https://stspg.io/slow')
  await expectNoAxeViolations(page)
})

test('a line of expectations that is wrong is told at its field; a right one shows what was read', async () => {
  await create('prometheus', 'Queue', async () => {
    await label('url').fill(`${target}/metrics`)
    await label('samples').fill('queue_length{queue="mail"} <')
    await page.getByRole('button', { name: t('monitorForm.test') }).click()
    await page.getByText(t('monitorForm.errors.allowed.samples'), { exact: false }).waitFor()
    await label('samples').fill('queue_length{queue="mail"} < 100')
  })
  await page.getByRole('button', { name: t('monitor.test.button') }).click()
  await page.getByRole('row', { name: 'sample queue_length{queue="mail"} 3' }).first().waitFor()
  await page.getByText('1 sample of 1 metric').first().waitFor()
})

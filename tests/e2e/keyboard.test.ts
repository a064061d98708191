import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { startTarget } from './support/target.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
let browser: Browser
let state: Awaited<ReturnType<BrowserContext['storageState']>>
beforeAll(async () => {
  browser = await launchBrowser()
  state = await signedInState(browser, url)
})
afterAll(() => browser?.close())

const SOON_MS = 40_000

test('the first Tab of a page offers to skip to its content, and Enter does', async () => {
  const page = await openAt('/demo/monitors')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe(t('frame.skip'))
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.context().close()
})

test('Ctrl K opens the palette; a few letters, an arrow and Enter lead to a monitor and to a page', async () => {
  const page = await openAt('/demo')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('demo targ')
  await page.getByRole('option', { name: /Demo target/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/demo\/monitors\/demo$/)
  await page.keyboard.press('Meta+k')
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/demo\/audit$/)
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.context().close()
})

test('a monitor can be created and its incident acknowledged without a pointer', async () => {
  const target = await startTarget()
  target.breakIt()
  const page = await openAt('/demo/monitors/new')
  await tabTo(page, 'field-name')
  await page.keyboard.type('Keyboard only')
  await tabTo(page, 'field-url')
  await page.keyboard.type(target.url)
  await tabTo(page, 'field-interval')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('10')
  await page.keyboard.press('Tab')
  await page.keyboard.type('s')
  // Enter in a field saves, as in any form.
  await tabTo(page, 'field-timeout')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Keyboard only' }).waitFor()

  const number = await waitForIncident('keyboard-only')
  await visit(page, `/demo/incidents/${number}`)
  await page.getByRole('button', { name: t('incident.actions.acknowledge'), exact: true }).waitFor()
  for (let presses = 0; (await focused(page)) !== t('incident.actions.acknowledge'); presses++) {
    expect(presses).toBeLessThan(60)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.getByText(t('states.incident.acknowledged')).first().waitFor()
  target.repair()
  await page.context().close()
})

async function openAt(address: string): Promise<Page> {
  const page = await openWindow(browser, { url, state })
  await visit(page, address)
  await page.locator('h1').waitFor()
  return page
}

/** What the focused element is called: its text, as far as a person sees it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.textContent.trim() ?? '')
}

/** Goes on from control to control until the one with this id has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches #${id}`)
}

async function waitForIncident(monitorKey: string): Promise<number> {
  const sql = openDatabase(dataDirectory)
  try {
    for (const deadlineAt = Date.now() + SOON_MS; Date.now() < deadlineAt; ) {
      const [row] = await sql<{ number: number }[]>`
        select incidents.number from public.incidents join public.alerts on alerts.incident_id = incidents.id
        join public.monitors on monitors.id = alerts.monitor_id where monitors.key = ${monitorKey}`
      if (row) return row.number
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  } finally {
    await sql.end()
  }
  throw new Error(`${monitorKey} has no incident after ${SOON_MS / 1_000} s`)
}

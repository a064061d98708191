import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { eventually } from './support/eventually.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { startVigie, type Vigie } from './support/vigie.ts'
import { words } from './support/words.ts'

const t = words('en')
let vigie: Vigie
let browser: Browser
let page: Page
beforeAll(async () => {
  vigie = await startVigie()
  browser = await launchBrowser()
  page = await openWindow(browser, { url: vigie.url })
})
afterAll(async () => {
  await browser?.close()
  await vigie?.remove()
})

const SOON_MS = 40_000

test('within a minute of the ready line, Vigie itself and a demo target are up on the overview', async () => {
  await signIn(page)
  await page.getByRole('heading', { level: 1, name: t('overview.headline.up', { total: 2 }) }).waitFor({
    timeout: Math.max(1_000, vigie.readyAt + 60_000 - Date.now()),
  })
  expect(Date.now() - vigie.readyAt).toBeLessThan(60_000)
  await page.getByRole('link', { name: 'Vigie itself' }).waitFor()
  await page.getByRole('link', { name: 'Demo target' }).waitFor()
})

test('one button breaks the demo target: an incident opens on the page and a mail lies in the outbox', async () => {
  await page.getByRole('button', { name: t('overview.demo.break') }).click()
  await page.getByRole('status').getByText(t('overview.demo.broken')).waitFor()
  await page.getByText(t('states.incident.triggered')).first().waitFor({ timeout: SOON_MS })
  await page.getByRole('link', { name: 'Outbox' }).click()
  await page.waitForURL(/\/outbox$/)
  await eventually('the mail', () => openMail(/Demo target is down/), SOON_MS, 1_000)
  await page
    .frameLocator('iframe')
    .getByRole('link', { name: /acknowledge/i })
    .waitFor()
})

test('another one repairs it: the incident resolves by itself, and the mail says so', async () => {
  await visit(page, '/demo')
  await page.getByRole('button', { name: t('overview.demo.repair') }).click()
  await page
    .getByRole('heading', { level: 1, name: t('overview.headline.up', { total: 2 }) })
    .waitFor({ timeout: SOON_MS })
  await visit(page, '/demo/incidents')
  await page.getByText(t('states.incident.resolved')).first().waitFor()
  await visit(page, '/demo/outbox')
  await eventually('the mail about the end', () => openMail(/Demo target is up again/), SOON_MS, 1_000)
})

test('the weekly report can be read before the first one is sent', async () => {
  await visit(page, '/demo/reports')
  const report = page.frameLocator('iframe')
  await report.getByText(/Demo/).first().waitFor()
  await report.locator('img[alt]').first().waitFor()
  await report
    .getByText(/not connected/i)
    .first()
    .waitFor()
})

test('the set-up page says what is ready and what is not, and shows no secret', async () => {
  await visit(page, '/demo/setup')
  for (const item of ['database', 'scheduler', 'resend', 'twilio', 'slack', 'deadman', 'sentry']) {
    await page
      .getByRole('heading', { name: t(`setup.items.${item}.title`) })
      .or(page.getByText(t(`setup.items.${item}.title`), { exact: true }))
      .first()
      .waitFor()
  }
  expect(await page.content()).not.toMatch(/sb_secret_|sb_publishable_/)
})

test('a test of a channel answers at once, and what was sent can be looked at', async () => {
  await visit(page, '/demo/channels/admin')
  await page.getByRole('button', { name: t('channels.test.send') }).click()
  await page.getByRole('status').getByText(t('channels.test.kept')).waitFor()
  await page.getByRole('link', { name: t('channels.test.openOutbox') }).click()
  await page
    .frameLocator('iframe')
    .getByText(/nothing is wrong/i)
    .filter({ visible: true })
    .first()
    .waitFor()
})

async function openMail(subject: RegExp): Promise<boolean> {
  await page.reload()
  const mail = page.getByRole('link', { name: subject })
  if ((await mail.count()) === 0) return false
  await mail.first().click()
  await page.waitForURL(/\/outbox\/.+/)
  return true
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { DESKTOP, expectNoAxeViolations, expectNoSidewaysScroll, launchBrowser, PHONE } from '../support/browser.ts'
import { openWindow, type PersonOptions, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url } = inject('vigie')
const t = words('en')
let browser: Browser
let console_: Page
let shop: { url: string; close(): void }
beforeAll(async () => {
  browser = await launchBrowser()
  console_ = await openWindow(browser, { url, state: await signedInState(browser, url) })
  await visit(console_, '/demo/satisfaction')
  const snippet = await console_.locator('pre', { hasText: '<script' }).textContent()
  shop = await openShop(snippet ?? '')
})
afterAll(async () => {
  shop?.close()
  await browser?.close()
})

/** A page of another origin that carries the snippet, with a policy that forbids all that the widget does not need. */
async function openShop(snippet: string): Promise<{ url: string; close(): void }> {
  const policy = `default-src 'none'; script-src ${url}; connect-src ${url}`
  const server = createServer((incoming, outgoing) => {
    const lang = incoming.url?.startsWith('/fr') ? 'fr' : 'en'
    outgoing.setHeader('content-security-policy', policy)
    outgoing.setHeader('content-type', 'text/html; charset=utf-8')
    outgoing.end(
      `<!doctype html><html lang="${lang}"><head><title>Shop</title><meta name="viewport" content="width=device-width"></head><body><main><h1>Shop</h1></main>${snippet}</body></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

async function visitShop(path: string, look: Partial<PersonOptions> = {}): Promise<Page> {
  const page = await openWindow(browser, { url: shop.url, ...look })
  await page.goto(path)
  await page.getByRole('button').first().waitFor()
  return page
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test('a visitor answers by keyboard alone, corrects the answer, and the page of the project shows the last word', async () => {
  const page = await visitShop('/orders/42?token=secret')
  await press(page, 'Tab', 'Enter')
  const dialog = page.getByRole('dialog', { name: 'Your opinion' })
  await dialog.waitFor()
  // A four of five, "slow", and a few words.
  await press(page, 'Space', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Tab', 'Space', 'ArrowRight', 'Tab')
  expect(await dialog.getByRole('radio', { name: /^4/ }).first().isChecked()).toBe(true)
  await page.keyboard.type('Nice, but it took long.')
  await press(page, 'Tab', 'Enter')
  await dialog.getByText('Thank you.').waitFor()
  await press(page, 'Escape')
  await dialog.waitFor({ state: 'hidden' })

  await visit(console_, '/demo/satisfaction')
  const main = console_.getByRole('main')
  await main.getByText('4.0', { exact: true }).first().waitFor()
  expect(await main.textContent()).toContain('Nice, but it took long.')
  expect(await main.textContent()).toContain('/orders/:id')
  expect(await main.textContent()).not.toContain('secret')
  expect(await main.getByRole('row', { name: /slow/ }).textContent()).toMatch(/\d+\s?(ms|s)/)

  await press(page, 'Enter', 'Space', 'ArrowRight', 'Enter')
  await dialog.getByText('Thank you.').waitFor()
  await visit(console_, '/demo/satisfaction')
  await main.getByText('2.0', { exact: true }).first().waitFor()
  expect(await main.textContent()).toContain('of 5, 1 answer')

  const csv = await (await console_.request.get(`${url}/demo/satisfaction/csv`)).text()
  expect(csv.split('\r\n')).toHaveLength(3)
  expect(csv).toMatch(/^answered_at,rating,comment,.*\r\n\d{4}-.*,2,,\/orders\/:id,/)
  await page.context().close()
})

test('what is missing and what fails is said in place, and sending again works', async () => {
  const page = await visitShop('/help')
  await page.getByRole('button', { name: 'Feedback' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('alert').getByText('Choose a number').waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('radio', { name: /5 very happy/ }).check()
  await page.route('**/api/ingest/feedback', (route) => route.abort())
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('alert').getByText('could not be sent').waitFor()
  await page.unroute('**/api/ingest/feedback')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Thank you.').waitFor()
  await expectNoAxeViolations(page)
  await page.context().close()
})

test.each([
  { size: DESKTOP, theme: 'light', path: '/' },
  { size: DESKTOP, theme: 'dark', path: '/fr' },
  { size: PHONE, theme: 'light', path: '/fr' },
  { size: PHONE, theme: 'dark', path: '/' },
] as const)(
  'open on $path at $size.width px, $theme, it is accessible and does not scroll sideways',
  async ({ path, ...look }) => {
    const page = await visitShop(path, look)
    await page.getByRole('button').first().click()
    await page.getByRole('dialog').waitFor()
    await expectNoAxeViolations(page)
    await expectNoSidewaysScroll(page)
    const host = page.locator('vigie-feedback')
    // Its styles hold under a policy that forbids inline ones.
    expect(await host.evaluate((element) => getComputedStyle(element).position)).toBe('fixed')
    expect(await page.getByText(path === '/fr' ? 'Êtes-vous content' : 'How happy').isVisible()).toBe(true)
    if (process.env.VIGIE_SHOTS) {
      await page.screenshot({ path: `${process.env.VIGIE_SHOTS}/widget-${look.size.width}-${look.theme}.png` })
    }
    await page.context().close()
  },
)

test('the page is found in the navigation', async () => {
  await visit(console_, '/demo')
  await console_.getByRole('link', { name: t('frame.pages.satisfaction') }).click()
  await console_.waitForURL('**/demo/satisfaction')
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { startVigie, type Vigie } from './support/vigie.ts'
import { words } from './support/words.ts'

const t = words('en')
let vigie: Vigie
let browser: Browser
beforeAll(async () => {
  vigie = await startVigie()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await vigie?.remove()
})

test.each([
  ['SIGTERM', 'Before an orderly end', 0],
  ['SIGKILL', 'Before a kill', null],
] as const)(
  'after %s everything that was acknowledged is there again, people stay signed in, and watching goes on',
  async (signal, name, code) => {
    const page = await openWindow(browser, { url: vigie.url })
    await signIn(page)
    await visit(page, '/demo/channels/new?kind=webhook')
    await page.locator('[name=name]').fill(name)
    await page.locator('[name=url]').fill('http://127.0.0.1:9/hook')
    await page.getByRole('button', { name: t('channels.form.create') }).click()
    await page.getByText(t('channels.done.created')).waitFor()

    expect(await vigie.stop(signal)).toBe(code)
    const { dataDirectory, port } = vigie
    vigie = await startVigie({ dataDirectory, port })

    await visit(page, '/demo/channels')
    await page.getByRole('link', { name }).waitFor()
    await visit(page, '/demo')
    await page
      .getByRole('heading', { level: 1, name: t('overview.headline.up', { total: 2 }) })
      .waitFor({ timeout: 40_000 })
    await page.context().close()
  },
)

test('a second start on the same data changes nothing that was there, and prints no password again', async () => {
  expect(vigie.output()).not.toMatch(/password/)
  const page = await openWindow(browser, { url: vigie.url })
  await signIn(page)
  await visit(page, '/demo/monitors')
  expect(
    await page
      .locator('main')
      .getByRole('link', { name: /^(Vigie itself|Demo target)$/ })
      .count(),
  ).toBe(2)
  await page.context().close()
})

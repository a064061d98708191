import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openWindow } from './support/session.ts'
import { words } from './support/words.ts'

const { url } = inject('vigie')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

// Nobody's accounts: the limits of those that other tests sign in with stay untouched.

/** Without scripts each answer is a page of its own: there is no doubt to which attempt it belongs. */
async function attempt(page: Page, button: string): Promise<string> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: button, exact: true }).click()])
  return (await page.locator('main').textContent()) ?? ''
}

test('after ten wrong passwords the page says when to try again, in the reader’s language, and other accounts are not held up', async () => {
  const t = words('fr')
  const page = await openWindow(browser, { url, locale: 'fr', javaScript: false })
  await page.goto(`${url}/sign-in`)
  await page.getByLabel(t('auth.email')).fill('guessed@example.com')
  const shown: string[] = []
  for (let n = 0; n < 11; n += 1) {
    await page.getByLabel(t('auth.password')).fill(`guess-${n}`)
    shown.push(await attempt(page, t('auth.signIn')))
  }
  const wrong = t('auth.errors.credentials')
  expect(shown.map((text) => text.includes(wrong))).toEqual([...Array(10).fill(true), false])
  const refusal = t('auth.errors.rateLimited', { minutes: '2' })
  expect(shown[10]).toContain(refusal)

  await page.getByLabel(t('auth.email')).fill('somebody-else@example.com')
  await page.getByLabel(t('auth.password')).fill('guess')
  expect(await attempt(page, t('auth.signIn'))).toContain(wrong)
  await page.context().close()
})

test('after five links no more are mailed for a while', async () => {
  const t = words('en')
  const page = await openWindow(browser, { url, javaScript: false })
  await page.goto(`${url}/sign-in`)
  await page.getByLabel(t('auth.email')).fill('linked@example.com')
  const shown: string[] = []
  for (let n = 0; n < 6; n += 1) shown.push(await attempt(page, t('auth.sendLink')))
  const sent = t('auth.linkSent', { email: 'linked@example.com' })
  expect(shown.map((text) => text.includes(sent))).toEqual([true, true, true, true, true, false])
  expect(shown[5]).toContain(t('auth.errors.rateLimited', { minutes: '3' }))
  await page.context().close()
})

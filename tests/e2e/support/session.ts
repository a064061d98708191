import type { Browser, BrowserContext, Page, Response } from 'playwright-core'
import { LOCALE_COOKIE } from '../../../i18n/locales.ts'
import { DESKTOP } from '../../support/browser.ts'
import { ADMIN } from './vigie.ts'
import { words } from './words.ts'

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>

export interface PersonOptions {
  url: string
  size?: { width: number; height: number }
  theme?: 'light' | 'dark'
  locale?: 'en' | 'fr'
  javaScript?: boolean
  /** Of an earlier sign-in; without it nobody is signed in. */
  state?: StorageState
}

/** A browser window of its own: nothing is shared with other windows but what `state` brings. */
export async function openWindow(browser: Browser, options: PersonOptions): Promise<Page> {
  const { url, size = DESKTOP, theme = 'light', locale = 'en', javaScript = true, state } = options
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    colorScheme: theme,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    // The cookie decides once a person has chosen; a browser's own wishes decide before.
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    ...(state === undefined ? {} : { storageState: state }),
  })
  await context.addCookies([{ name: LOCALE_COOKIE, value: locale, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  return page
}

/**
 * Opens a page and waits until it is there: a page arrives in pieces, its skeleton first, and only the page itself has a heading. What is
 * read or counted at once after a bare `goto` may be read off the skeleton.
 */
export async function visit(page: Page, address: string): Promise<Response | null> {
  const response = await page.goto(address)
  await page.locator('h1').first().waitFor()
  return response
}

/** Signs in by the form, as a person does, and waits for the first page. */
export async function signIn(
  page: Page,
  account: { email: string; password: string } = ADMIN,
  locale: 'en' | 'fr' = 'en',
): Promise<void> {
  const t = words(locale)
  await visit(page, '/sign-in')
  await page.getByLabel(t('auth.email')).fill(account.email)
  await page.getByLabel(t('auth.password')).fill(account.password)
  await page.getByRole('button', { name: t('auth.signIn'), exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** A signed-in session that any number of windows can begin with. */
export async function signedInState(browser: Browser, url: string, account = ADMIN): Promise<StorageState> {
  const page = await openWindow(browser, { url })
  await signIn(page, account)
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

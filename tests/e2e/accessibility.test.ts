import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DESKTOP, expectNoAxeViolations, expectNoSidewaysScroll, launchBrowser, PHONE } from '../support/browser.ts'
import { makeSureOfAnIncident } from './support/incident.ts'
import { addressOf, listRoutes, REDIRECTS, type Samples } from './support/routes.ts'
import { openWindow, type PersonOptions, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
let browser: Browser
let samples: Samples
let state: Awaited<ReturnType<BrowserContext['storageState']>>
beforeAll(async () => {
  browser = await launchBrowser()
  samples = await makeSureOfAnIncident(dataDirectory)
  state = await signedInState(browser, url)
})
afterAll(() => browser?.close())

const routes = listRoutes().filter((route) => !REDIRECTS.includes(route))

/** Every pair of size, theme and language occurs. Those of one size are looked at side by side: there is nothing to wait for but the machine. */
const LOOKS = [
  { theme: 'light', localeAt: { desktop: 'en', phone: 'fr' } },
  { theme: 'dark', localeAt: { desktop: 'fr', phone: 'en' } },
] as const

describe.each([
  { kind: 'desktop', size: DESKTOP },
  { kind: 'phone', size: PHONE },
] as const)('every page at $size.width px', ({ kind, size }) => {
  const looks = LOOKS.map(({ theme, localeAt }) => ({ size, theme, locale: localeAt[kind] }))
  test.concurrent.each(looks)(
    'has, $theme and in $locale, no accessibility violation, one h1, a title, its language, and does not scroll sideways',
    async (look) => {
      const signedIn = await openWindow(browser, { url, ...look, state })
      const stranger = await openWindow(browser, { url, ...look })
      const complaints: string[] = []
      for (const route of routes) {
        const page = route.startsWith('/[project]') ? signedIn : stranger
        await inspect(page, addressOf(route, samples), look.locale).catch((error: Error) =>
          complaints.push(error.message),
        )
      }
      await signedIn.context().close()
      await stranger.context().close()
      expect(complaints.join('\n\n')).toBe('')
    },
  )
})

test('what opens on a page is accessible too: palette, account menu, the sheet of a phone, a question, errors in a form', async () => {
  const desktop = await openAt({ size: DESKTOP, theme: 'dark' }, '/demo/monitors/new')
  await desktop.getByRole('button', { name: t('monitorForm.create') }).click()
  await desktop.getByText(/fields? needs? a look/).waitFor()
  await expectNoAxeViolations(desktop)
  await desktop.keyboard.press('Control+k')
  await desktop.getByRole('dialog').getByRole('combobox').waitFor()
  await expectNoAxeViolations(desktop)
  await desktop.keyboard.press('Escape')
  await desktop.getByRole('button', { name: t('frame.account') }).click()
  await expectNoAxeViolations(desktop)
  await visit(desktop, '/demo/channels/admin')
  await desktop.getByRole('button', { name: t('channels.delete.label') }).click()
  await desktop.getByRole('dialog').waitFor()
  await expectNoAxeViolations(desktop)
  await desktop.context().close()

  const phone = await openAt({ size: PHONE, theme: 'light' }, '/demo')
  await phone.getByRole('button', { name: t('frame.more') }).click()
  await phone.getByRole('link', { name: t('frame.pages.deliveries') }).waitFor()
  await expectNoAxeViolations(phone)
  await expectNoSidewaysScroll(phone)
  await phone.context().close()
})

async function openAt(look: Pick<PersonOptions, 'size' | 'theme'>, address: string): Promise<Page> {
  const page = await openWindow(browser, { url, ...look, state })
  await visit(page, address)
  await page.locator('h1').waitFor()
  return page
}

async function inspect(page: Page, address: string, locale: string): Promise<void> {
  const response = await visit(page, address)
  if (response?.status() !== 200) throw new Error(`${address} answered ${response?.status()}`)
  await page.locator('h1').first().waitFor()
  const facts = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    title: document.title,
    language: document.documentElement.lang,
  }))
  if (facts.headings !== 1) throw new Error(`${address} has ${facts.headings} h1`)
  if (!/^.+ · Vigie$/.test(facts.title)) throw new Error(`${address} is called "${facts.title}"`)
  if (facts.language !== locale) throw new Error(`${address} says that it is in ${facts.language}`)
  if (locale === 'fr' && !isWrittenForOthers(address)) {
    const english = STORED_ENGLISH.exec((await page.locator('main').textContent()) ?? '')
    if (english !== null) throw new Error(`${address} says in English: "${english[0]}"`)
  }
  await expectNoAxeViolations(page)
  await expectNoSidewaysScroll(page)
}

/** What the pipeline stores is English; a French page has to say it in French. */
const STORED_ENGLISH =
  /\b(is down|are down|was told|goes to|answered \d{3}|Kept in|Refused for good|is told instead)\b.*/

/** Messages stand there as they were sent, in the language of the project. */
function isWrittenForOthers(address: string): boolean {
  return /\/(outbox|audit)/.test(address)
}

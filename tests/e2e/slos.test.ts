import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url } = inject('vigie')
const t = words('en')
let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  page = await openWindow(browser, { url, state: await signedInState(browser, url) })
})
afterAll(() => browser?.close())

const target = () => page.getByLabel(t('slos.form.target'), { exact: true })
const create = () => page.getByRole('button', { name: t('slos.form.create') })

test('the arithmetic under the target follows what is typed', async () => {
  await visit(page, '/demo/slos/new')
  await page.getByText('99.9% over 30 days = 43 min 12 s of downtime').waitFor()
  await target().fill('99.5')
  await page.getByText('99.5% over 30 days = 3 h 36 min of downtime').waitFor()
  await page.getByLabel(t('slos.form.window'), { exact: true }).selectOption('year')
  await page.getByText('99.5% over a year (365 days) = 1 d 19 h 48 min of downtime').waitFor()
  await page.getByLabel(t('slos.form.window'), { exact: true }).selectOption('30')
  await target().fill('80')
  await page.getByText('the alert at 6 times can never fire', { exact: false }).first().waitFor()
})

test('a promise of everything is refused at its field, and what was typed stays', async () => {
  await visit(page, '/demo/slos/new')
  await page.getByLabel(t('slos.form.name'), { exact: true }).fill('Always')
  await target().fill('100')
  await create().click()
  await page.getByText(t('slos.errors.target_invalid')).waitFor()
  expect(await page.getByLabel(t('slos.form.name'), { exact: true }).inputValue()).toBe('Always')
})

test('a preset of the guides becomes an SLO in one click, whose figures open to the numbers behind them', async () => {
  await visit(page, '/demo/slos/new?preset=uptime_995')
  expect(await target().inputValue()).toBe('99.5')
  await create().click()
  await page.getByText(t('slos.done.created')).waitFor()
  await page.getByRole('heading', { level: 1, name: t('slos.presets.names.uptime_995') }).waitFor()
  await page.getByText(t('slos.methods.occurrences')).waitFor()
  await visit(page, '/demo/slos')
  await page.getByRole('link', { name: t('slos.presets.names.uptime_995') }).click()
  await page.getByText(t('slos.numbers.title')).click()
  await page.getByText(t('slos.numbers.method.occurrences')).waitFor()
})

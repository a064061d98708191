import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { eventually } from './support/eventually.ts'
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

test('somebody writes a rule, sees at once what it would have done, saves it and finds it in the list', async () => {
  await visit(page, '/demo/rules/new')
  const field = (name: string) => page.getByLabel(t(`rules.sentence.${name}`), { exact: true })
  await page.locator('select[name=metric]').selectOption('probe.duration')
  await page.waitForURL(/metric=probe\.duration/)
  // What is wrong stands at its field, with what could stand there.
  await field('critical').fill('1parsec')
  await page.getByText('"parsec"').first().waitFor()
  await field('critical').fill('0.01ms')
  await field('for').fill('0s')
  // A product that has only just started has no whole minute behind it yet.
  const found = page.locator('figcaption').getByText(/Would have paged/)
  let tries = 0
  await eventually(
    'what the rule would have done',
    async () => {
      await field('critical').fill(`0.0${(tries++ % 2) + 1}ms`)
      return found.waitFor({ timeout: 5_000 }).then(() => true)
    },
    150_000,
  )

  await page.getByLabel(t('rules.how.name'), { exact: true }).fill('Probes take any time')
  await page.waitForURL(/name=Probes/)
  await page.getByRole('button', { name: t('rules.editor.create') }).click()
  await page.getByText(t('rules.done.created')).waitFor()
  expect(await page.locator('h1').textContent()).toBe('Probes take any time')

  await visit(page, '/demo/rules?text=any+time')
  await page.getByRole('link', { name: /Probes take any time/ }).waitFor()
}, 240_000)

test('a rule can be written in one line and read as a sentence again', async () => {
  await visit(page, '/demo/rules/new')
  await page.getByRole('button', { name: t('rules.editor.toLine') }).click()
  const line = page.getByLabel(t('rules.editor.line'), { exact: true })
  await line.fill('p99(probe.duration) over 10m > 3s for 2m')
  await page.waitForURL(/p99/)
  // What is typed as soon as the field is there stays as it was typed.
  expect(await line.inputValue()).toBe('p99(probe.duration) over 10m > 3s for 2m')
  await page.getByRole('button', { name: t('rules.editor.toSentence') }).click()
  await page.waitForURL(/to=sentence/)
  expect(await page.locator('select[name=aggregate]').inputValue()).toBe('p99')
  expect(await page.locator('input[name=window]').inputValue()).toBe('10m')
  expect(await page.locator('input[name=critical]').inputValue()).toBe('3s')
}, 120_000)

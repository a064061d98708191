import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { eventually } from './support/eventually.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { startTarget } from './support/target.ts'
import { ADMIN } from './support/vigie.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openWindow(browser, { url, javaScript: false })
})
afterAll(() => browser?.close())

const SOON_MS = 40_000

test('with JavaScript switched off a wrong password is refused in words, and the right one signs in', async () => {
  await visit(page, '/sign-in')
  await page.getByLabel(t('auth.email')).fill(ADMIN.email)
  await page.getByLabel(t('auth.password')).fill('not-the-password')
  await page.getByRole('button', { name: t('auth.signIn'), exact: true }).click()
  await page.getByText(t('auth.errors.credentials')).waitFor()
  await signIn(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
})

test('with JavaScript switched off the form says what is wrong, keeps what was typed, and then creates the monitor', async () => {
  await visit(page, '/demo/monitors/new')
  await page.locator('[name=name]').fill('Plain form')
  await page.locator('[name=url]').fill('ftp://wrong')
  await page.getByRole('button', { name: t('monitorForm.create') }).click()
  await page.getByText(/“ftp:\/\/wrong” does not fit/).waitFor()
  expect(await page.locator('[name=name]').inputValue()).toBe('Plain form')
  const target = await startTarget()
  target.breakIt()
  await page.locator('[name=url]').fill(target.url)
  await page.locator('[name=interval]').fill('10')
  await page.locator('[name=intervalUnit]').selectOption('s')
  await page.getByRole('button', { name: t('monitorForm.create') }).click()
  await page.getByRole('heading', { level: 1, name: 'Plain form' }).waitFor()
})

test('with JavaScript switched off the link of a mail acknowledges, by its button and not by being opened', async () => {
  const link = await eventually('the mail about Plain form', () => findLink(), SOON_MS)
  await visit(page, link)
  const button = page.getByRole('button', { name: t('ack.acknowledge') })
  await button.waitFor()
  await visit(page, link)
  await button.click()
  await page.getByText(t('states.incident.acknowledged')).first().waitFor()
  expect(await button.count()).toBe(0)
})

async function findLink(): Promise<string | undefined> {
  const sql = openDatabase(dataDirectory)
  try {
    const [mail] = await sql<{ body: string }[]>`
      select body from public.outbox_messages where subject like '%Plain form is down%' order by at desc limit 1`
    return mail && /https?:\/\/\S+\/ack\/[A-Za-z0-9._~-]+/.exec(mail.body)?.[0]
  } finally {
    await sql.end()
  }
}

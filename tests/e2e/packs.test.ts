import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
const GUIDE = 'hypercare'
const MINE = 'Slower than my shop may be'
const sql = openDatabase(dataDirectory)
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await openWindow(browser, { url, state: await signedInState(browser, url) })
})
afterAll(async () => {
  await browser?.close()
  await sql.end()
})

const section = () => page.locator(`#guide-${GUIDE}`)
const open = () => visit(page, '/demo/rules/packs?by=guide')
const press = (name: string) =>
  section()
    .getByRole('button', { name: t(`packs.${name}`), exact: true })
    .click()
const notice = () => section().getByRole('status')
const rows = () => sql<{ key: string; name: string }[]>`
  select key, name from public.alert_rules where pack is not null order by key`

test('a guide is installed in one click, and each of its rules stands there with its state', async () => {
  await open()
  await press('install')
  await notice()
    .getByText(/rules were installed/)
    .waitFor()
  await section().getByText(t('packs.states.installed'), { exact: true }).first().waitFor()
  const installed = await rows()
  expect(installed.length).toBeGreaterThan(3)
  await section().locator('summary').click()
  const shown = section().getByRole('table').getByRole('row')
  expect(await shown.count()).toBe(installed.length + 1)
  await visit(page, '/demo/rules?text=')
  for (const { name } of installed.slice(0, 3)) await page.getByRole('link', { name }).first().waitFor()
})

test('an upgrade brings what is new and keeps what somebody changed', async () => {
  const [mine, other] = await rows()
  if (mine === undefined || other === undefined) throw new Error('nothing is installed')
  await visit(page, `/demo/rules/${mine.key}/edit`)
  await page.getByLabel(t('rules.how.name'), { exact: true }).fill(MINE)
  await page.waitForURL(/name=Slower/)
  await page.getByRole('button', { name: t('rules.editor.save') }).click()
  await page.getByText(t('rules.done.updated')).waitFor()
  // As an earlier version had made them: with another runbook.
  await sql`
    update public.alert_rules set pack_version = 0, runbook = 'RB-OLD', pack_original = pack_original || '{"runbook": "RB-OLD"}'
    where key in (${mine.key}, ${other.key})`
  await open()
  await press('upgrade')
  await notice()
    .getByText(/brought up to date/)
    .waitFor()
  const after = await sql<{ key: string; name: string; runbook: string | null }[]>`
    select key, name, runbook from public.alert_rules where key in (${mine.key}, ${other.key}) order by key`
  expect(after.map(({ name }) => name)).toEqual([MINE, other.name])
  for (const { runbook } of after) expect(runbook).not.toBe('RB-OLD')
})

test('removing it asks before it takes what somebody changed, and can be undone', async () => {
  const [mine] = (await rows()).filter(({ name }) => name === MINE)
  await open()
  await press('uninstall')
  await notice()
    .getByText(new RegExp(`stays: ${mine?.key}`))
    .waitFor()
  expect((await rows()).map(({ key }) => key)).toEqual([mine?.key])
  await press('undo')
  await notice()
    .getByText(/rules were installed/)
    .waitFor()
  expect((await rows()).length).toBeGreaterThan(3)
  await press('uninstall')
  await press('removeChanged')
  await section().getByText(t('packs.states.not_installed'), { exact: true }).first().waitFor()
  expect(await rows()).toEqual([])
})

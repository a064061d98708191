import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { readDemoKey } from '../../lib/local/demo-key.ts'
import { launchBrowser } from '../support/browser.ts'
import { eventually } from './support/eventually.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
const NAME = 'The queue is too long'
/** A rule is evaluated once a minute; a machine that is busy misses some. */
const FIRES_WITHIN_MS = 6 * MINUTE
let browser: Browser
let page: Page
const stopped = new AbortController()

beforeAll(async () => {
  browser = await launchBrowser()
  page = await openWindow(browser, { url, state: await signedInState(browser, url) })
  const now = Date.now()
  await send(
    Array.from({ length: 60 }, (_, index) => ({ value: index < 30 ? 3 : 40, at: now - (60 - index) * MINUTE })),
  )
  void goOn()
})
afterAll(async () => {
  stopped.abort()
  await browser?.close()
})

async function send(points: readonly { value: number; at: number }[]): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${readDemoKey(dataDirectory)}` }
  const metrics = points.map(({ value, at }) => ({ name: 'orders.queue', value, at: new Date(at).toISOString() }))
  const answer = await fetch(`${url}/api/ingest/metrics`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ metrics }),
  })
  expect(answer.status).toBe(200)
}

/** It stays bad, so that it does not matter at which minute the rule is asked. */
async function goOn(): Promise<void> {
  while (!stopped.signal.aborted) {
    await send([{ value: 40, at: Date.now() }]).catch(() => undefined)
    await sleep(5 * SECOND, undefined, { signal: stopped.signal }).catch(() => undefined)
  }
}

test(
  'a rule made from nothing shows what it would have done, fires with its evidence, and somebody is told',
  async () => {
    // From the list, as somebody who has never made one.
    await visit(page, '/demo/rules')
    await page
      .getByRole('link', { name: t('rules.new') })
      .first()
      .click()
    await page.waitForURL(/\/rules\/new/)
    const metric = page.locator('select[name=metric]')
    await eventually(
      'the metric among those that can be chosen',
      async () => {
        await visit(page, '/demo/rules/new')
        return (await metric.locator('option', { hasText: /^orders\.queue$/ }).count()) > 0
      },
      2 * MINUTE,
      2 * SECOND,
    )
    await metric.selectOption('orders.queue')
    await page.waitForURL(/metric=orders\.queue/)
    await page.locator('select[name=aggregate]').selectOption('max')
    await page.waitForURL(/aggregate=max/)
    const field = (name: string) => page.getByLabel(t(`rules.sentence.${name}`), { exact: true })
    await field('critical').fill('20')
    await field('for').fill('0s')
    await page.getByTestId('line').getByText('max(orders.queue) > 20').waitFor()

    // Half an hour of it is behind us.
    await eventually(
      'the back-test of what was rolled up',
      async () => {
        await page.getByRole('button', { name: t('rules.editor.backTest') }).click()
        return page
          .locator('figcaption')
          .getByText(/Would have paged 1 time/)
          .waitFor({ timeout: 5 * SECOND })
          .then(() => true)
      },
      2 * MINUTE,
    )
    await page.getByLabel(t('rules.how.name'), { exact: true }).fill(NAME)
    await page.waitForURL(/name=The\+queue/)
    await page.getByRole('button', { name: t('rules.editor.create') }).click()
    await page.getByText(t('rules.done.created')).waitFor()

    // It fires; what it saw stands on its page, with the incident that it opened.
    const evidence = page.locator('figcaption').getByText(t('rules.evidence.title'))
    await eventually(
      'the rule to fire',
      async () => {
        await visit(page, '/demo/rules/the-queue-is-too-long')
        return evidence.isVisible()
      },
      FIRES_WITHIN_MS,
      5 * SECOND,
    )
    await visit(page, '/demo/alerts')
    const row = page.getByRole('row').filter({ hasText: NAME })
    await row.getByText(t('alerts.open.critical'), { exact: true }).waitFor()
    await row.getByRole('link', { name: /#\d+/ }).click()
    await page.waitForURL(/\/incidents\/\d+/)
    await page.getByRole('heading', { level: 1 }).getByText(NAME).waitFor()
    await eventually(
      'the mail in the outbox',
      async () => {
        await visit(page, '/demo/outbox')
        return (await page.getByRole('link', { name: new RegExp(NAME) }).count()) > 0
      },
      2 * MINUTE,
      2 * SECOND,
    )
  },
  15 * MINUTE,
)

test('a rule that was deleted by mistake is brought back with one press', async () => {
  await visit(page, '/demo/rules/the-queue-is-too-long')
  await page.getByRole('button', { name: t('rules.side.delete.label') }).click()
  await page.getByRole('button', { name: t('rules.side.delete.confirm') }).click()
  await page.getByText(t('rules.done.deleted')).waitFor()
  await page.getByRole('button', { name: t('rules.done.undo') }).click()
  await page.getByText(t('rules.done.restored')).waitFor()
  expect(await page.locator('h1').textContent()).toBe(NAME)
  expect(await page.getByText('max(orders.queue) > 20').count()).toBeGreaterThan(0)
  // For the tests that share this product, what it opened is over.
  await page.getByRole('button', { name: t('rules.side.delete.label') }).click()
  await page.getByRole('button', { name: t('rules.side.delete.confirm') }).click()
  await page.getByText(t('rules.done.deleted')).waitFor()
})

import { createHmac, randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hashApiKey } from '../../lib/adapters/system/hash-api-key.ts'
import { launchBrowser } from '../support/browser.ts'
import { openDatabase } from './support/database.ts'
import { openWindow, signedInState, visit } from './support/session.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
const KEY = `vg_${randomUUID()}`
const SECRET = 'a-secret-of-the-drain'
let browser: Browser
let page: Page
beforeAll(async () => {
  const sql = openDatabase(dataDirectory)
  await sql`
    insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by)
    select id, 'drain', 'vg_', ${hashApiKey(KEY)}, '{ingest}', 'test' from public.projects where slug = 'demo'`
  await sql.end()
  browser = await launchBrowser()
  page = await openWindow(browser, { url, state: await signedInState(browser, url) })
})
afterAll(() => browser?.close())

test('somebody sets up a log drain, and sees the lines of a signed delivery and why an unsigned one was turned away', async () => {
  await visit(page, '/demo/settings/log-drain')
  const address = (await page.locator('main code').first().textContent()) ?? ''
  await page.getByLabel(t('logDrain.form.verifyToken')).fill('code-of-vercel')
  await page.getByLabel(t('logDrain.form.secret'), { exact: true }).fill(SECRET)
  await page.getByRole('button', { name: t('logDrain.form.save') }).click()
  await page.getByText(t('logDrain.form.saved')).waitFor()

  const asked = await fetch(address)
  expect([asked.status, asked.headers.get('x-vercel-verify')]).toEqual([200, 'code-of-vercel'])
  const message = `order ${randomUUID()} was paid`
  const body = JSON.stringify([{ id: randomUUID(), timestamp: Date.now(), source: 'lambda', level: 'info', message }])
  const deliver = (signature: string) =>
    fetch(address, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${KEY}`,
        ...(signature === '' ? {} : { 'x-vercel-signature': signature }),
      },
    })
  expect((await deliver(createHmac('sha1', SECRET).update(body).digest('hex'))).status).toBe(200)
  await visit(page, `/demo/logs?q=${encodeURIComponent(message)}`)
  await page.getByText(message).first().waitFor()

  expect((await deliver('')).status).toBe(401)
  await visit(page, '/demo/settings/log-drain')
  await page.getByText(t('logDrain.refused.title')).waitFor()
  expect(await page.content()).not.toContain(SECRET)
})

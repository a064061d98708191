import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { createAccount } from './support/accounts.ts'
import { openDatabase } from './support/database.ts'
import { makeSureOfAnIncident } from './support/incident.ts'
import { addressOf, listRoutes, type Samples } from './support/routes.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { ADMIN } from './support/vigie.ts'
import { words } from './support/words.ts'

const { url, dataDirectory } = inject('vigie')
const t = words('en')
const person = (name: string) => ({ email: `${name}@example.com`, password: ADMIN.password })
let browser: Browser
let samples: Samples
let admin: Page
let viewer: Page
let outsider: Page
beforeAll(async () => {
  browser = await launchBrowser()
  samples = await makeSureOfAnIncident(dataDirectory)
  const sql = openDatabase(dataDirectory)
  const account = { adminEmail: ADMIN.email, projectSlug: 'demo' }
  await createAccount(sql, { ...account, email: 'viewer@example.com', role: 'viewer' })
  await createAccount(sql, { ...account, email: 'outsider@example.com', role: null })
  await createAccount(sql, { ...account, email: 'responder@example.com', role: 'responder' })
  await sql.end()
  admin = await openWindow(browser, { url })
  viewer = await openWindow(browser, { url })
  outsider = await openWindow(browser, { url })
  await signIn(admin)
  await signIn(viewer, person('viewer'))
  await signIn(outsider, person('outsider'))
})
afterAll(() => browser?.close())

const inProject = listRoutes().filter((route) => route.startsWith('/[project]'))

test('an admin sees the buttons that change things, and a viewer sees none of them', async () => {
  const buttons = [
    ['/demo', t('overview.demo.break')],
    ['/demo/monitors/demo', t('monitor.pause')],
    ['/demo/channels/admin', t('channels.test.send')],
    [`/demo/incidents/${samples.incidentNumber}`, t('incident.timeline.add')],
    ['/demo/reports', t('reports.send.me')],
    ['/demo/settings', t('settings.form.save')],
  ] as const
  for (const [address, name] of buttons) {
    await visit(admin, address)
    await admin.getByRole('button', { name }).first().waitFor()
    await visit(viewer, address)
    await viewer.locator('h1').waitFor()
    expect(await viewer.locator('main').getByRole('button', { name }).count(), `${name} on ${address}`).toBe(0)
  }
})

test('a viewer who opens a form by its address is told which role it needs', async () => {
  for (const address of ['/demo/monitors/new', '/demo/monitors/demo/edit', '/demo/channels/new', '/demo/outbox']) {
    await visit(viewer, address)
    await viewer.locator('h1').waitFor()
    expect(await viewer.locator('main form').count(), `forms on ${address}`).toBe(0)
    expect(await viewer.locator('main').textContent()).toMatch(/role|admin|responder/i)
  }
})

test('a viewer who sends the form of somebody with more rights is refused by the server, and nothing changes', async () => {
  // The admin's page with the viewer's session: what a person gets who keeps a page open while the role is taken away.
  await visit(admin, '/demo/monitors/demo')
  const button = admin.getByRole('button', { name: t('monitor.pause') })
  await button.waitFor()
  const own = await admin.context().cookies()
  await admin.context().clearCookies()
  await admin.context().addCookies(await viewer.context().cookies())
  await button.click()
  // The answer is the page as a viewer sees it.
  await button.waitFor({ state: 'detached' })
  await admin.context().clearCookies()
  await admin.context().addCookies(own)
  await admin.reload()
  await button.waitFor()
})

test('the address that raises a test error does so for admins, and does not exist for anybody else', async () => {
  const responder = await openWindow(browser, { url })
  await signIn(responder, person('responder'))
  const stranger = await openWindow(browser, { url })
  const statuses = []
  for (const { request } of [admin, responder, viewer, outsider, stranger])
    statuses.push((await request.get('/api/_boom')).status())
  expect(statuses).toEqual([500, 404, 404, 404, 404])
  await responder.context().close()
  await stranger.context().close()
})

test('the pages of a project do not exist for somebody who does not belong to it', async () => {
  for (const route of inProject) {
    const response = await visit(outsider, addressOf(route, samples))
    expect(await outsider.locator('body').textContent(), route).not.toContain('Demo target')
    expect(response?.status(), route).toBe(404)
  }
  await visit(outsider, '/')
  await outsider.getByRole('heading', { name: t('overview.noProject.title') }).waitFor()
})

test('whoever is not signed in is led to the sign-in page, and back to where they were going', async () => {
  const stranger = await openWindow(browser, { url })
  for (const route of inProject) {
    await visit(stranger, addressOf(route, samples))
    await stranger.waitForURL(/\/sign-in\?next=/)
  }
  await visit(stranger, '/demo/incidents?status=resolved')
  await stranger.waitForURL(/\/sign-in\?next=/)
  await stranger.getByLabel(t('auth.email')).fill(ADMIN.email)
  await stranger.getByLabel(t('auth.password')).fill(ADMIN.password)
  await stranger.getByRole('button', { name: t('auth.signIn'), exact: true }).click()
  await stranger.waitForURL(/\/demo\/incidents\?status=resolved$/)
  await stranger.context().close()
})

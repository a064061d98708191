import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { eventually } from './support/eventually.ts'
import { openWindow, signIn, visit } from './support/session.ts'
import { startTarget, type Target } from './support/target.ts'
import { ADMIN } from './support/vigie.ts'
import { type Words, words } from './support/words.ts'

const { url } = inject('vigie')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Found within the interval, confirmed within 6 s more, then written, mailed and looked at; the machine may be busy. */
const SOON_MS = 40_000

describe.concurrent.each(['en', 'fr'] as const)('in %s', (locale) => {
  const t = words(locale)
  const name = `Caisse ${locale}`

  test('a monitor that somebody creates, its failure, the page about it, the acknowledgement from the mail and the repair all happen', async () => {
    const target = await startTarget()
    const page = await openWindow(browser, { url })
    await signInIn(page, locale)
    await createChannel(page, t, locale)
    await createMonitor(page, t, { name, target, channel: `Mail ${locale}` })
    await reloadUntil(page, 'the monitor is up', () =>
      page.getByText(t('states.up'), { exact: true }).first().isVisible(),
    )

    target.breakIt()
    await visit(page, '/demo')
    // The page renews itself; nobody has to press anything.
    const open = page.getByRole('region', { name: t('overview.openIncidents') }).or(page.locator('main'))
    const incident = open.getByRole('link', { name: new RegExp(name) }).first()
    await page.locator('main').getByText(t('states.incident.triggered')).first().waitFor({ timeout: SOON_MS })
    await incident.waitFor()
    await visit(page, '/demo/incidents')
    await page.getByRole('link', { name: new RegExp(name) }).click()
    await page.waitForURL(/\/incidents\/[^/]+$/)
    const incidentAddress = page.url()

    const link = await findAcknowledgeLink(page, name)
    await scanLikeAMailServer(link)
    await visit(page, incidentAddress)
    await page.getByText(t('states.incident.triggered')).first().waitFor()

    await page.goBack()
    await page.frameLocator('iframe').locator('a[href*="/ack/"]').first().click()
    await page.waitForURL(/\/ack\//)
    await page.getByRole('button', { name: t('ack.acknowledge') }).click()
    await page.getByText(t('states.incident.acknowledged')).first().waitFor()
    await visit(page, incidentAddress)
    await page.getByText(t('states.incident.acknowledged')).first().waitFor()
    const timeline = page.locator('section', { has: page.getByRole('heading', { name: t('incident.timeline.title') }) })
    await timeline.getByText(`Mail ${locale}`).first().waitFor()

    target.repair()
    await page.getByText(t('states.incident.resolved')).first().waitFor({ timeout: SOON_MS })
    const subjects = await eventually(
      'the mail about the end',
      async () => {
        const mails = await mailsAbout(page, name)
        return mails.length >= 2 && mails
      },
      SOON_MS,
    )
    expect(subjects).toHaveLength(2)
    expect(subjects[0]).toMatch(/up again after/)
    expect(subjects[1]).toMatch(/is down: answered 503/)
    await page.context().close()
  })
})

/** By the form, and with the switch of the language if the browser wants another one. */
async function signInIn(page: Page, locale: 'en' | 'fr'): Promise<void> {
  if (locale === 'fr') {
    await visit(page, '/sign-in')
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByRole('heading', { name: words('fr')('auth.title') }).waitFor()
  }
  await signIn(page, ADMIN, locale)
}

async function createChannel(page: Page, t: Words, locale: string): Promise<void> {
  await visit(page, '/demo/channels/new?kind=email')
  await page.getByLabel(t('channels.form.name'), { exact: true }).fill(`Mail ${locale}`)
  await page.getByLabel(t('channels.form.addresses')).fill(`ops-${locale}@example.com`)
  await page.getByRole('button', { name: t('channels.form.create') }).click()
  await page.getByText(t('channels.done.created')).waitFor()
}

async function createMonitor(
  page: Page,
  t: Words,
  monitor: { name: string; target: Target; channel: string },
): Promise<void> {
  await visit(page, '/demo/monitors')
  await page.getByRole('link', { name: t('monitors.new') }).click()
  await page.getByLabel(t('monitorForm.fields.name.label'), { exact: true }).fill(monitor.name)
  await page.getByLabel(t('monitorForm.fields.url.label'), { exact: true }).fill(monitor.target.url)
  await page.locator('[name=interval]').fill('10')
  await page.locator('[name=intervalUnit]').selectOption('s')
  await page.locator('[name=timeout]').fill('2')
  await page.getByLabel(monitor.channel).check()
  await page.getByRole('button', { name: t('monitorForm.create') }).click()
  await page.getByRole('heading', { level: 1, name: monitor.name }).waitFor()
}

/** Opens the mail about the beginning in the outbox and returns the address of its button. */
async function findAcknowledgeLink(page: Page, name: string): Promise<string> {
  await eventually('the mail', () => mailsAbout(page, name).then((mails) => mails.length > 0), SOON_MS)
  await page
    .getByRole('link', { name: new RegExp(name) })
    .last()
    .click()
  await page.waitForURL(/\/outbox\/.+/)
  const link = await page.frameLocator('iframe').locator('a[href*="/ack/"]').first().getAttribute('href')
  if (!link) throw new Error('the mail has no link to acknowledge')
  return link
}

/** Subjects, newest first. */
async function mailsAbout(page: Page, name: string): Promise<string[]> {
  await visit(page, '/demo/outbox')
  return page
    .locator('main')
    .getByRole('link', { name: new RegExp(name) })
    .allInnerTexts()
}

/** What scanners, previews and prefetching do with every link of a mail. */
async function scanLikeAMailServer(link: string): Promise<void> {
  for (const method of ['HEAD', 'GET', 'GET']) expect((await fetch(link, { method })).status).toBe(200)
}

async function reloadUntil(page: Page, what: string, isSo: () => Promise<boolean>): Promise<void> {
  await eventually(
    what,
    async () => {
      await page.reload()
      return isSo()
    },
    SOON_MS,
    1_000,
  )
}

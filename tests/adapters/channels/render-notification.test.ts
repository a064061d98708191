import { expect, test } from 'vitest'
import { renderNotification } from '../../../lib/adapters/channels/email/render-notification.tsx'
import { NOTIFICATION_KINDS } from '../../../lib/domain/notification/message.ts'
import { buildMessage } from '../../support/providers/message.ts'

/** Without the hidden preview, which repeats facts for the list of an inbox. */
const visible = (html: string) => html.replace(/<!--.*?-->/gs, '').replace(/<div style="display:none.*?<\/div>/s, '')
const buttons = (html: string, url: string) => html.split(`href="${url}"`).length - 1

test('a page is 600 px wide, begins with the fact and has one button', async () => {
  const { subject, html, text } = await renderNotification(buildMessage())
  expect(subject).toBe('Checkout API is down: answered 503 since 03:12 (4 min)')
  expect(html).toContain('lang="en"')
  expect(html).toContain('max-width:600px')
  expect(visible(html)).toMatch(/▼ Down<\/p>.*<h1[^>]*>Checkout API is down: answered 503 since 03:12 \(4 min\)<\/h1>/s)
  expect(buttons(html, 'https://vigie.example.com/acknowledge/token')).toBe(1)
  expect(html).toContain('P0, critical')
  expect(html).toContain('https://wiki.example.com/runbooks/checkout')
  expect(text.startsWith(subject)).toBe(true)
})

test('a French project gets a French mail', async () => {
  const { html } = await renderNotification(buildMessage({ project: { locale: 'fr' } }))
  expect(html).toContain('lang="fr"')
  expect(html).toContain('Prendre en charge')
  expect(html).toContain('sam. 21 nov. 2026, 03:12 (Europe/Paris)')
})

test('the same message rendered twice is the same bytes, whatever its kind', async () => {
  for (const kind of NOTIFICATION_KINDS) {
    const [first, second] = [
      await renderNotification(buildMessage({ kind })),
      await renderNotification(buildMessage({ kind })),
    ]
    expect(second).toEqual(first)
  }
})

test('nothing that came from outside is read as markup', async () => {
  const { html } = await renderNotification(buildMessage({ monitor: { name: '<script>alert(1)</script>' } }))
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
})

test('a test message has no table and no button', async () => {
  const message = buildMessage({
    kind: 'test',
    incident: null,
    monitor: null,
    acknowledgeUrl: null,
    data: { evidence: [] },
  })
  const { html } = await renderNotification(message)
  expect(html).not.toContain('scope="row"')
  expect(html).not.toContain('href=')
  expect(html).toContain('this channel works')
})

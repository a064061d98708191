import { expect, test } from 'vitest'
import { renderNotification } from '../../../lib/adapters/channels/email/render-notification.tsx'
import { writeSlackMessage } from '../../../lib/adapters/channels/slack/slack-blocks.ts'
import type { DigestFigure } from '../../../lib/domain/notification/digest.ts'
import { buildMessage } from '../../support/providers/message.ts'

const figure = (changes: Partial<DigestFigure>): DigestFigure => ({
  key: 'users',
  name: 'Active users',
  unit: 'users',
  value: 1_234,
  valueAt: '2026-11-21T08:00:00.000Z',
  beforeValue: 1_200,
  limit: null,
  fault: null,
  ...changes,
})

const digest = (figures: DigestFigure[], locale: 'en' | 'fr' = 'en') =>
  buildMessage({
    kind: 'kpi.digest',
    incident: null,
    monitor: null,
    acknowledgeUrl: null,
    project: { locale },
    data: {
      evidence: [],
      toldTo: [],
      kpis: { day: '2026-11-21', pageUrl: 'https://vigie.example.com/demo/kpis', figures },
    },
  })

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')

test('a mail says the figures in its subject, lists them with those of yesterday, and has one button', async () => {
  const { subject, html, text } = await renderNotification(
    digest([figure({}), figure({ name: 'Tokens', unit: '', value: 5 })]),
  )
  expect(plain(subject)).toBe('Demo shop, Sat 21 Nov 2026 · Active users: 1,234 · Tokens: 5')
  expect(plain(html)).toContain('1,234 users (+34 since yesterday)')
  expect(html.split('href="https://vigie.example.com/demo/kpis"')).toHaveLength(2)
  expect(html).not.toContain('Severity')
  expect(plain(text)).toContain('1,234 users (+34 since yesterday)')
})

test('a French project gets a French mail', async () => {
  const { html } = await renderNotification(digest([figure({ limit: 'below' })], 'fr'))
  expect(html).toContain('Ouvrir les indicateurs')
  expect(plain(html)).toContain('1 234 users (+34 depuis hier, sous sa limite)')
})

test('Slack takes fifty figures with names that would be markup', () => {
  const figures = Array.from({ length: 50 }, (_, n) => figure({ name: `<!channel> ${n}`, unit: '<!here>' }))
  const { text, blocks } = writeSlackMessage(digest(figures))
  const sections = blocks.filter(({ type }) => type === 'section') as { fields?: { text: string }[] }[]
  expect(sections.map(({ fields }) => fields?.length)).toEqual([10, 10, 10, 10, 10])
  expect(`${text}${JSON.stringify(sections)}`).not.toMatch(/<!/)
})

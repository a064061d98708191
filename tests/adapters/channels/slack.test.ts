import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendSlack } from '../../../lib/adapters/channels/slack/send-slack.ts'
import { writeSlackMessage } from '../../../lib/adapters/channels/slack/slack-blocks.ts'
import { createTrustedPost } from '../../../lib/adapters/channels/trusted-post.ts'
import { buildEvidence, buildMessage, NOTIFICATION_ID } from '../../support/providers/message.ts'
import { type SlackStandIn, startSlack } from '../../support/providers/slack.ts'

let slack: SlackStandIn
beforeAll(async () => {
  slack = await startSlack()
})
afterAll(() => slack.close())

const dependencies = { post: createTrustedPost(), clock: { now: () => Date.now(), sleep: async () => {} } }

test('Slack takes a page: fact as header, labelled facts, acknowledge as first button', async () => {
  const result = await sendSlack(writeSlackMessage(buildMessage()), slack.webhookUrl, dependencies)
  expect(result).toMatchObject({ outcome: 'delivered', viaOutbox: false })
  const sent = slack.sent.at(-1)
  expect(sent?.text).toBe('Checkout API is down: answered 503 since 03:12 (4 min)')
  expect(sent?.blocks[0]).toMatchObject({ type: 'header', block_id: `vigie-${NOTIFICATION_ID}` })
  const whole = JSON.stringify(sent?.blocks)
  expect(whole).toContain('*Severity*\\nP0, critical')
  const buttons = sent?.blocks.find(({ type }) => type === 'actions')?.elements as { url: string; style?: string }[]
  expect(buttons.map(({ url }) => url)).toEqual([
    'https://vigie.example.com/acknowledge/token',
    'https://vigie.example.com/demo/incidents/12',
    'https://wiki.example.com/runbooks/checkout',
  ])
  expect(buttons.filter(({ style }) => style === 'primary')).toHaveLength(1)
})

test('a resolution in French has one button to the incident, once', () => {
  const message = buildMessage({
    kind: 'incident.resolved',
    acknowledgeUrl: null,
    project: { locale: 'fr' },
    incident: { resolvedAt: '2026-11-21T02:24:00.000Z' },
    monitor: { state: 'up', runbookUrl: '' },
  })
  const { text, blocks } = writeSlackMessage(message)
  expect(text).toBe('Checkout API fonctionne à nouveau, après 12 min')
  expect(blocks.filter(({ type }) => type === 'actions')).toMatchObject([
    { elements: [{ text: { text: 'Ouvrir l’incident' } }] },
  ])
})

test('nothing that a target answers becomes a mention or a link', () => {
  const failures = [{ subject: 'keyword', expected: '"ok"', got: '<!channel> <https://evil.example|pay here> & more' }]
  const message = buildMessage({ monitor: { name: '<!here> shop' }, data: { evidence: [buildEvidence({ failures })] } })
  const { text, blocks } = writeSlackMessage(message)
  const mrkdwn = JSON.stringify(blocks.filter(({ type }) => type !== 'header'))
  for (const shown of [text, mrkdwn]) expect(shown).not.toMatch(/<!|<https:\/\/evil/)
  expect(mrkdwn).toContain('&lt;!channel&gt;')
})

test('whatever the names, lists and addresses, Slack’s limits hold', async () => {
  const long = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2_500 })
  await fc.assert(
    fc.asyncProperty(long, long, fc.webUrl(), fc.nat(40), async (name, got, url, others) => {
      const message = buildMessage({
        monitor: { name, runbookUrl: `${url}?${'&<>|'.repeat(900)}`, url },
        project: { name: got },
        data: {
          alsoAffected: Array.from({ length: others }, (_, index) => ({ key: `k${index}`, name: `${name}${index}` })),
          toldTo: [got, name],
          evidence: [buildEvidence({ cause: 'assertion', failures: [{ subject: name, expected: got, got }] })],
          lastDeployment: { at: '2026-11-21T02:09:00.000Z', name },
        },
      })
      const result = await sendSlack(writeSlackMessage(message), slack.webhookUrl, dependencies)
      expect(result).toMatchObject({ outcome: 'delivered' })
    }),
    { numRuns: 60 },
  )
})

test.each([
  [
    { statusCode: 429, headers: { 'retry-after': '30' } },
    { outcome: 'retry', retryAfterMs: 30_000 },
  ],
  [
    { statusCode: 400, body: 'invalid_payload' },
    { outcome: 'rejected', detail: 'Slack answered 400: invalid_payload' },
  ],
  [
    { statusCode: 404, body: 'no_service' },
    { outcome: 'rejected', detail: 'Slack answered 404: no_service' },
  ],
  [{ statusCode: 410, body: 'channel_is_archived' }, { outcome: 'gone' }],
  [{ statusCode: 503 }, { outcome: 'retry', retryAfterMs: null }],
  [{ drop: true } as const, { outcome: 'retry', uncertain: true }],
])('%j is classified', async (response, expected) => {
  slack.respondWith([response])
  expect(await sendSlack(writeSlackMessage(buildMessage()), slack.webhookUrl, dependencies)).toMatchObject(expected)
})

test('the address of the webhook, which is a key, stands in no detail', async () => {
  const path = new URL(slack.webhookUrl).pathname
  slack.respondWith([{ statusCode: 400, body: `no such hook: ${path}` }])
  const refused = await sendSlack(writeSlackMessage(buildMessage()), slack.webhookUrl, dependencies)
  const unreached = await sendSlack(writeSlackMessage(buildMessage()), `http://127.0.0.1:1${path}`, dependencies)
  expect(JSON.stringify([refused, unreached])).not.toContain('s3cr3t')
})

import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { githubWebhook } from '../../../../lib/adapters/ingest/github/deployment-webhook.ts'
import { railwayWebhook } from '../../../../lib/adapters/ingest/railway/deployment-webhook.ts'
import { sentryWebhook } from '../../../../lib/adapters/ingest/sentry/issue-webhook.ts'
import { vercelWebhook } from '../../../../lib/adapters/ingest/vercel/deployment-webhook.ts'
import type { WebhookFormat } from '../../../../lib/ports/webhook-format.ts'

const NOW = Date.UTC(2026, 9, 26, 12)
const FORMATS = { vercel: vercelWebhook, railway: railwayWebhook, github: githubWebhook, sentry: sentryWebhook }

function fixture(path: string): string {
  return readFileSync(new URL(`../../../fixtures/${path}.json`, import.meta.url), 'utf8')
}

function read(format: WebhookFormat, text: string, headers: Record<string, string> = {}) {
  return format.read({ text, headers: new Headers(headers), addressSecret: '' }, NOW)
}

function reading(format: WebhookFormat, path: string, headers: Record<string, string> = {}) {
  const answer = read(format, fixture(path), headers)
  if (!answer.ok) throw new Error(`${answer.field} ${answer.message}`)
  return answer.reading
}

describe('deployments of Vercel', () => {
  const facts = {
    source: 'vercel',
    externalId: 'dpl_7Npest0z1zW5QVFfNDBId4BW0pbSHy',
    service: 'shop',
    environment: 'production',
    branch: 'main',
    commit: '3f1c9a27d0b84e6f95a2c71d8e04b6f3a9d5c210',
    commitMessage: 'checkout: retry the card once',
    url: 'https://vercel.com/acme/shop/7Npest0z1zW5QVFfNDBId4BW0pbSHy',
  }
  test.each([
    ['deployment-created', 'building', 1793000000000],
    ['deployment-ready', 'succeeded', 1793000061000],
    ['deployment-succeeded', 'succeeded', 1793000064500],
    ['deployment-error', 'failed', 1793000030000],
  ])('%s', (name, status, at) => {
    expect(reading(vercelWebhook, `vercel/${name}`).deployments).toEqual([{ ...facts, status, at, createdAt: null }])
  })
  test('without a target it is a preview, and its time may be written as text', () => {
    expect(reading(vercelWebhook, 'vercel/deployment-canceled-preview').deployments).toMatchObject([
      { environment: 'preview', status: 'canceled', at: Date.UTC(2026, 9, 26, 6, 13, 40) },
    ])
  })
  test('events about anything else are passed over by name', () => {
    expect(reading(vercelWebhook, 'vercel/project-created')).toMatchObject({
      deployments: [],
      passedOver: 'project.created',
    })
  })
  test('its event id tells repetitions', () => {
    const text = fixture('vercel/deployment-created')
    const call = { text, headers: new Headers(), addressSecret: '' }
    expect(vercelWebhook.deliveryId(call)).toBe('uev_CREATED0000000000000001')
    expect(vercelWebhook.deliveryId({ ...call, text: '[' })).toBeNull()
  })
})

describe('deployments of Railway', () => {
  test('the older message', () => {
    expect(reading(railwayWebhook, 'railway/deploy-success').deployments).toEqual([
      {
        source: 'railway',
        externalId: '8107edff-4b8e-44fc-b43a-04566e847a2a',
        service: 'backend',
        environment: 'production',
        branch: 'main',
        commit: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
        commitMessage: 'queue: keep order per customer',
        url: 'https://railway.com/project/4f4a3f7e-6b1a-4d55-9f6f-0a5a7d0e2b11',
        status: 'succeeded',
        at: Date.UTC(2026, 9, 26, 6, 20, 4, 210),
        createdAt: null,
      },
    ])
  })
  test.each([
    ['deployment-building', 'building'],
    ['deployment-failed', 'failed'],
    ['deployment-crashed', 'crashed'],
  ])('the newer envelope: %s', (name, status) => {
    expect(reading(railwayWebhook, `railway/${name}`).deployments).toMatchObject([
      { externalId: '8107edff-4b8e-44fc-b43a-04566e847a2a', service: 'worker', status, branch: 'main' },
    ])
  })
  test('alerts about volumes are passed over', () => {
    expect(reading(railwayWebhook, 'railway/volume-alert').passedOver).toBe('VolumeAlert.triggered')
  })
})

describe('deployments of GitHub', () => {
  const at = (event: string) => ({ 'x-github-event': event })
  test('a deployment is queued until a status says more', () => {
    expect(reading(githubWebhook, 'github/deployment', at('deployment')).deployments).toMatchObject([
      { externalId: '145988746', status: 'queued', service: 'shop', environment: 'production', branch: 'main' },
    ])
  })
  test('a status tells of its deployment, with its beginning', () => {
    const { deployments } = reading(githubWebhook, 'github/deployment-status-success', at('deployment_status'))
    expect(deployments).toEqual([
      {
        source: 'github',
        externalId: '145988746',
        service: 'shop',
        environment: 'production',
        branch: 'main',
        commit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
        commitMessage: '',
        url: 'https://shop.example.com',
        status: 'succeeded',
        at: Date.UTC(2026, 9, 26, 6, 33, 25),
        createdAt: Date.UTC(2026, 9, 26, 6, 30, 53),
      },
    ])
  })
  test('that another one took its place is passed over, and so is a ping', () => {
    expect(reading(githubWebhook, 'github/deployment-status-inactive', at('deployment_status')).passedOver).toBe(
      'deployment_status: inactive',
    )
    expect(reading(githubWebhook, 'github/ping', at('ping')).passedOver).toBe('ping')
  })
  test('without the name of the event nothing can be read', () => {
    expect(read(githubWebhook, fixture('github/ping'))).toMatchObject({ ok: false, field: 'x-github-event' })
  })
})

describe('errors of Sentry', () => {
  const at = (resource: string) => ({ 'sentry-hook-resource': resource, 'sentry-hook-timestamp': '1792996900' })
  test('an issue with its figures', () => {
    expect(reading(sentryWebhook, 'sentry/issue-created', at('issue')).issues).toEqual([
      {
        kind: 'issue',
        externalId: '1170820242',
        shortId: 'SHOP-9',
        title: 'ReferenceError: card is not defined',
        level: 'error',
        status: 'unresolved',
        service: 'shop',
        release: '',
        firstSeenAt: Date.UTC(2026, 9, 26, 6, 40, 37, 391),
        lastSeenAt: Date.UTC(2026, 9, 26, 6, 40, 37, 391),
        count: 1,
        users: 1,
        events: 0,
        url: 'https://sentry.io/organizations/acme/issues/1170820242/',
        at: 1_792_996_900_000,
      },
    ])
  })
  test('an error counts once in the series of its level and release', () => {
    const { issues, series } = reading(sentryWebhook, 'sentry/error-created', at('error'))
    expect(issues).toMatchObject([{ externalId: '1170820242', events: 1, status: null, release: 'shop@3f1c9a2' }])
    expect(series).toMatchObject([
      {
        series: {
          name: 'errors',
          kind: 'counter',
          temporality: 'delta',
          environment: 'production',
          attributes: { level: 'error', release: 'shop@3f1c9a2' },
        },
        samples: [{ value: 1 }],
      },
    ])
    expect(Math.floor(series[0]?.samples[0]?.at ?? 0)).toBe(1_792_996_837_391)
  })
  test('an event of days ago adds nothing to its issue: it may be a repetition', () => {
    const text = fixture('sentry/error-created')
    const call = { text, headers: new Headers(at('error')), addressSecret: '' }
    const answer = sentryWebhook.read(call, NOW + 2 * 86_400_000)
    expect(answer.ok && answer.reading.issues[0]?.events).toBe(0)
  })
  test('two errors of one millisecond are two', () => {
    const other = fixture('sentry/error-created').replaceAll('bb78c1407cea4519aa397afc059c793d', 'another-event')
    const [one, two] = [fixture('sentry/error-created'), other].map((text) => {
      const answer = read(sentryWebhook, text, at('error'))
      return answer.ok ? answer.reading.series[0]?.samples[0]?.at : null
    })
    expect(one).not.toBe(two)
  })
  test('an alert about an event names the issue and counts nothing', () => {
    expect(reading(sentryWebhook, 'sentry/event-alert', at('event_alert'))).toMatchObject({
      issues: [{ externalId: '1170820242', events: 0 }],
      series: [],
    })
  })
  test('an alert about many is listed beside the issues', () => {
    expect(reading(sentryWebhook, 'sentry/metric-alert-critical', at('metric_alert')).issues).toMatchObject([
      { kind: 'alert', externalId: 'metric_alert:4', title: 'Too many errors', level: 'fatal', status: 'unresolved' },
    ])
  })
  test('the installation itself is passed over', () => {
    expect(reading(sentryWebhook, 'sentry/installation-created', at('installation')).passedOver).toBe('installation')
  })
})

describe('signatures', () => {
  const secret = 'a-secret-of-the-platform'
  const text = '{"a": 1}'
  const hmac = (algorithm: string, key = secret, body = text) => createHmac(algorithm, key).update(body).digest('hex')
  test.each<[string, WebhookFormat, string, (hex: string) => string, string]>([
    ['Vercel', vercelWebhook, 'x-vercel-signature', (hex) => hex, 'sha1'],
    ['GitHub', githubWebhook, 'x-hub-signature-256', (hex) => `sha256=${hex}`, 'sha256'],
    ['Sentry', sentryWebhook, 'sentry-hook-signature', (hex) => hex, 'sha256'],
  ])('%s: right, wrong, of another body, of another secret, missing', (_, format, header, write, algorithm) => {
    const judge = (value: string | null) =>
      format.judge({ text, headers: new Headers(value === null ? {} : { [header]: value }), addressSecret: '' }, secret)
    expect(judge(write(hmac(algorithm)))).toBe('right')
    expect(judge(write(hmac(algorithm).slice(1)))).toBe('wrong')
    expect(judge(write(hmac(algorithm, secret, `${text} `)))).toBe('wrong')
    expect(judge(write(hmac(algorithm, 'another-secret')))).toBe('wrong')
    expect(judge('')).toBe('missing')
    expect(judge(null)).toBe('missing')
  })
  test('Railway signs nothing: its secret is the last part of the address', () => {
    const judge = (addressSecret: string) =>
      railwayWebhook.judge({ text, headers: new Headers(), addressSecret }, secret)
    expect([judge(secret), judge('wrong'), judge('')]).toEqual(['right', 'wrong', 'missing'])
  })
})

describe('bad input', () => {
  const PATHS = [
    ['vercel/deployment-created', {}],
    ['railway/deploy-success', {}],
    ['railway/deployment-failed', {}],
    ['github/deployment-status-success', { 'x-github-event': 'deployment_status' }],
    ['sentry/issue-created', { 'sentry-hook-resource': 'issue' }],
    ['sentry/error-created', { 'sentry-hook-resource': 'error' }],
    ['sentry/metric-alert-critical', { 'sentry-hook-resource': 'metric_alert' }],
  ] as const
  const nasty = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('\0', '\ud800', 1e308, -1, {}, [], null, 'javascript:alert(1)'),
  )

  test.each(PATHS)('%s with any part of it changed is read or refused, and never thrown at', (path, headers) => {
    const format = FORMATS[path.split('/')[0] as keyof typeof FORMATS]
    const whole = JSON.parse(fixture(path))
    fc.assert(
      fc.property(fc.nat(), nasty, (place, value) => {
        const answer = read(format, JSON.stringify(replaceLeaf(whole, place, value)), headers)
        if (!answer.ok) {
          expect(answer.message).not.toBe('')
          return
        }
        for (const { url, at, service } of [...answer.reading.deployments, ...answer.reading.issues]) {
          expect(url).toMatch(/^$|^https?:/)
          expect(at).toBeLessThanOrEqual(NOW)
          expect(service).not.toMatch(/[\0\ud800]/)
        }
      }),
      { numRuns: 300 },
    )
  })
  test('what is no JSON at all is refused', () => {
    for (const format of Object.values(FORMATS))
      expect(read(format, '{"type":', { 'x-github-event': 'ping', 'sentry-hook-resource': 'issue' })).toMatchObject({
        ok: false,
      })
  })
  test('a time ahead of ours becomes ours: nothing later could change that state', () => {
    const text = fixture('vercel/deployment-created').replace('1793000000000', String(NOW + 1e9))
    const answer = read(vercelWebhook, text)
    expect(answer.ok && answer.reading.deployments[0]?.at).toBe(NOW)
  })
})

/** The value with its nth part, counted depth first, replaced. */
function replaceLeaf(value: unknown, place: number, by: unknown): unknown {
  let left = place % countParts(value)
  const walk = (part: unknown): unknown => {
    if (left === 0) {
      left -= 1
      return by
    }
    left -= 1
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, walk(item)]))
  }
  return walk(value)
}

function countParts(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + countParts(item), 1)
}

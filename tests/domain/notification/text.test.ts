import { describe, expect, test } from 'vitest'
import { writePlainText } from '../../../lib/domain/notification/plain-text.ts'
import { type MessageText, writeText } from '../../../lib/domain/notification/text.ts'
import { CAUSES } from '../../../lib/domain/probe/outcome.ts'
import { buildEvidence, buildMessage, type MessageChanges } from '../../support/providers/message.ts'

const fr = { project: { locale: 'fr' as const } }
const NBSP = '\u00a0'

const valueIn = (text: MessageText, label: string) => text.lines.find((line) => line.label === label)?.value

const resolved: MessageChanges = {
  kind: 'incident.resolved',
  timestamp: '2026-11-21T02:24:10.000Z',
  acknowledgeUrl: null,
  incident: { status: 'resolved', resolvedAt: '2026-11-21T02:24:00.000Z' },
  monitor: { state: 'up' },
}
const mass: MessageChanges = {
  data: {
    monitorsTotal: 20,
    alsoAffected: Array.from({ length: 17 }, (_, index) => ({ key: `m-${index}`, name: `Shop ${index}` })),
  },
}
const flapping: MessageChanges = { incident: { flapping: true } }

describe('the headline says what happened, to what, since when', () => {
  test.each<[string, MessageChanges, string, string]>([
    [
      'down',
      {},
      'Checkout API is down: answered 503 since 03:12 (4 min)',
      `Checkout API est en panne${NBSP}: répond 503 depuis 03:12 (4 min)`,
    ],
    [
      'acknowledged',
      { kind: 'incident.acknowledged', incident: { status: 'acknowledged' } },
      'Someone is on it: Checkout API, incident #12, failing since 03:12',
      `Quelqu’un s’en occupe${NBSP}: Checkout API, incident n°${NBSP}12, en échec depuis 03:12`,
    ],
    [
      'resolved, with how long it lasted',
      resolved,
      'Checkout API is up again after 12 min',
      'Checkout API fonctionne à nouveau, après 12 min',
    ],
    [
      'resolved by hand while it still fails',
      { ...resolved, monitor: { state: 'down' } },
      'Incident #12 was closed after 12 min, but Checkout API still fails',
      `L’incident n°${NBSP}12 a été clos après 12 min, mais Checkout API échoue toujours`,
    ],
    [
      'flapping',
      flapping,
      'Checkout API keeps going down and up: answered 503 since 03:12 (4 min)',
      `Checkout API tombe et revient sans cesse${NBSP}: répond 503 depuis 03:12 (4 min)`,
    ],
    [
      'steady after flapping',
      { ...resolved, incident: { ...resolved.incident, flapping: true } },
      'Checkout API is steady again after going down and up for 12 min',
      'Checkout API est de nouveau stable, après 12 min d’instabilité',
    ],
    [
      'degraded',
      {
        kind: 'monitor.degraded',
        incident: null,
        data: {
          evidence: [
            buildEvidence({ verdict: 'degraded', cause: 'latency', statusCode: 200, latencyMs: 2_410, failures: [] }),
          ],
        },
      },
      `Checkout API is degraded: took 2.41${NBSP}s since 03:12 (4 min)`,
      `Checkout API fonctionne mal${NBSP}: répond en 2,41${NBSP}s depuis 03:12 (4 min)`,
    ],
    [
      'recovered',
      { kind: 'monitor.recovered', incident: null, monitor: { state: 'up' } },
      'Checkout API is back to normal',
      'Checkout API est revenu à la normale',
    ],
    [
      'a mass failure',
      mass,
      '18 of 20 monitors are down since 03:12 (4 min)',
      '18 moniteurs sur 20 sont en panne depuis 03:12 (4 min)',
    ],
    [
      'the end of a mass failure',
      { ...resolved, ...mass },
      'The failure of 18 monitors is over after 12 min',
      'La panne de 18 moniteurs est terminée, après 12 min',
    ],
    [
      'a test',
      { kind: 'test', incident: null, monitor: null, acknowledgeUrl: null, data: { evidence: [] } },
      'Test message from Vigie: this channel works',
      `Message d’essai de Vigie${NBSP}: ce canal fonctionne`,
    ],
  ])('%s', (_, changes, english, french) => {
    expect(writeText(buildMessage(changes))).toMatchObject({ headline: english, subject: english })
    expect(writeText(buildMessage({ ...changes, ...fr }))).toMatchObject({ headline: french, subject: french })
  })
})

test('a failure that began yesterday is dated', () => {
  const message = buildMessage({ timestamp: '2026-11-22T06:12:00.000Z' })
  expect(writeText(message).headline).toBe('Checkout API is down: answered 503 since 21 Nov 03:12 (1 d 4 h)')
})

test('every cause has a clause of its own in both languages', () => {
  for (const locale of ['en', 'fr'] as const) {
    const headlines = CAUSES.map(
      (cause) =>
        writeText(buildMessage({ project: { locale }, data: { evidence: [buildEvidence({ cause, failures: [] })] } }))
          .headline,
    )
    expect(new Set(headlines).size).toBe(CAUSES.length)
    for (const headline of headlines) expect(headline).not.toMatch(/undefined|null|NaN/)
  }
})

test('a cause of a newer version is told in the words of the prober', () => {
  const evidence = [buildEvidence({ cause: 'eclipse', message: 'the sun went away' })]
  expect(writeText(buildMessage({ data: { evidence } })).headline).toContain('the sun went away')
})

test('a failing check of a health document is named, rather than the status over all checks', () => {
  const failures = [
    { subject: 'health status', expected: 'healthy', got: '"degraded"' },
    { subject: 'check database', expected: 'healthy', got: '"error"' },
  ]
  const data = { evidence: [buildEvidence({ verdict: 'degraded', cause: 'health_degraded', failures })] }
  expect(writeText(buildMessage({ data })).headline).toContain('check database is "error", expected healthy')
  expect(writeText(buildMessage({ ...fr, data })).headline).toContain('contrôle database "error", attendu sain')
})

test.each([
  {
    what: 'the trouble of a third party, in the words of its page',
    cause: 'health_degraded',
    failure: { subject: 'component Auth', expected: 'operational', got: 'degraded performance: Slow sign-in' },
    english: 'component Auth says degraded performance: Slow sign-in',
    french: `composant Auth${NBSP}: performances dégradées${NBSP}: Slow sign-in`,
  },
  {
    what: 'a component that a page does not have',
    cause: 'assertion',
    failure: { subject: 'component Storage', expected: 'one of Auth, Database', got: 'nothing' },
    english: 'component Storage is absent',
    french: 'composant Storage absent, attendu l’un de Auth, Database',
  },
  {
    what: 'the line that cannot be read',
    cause: 'protocol',
    failure: { subject: 'line 7', expected: 'a number', got: '"plenty"' },
    english: 'line 7 is "plenty", expected a number',
    french: 'ligne 7 "plenty", attendu un nombre',
  },
  {
    what: 'a sample beyond its limit',
    cause: 'assertion',
    failure: { subject: 'sample queue_length', expected: '< 100', got: '400' },
    english: 'sample queue_length is 400, expected < 100',
    french: 'mesure queue_length 400, attendu < 100',
  },
])('$what stands in the headline', ({ cause, failure, english, french }) => {
  const data = { evidence: [buildEvidence({ cause, failures: [failure] })] }
  expect(writeText(buildMessage({ data })).headline).toContain(`: ${english}`)
  expect(writeText(buildMessage({ ...fr, data })).headline).toContain(`${NBSP}: ${french}`)
})

test('the values that the prober writes in English are told in French, a quoted answer is left alone', () => {
  const failures = [
    { subject: 'latency', expected: 'at most 1 s', got: '2.4 s' },
    { subject: 'status', expected: '200 to 299 or 304', got: '503' },
    { subject: 'json $.state', expected: '"healthy"', got: '"at most 1 s"' },
  ]
  const text = writeText(buildMessage({ ...fr, data: { evidence: [buildEvidence({ failures })] } }))
  expect(valueIn(text, 'Constaté')).toBe(
    'latence 2.4 s, attendu au plus 1 s · statut 503, attendu 200 à 299 ou 304 · JSON $.state "at most 1 s", attendu "healthy"',
  )
})

test('a page says since when, value and limit, severity, who is told, where to look, and the last deployment', () => {
  const text = writeText(buildMessage({ data: { lastDeployment: { at: '2026-11-21T02:09:00.000Z', name: 'v1.2' } } }))
  expect(Object.fromEntries(text.lines.map(({ label, value }) => [label, value]))).toEqual({
    Since: 'Sat 21 Nov 2026, 03:12 (Europe/Paris)',
    Found: 'status 503, expected 200',
    Severity: 'P0, critical',
    Incident: '#12',
    Monitor: 'Checkout API (https://shop.example.com/health)',
    Project: 'Demo shop',
    Told: 'ops, mail',
    Runbook: 'https://wiki.example.com/runbooks/checkout',
    'Last deployment': 'v1.2, 3 min before, at 03:09',
  })
  expect(text.button).toEqual({ label: 'Acknowledge', url: 'https://vigie.example.com/acknowledge/token' })
  expect(text.results?.rows).toEqual([
    `03:12:00 down: answered 503 (120${NBSP}ms)`,
    `03:12:05 down: answered 503 (120${NBSP}ms)`,
  ])
})

test('what is not known is left out: no deployment, no runbook, nobody else told', () => {
  const text = writeText(buildMessage({ monitor: { runbookUrl: '' }, data: { toldTo: [] } }))
  const labels = text.lines.map(({ label }) => label)
  expect(labels).not.toContain('Last deployment')
  expect(labels).not.toContain('Runbook')
  expect(labels).not.toContain('Told')
})

test('a resolution says from when until when, and offers the incident and not an acknowledgement', () => {
  const text = writeText(buildMessage(resolved))
  expect(valueIn(text, 'Until')).toBe('Sat 21 Nov 2026, 03:24 (Europe/Paris)')
  expect(valueIn(text, 'Lasted')).toBe('12 min')
  expect(text.tone).toBe('up')
  expect(text.button).toEqual({ label: 'Open incident', url: 'https://vigie.example.com/demo/incidents/12' })
})

test('flapping is explained once, at its start, and not again at its end', () => {
  expect(writeText(buildMessage(flapping)).notes).toHaveLength(1)
  expect(writeText(buildMessage({ ...resolved, incident: { ...resolved.incident, flapping: true } })).notes).toEqual([])
})

test('a mass failure lists ten others and counts the rest', () => {
  const text = writeText(buildMessage(mass))
  expect(valueIn(text, 'Also affected')).toMatch(/^Shop 0, .*Shop 9 and 7 more$/)
  expect(text.notes.join(' ')).toContain('checked again')
})

test('a mass failure of unknown size says how many without "of"', () => {
  const text = writeText(buildMessage({ data: { alsoAffected: [{ key: 'a', name: 'A' }] } }))
  expect(text.headline).toBe('2 monitors are down since 03:12 (4 min)')
})

test('no name can break a subject: line breaks become spaces and length is bounded', () => {
  const name = `Shop\r\nBcc: everybody@example.com ${'x'.repeat(400)}`
  const { subject } = writeText(buildMessage({ monitor: { name } }))
  expect(subject).not.toMatch(/[\r\n]/)
  expect(subject.length).toBeLessThanOrEqual(180)
})

test('French never leaves a breakable space before : ; ? ! or % in its own words', () => {
  const messages = [
    buildMessage(fr),
    buildMessage({ ...resolved, ...fr }),
    buildMessage({ ...mass, ...fr }),
    buildMessage({ ...flapping, ...fr }),
  ]
  for (const message of messages) expect(writePlainText(writeText(message))).not.toMatch(/ [:;?!%]/)
})

test('the plain text begins with the fact and holds the link of the button in full', () => {
  const plain = writePlainText(writeText(buildMessage()))
  expect(plain.split('\n')[0]).toBe('Checkout API is down: answered 503 since 03:12 (4 min)')
  expect(plain).toContain('Acknowledge: https://vigie.example.com/acknowledge/token')
  expect(plain).toContain('Severity: P0, critical')
})

test('a monitor that was deleted meanwhile is told by the title of its incident', () => {
  const text = writeText(buildMessage({ monitor: null, incident: { title: 'Old shop' } }))
  expect(text.headline).toContain('Old shop is down')
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStatusPage } from '../../../../lib/adapters/ingest/statuspage/read-summary.ts'

const SUMMARY = readFileSync(new URL('../../../fixtures/statuspage/summary.json', import.meta.url), 'utf8')

function edited(change: (summary: Record<string, never>) => void): string {
  const summary = JSON.parse(SUMMARY)
  change(summary)
  return JSON.stringify(summary)
}

function pageOf(text: string) {
  const reading = readStatusPage(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
  return reading.page
}

test('components know their group, and incidents the components that they or their updates name', () => {
  const page = pageOf(SUMMARY)
  expect(page).toMatchObject({ indicator: 'major', description: 'Partial System Outage' })
  expect(page.components.find(({ id }) => id === 'db')).toEqual({
    id: 'db',
    name: 'Database',
    status: 'partial_outage',
    groupName: 'Europe',
  })
  expect(page.incidents.find(({ name }) => name === 'Slow dashboard')?.componentIds).toEqual(['dash'])
})

test('the worst incident comes first, maintenance only while it is under way', () => {
  expect(pageOf(SUMMARY).incidents.map(({ name, impact }) => [name, impact])).toEqual([
    ['Connections to databases in Europe fail', 'major'],
    ['New build machines', 'maintenance'],
    ['Slow dashboard', 'minor'],
  ])
})

test('a page without components and incidents is a page', () => {
  expect(pageOf('{"status": {"indicator": "none"}}')).toEqual({
    indicator: 'none',
    description: 'none',
    components: [],
    incidents: [],
  })
})

test.each(['javascript:alert(1)', 'not an address', 12, null, `https://x.example/${'y'.repeat(3_000)}`])(
  'a link that leads nowhere safe is left out: %j',
  (shortlink) => {
    const text = edited((summary) => Object.assign(summary.incidents?.[0] ?? {}, { shortlink }))
    expect(pageOf(text).incidents.find(({ name }) => name === 'Slow dashboard')?.url).toBeNull()
  },
)

test('an incident that is written strangely costs no verdict', () => {
  const text = edited((summary) =>
    Object.assign(summary, { incidents: [{ impact: 'weird' }], scheduled_maintenances: 7 }),
  )
  expect(pageOf(text).incidents).toMatchObject([{ name: 'an incident without a name', impact: 'none', url: null }])
})

describe('what is no summary is refused at its field', () => {
  test.each([
    ['', 'status page', 'the summary.json of a Statuspage', 'no JSON'],
    ['<!doctype html>', 'status page', 'the summary.json of a Statuspage', 'no JSON'],
    ['[]', 'status page', 'an object', 'a list'],
    ['{}', 'status', 'an object', 'nothing'],
    ['{"status": {"indicator": "fine"}}', 'status.indicator', 'none, minor, maintenance, major, critical', 'fine'],
    ['{"status": {"indicator": "none"}, "components": {}}', 'components', 'a list', 'an object'],
    [
      '{"status": {"indicator": "none"}, "components": [{"id": "a", "name": "A", "status": "odd"}]}',
      'components[0].status',
      'operational, degraded_performance, under_maintenance, partial_outage, major_outage',
      'odd',
    ],
  ])('%s', (text, subject, expected, got) => {
    expect(readStatusPage(text)).toEqual({ ok: false, fault: { subject, expected, got } })
  })

  test('law: whatever the text is, it is read or refused', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat(SUMMARY.length).map((length) => SUMMARY.slice(0, length)),
      fc.jsonValue().map((status) => JSON.stringify({ ...JSON.parse(SUMMARY), status })),
      fc.jsonValue().map((components) => JSON.stringify({ ...JSON.parse(SUMMARY), components })),
      fc.jsonValue().map((incidents) => JSON.stringify({ ...JSON.parse(SUMMARY), incidents: [incidents] })),
    )
    fc.assert(
      fc.property(text, (given) => {
        expect(typeof readStatusPage(given).ok).toBe('boolean')
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { buildWeekly } from '../../../lib/domain/report/build-weekly.ts'
import type { ReportFigures } from '../../../lib/domain/report/figures.ts'
import { formatDays } from '../../../lib/domain/report/format-period.ts'
import { writePlainReport } from '../../../lib/domain/report/plain-text.ts'
import { planLastWeek, planRunningWeek } from '../../../lib/domain/report/plan-report.ts'
import { writeReport } from '../../../lib/domain/report/write-report.ts'
import { HOUR } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { monitorOf, NO_FIGURES, spanOf } from './figures-of.ts'

const zone = 'Europe/Paris'
const due = Date.UTC(2026, 10, 16, 8)
const plan = planLastWeek(zone, due)
const week = (down: number, incidents: ReportFigures['incidents'] = []): ReportFigures => ({
  ...NO_FIGURES,
  monitors: [monitorOf('api', spanOf(Array(1000 - down).fill(100), { down }))],
  incidents,
})
const critical = (count: number): ReportFigures['incidents'] =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    title: 'API is down',
    priority: index === 0 ? 'P0' : 'P2',
    startedAt: plan.span.from + index * HOUR,
    acknowledgedAt: null,
    resolvedAt: null,
  }))
const write = (figures: ReportFigures, before: ReportFigures, locale: Locale = 'en') =>
  writeReport(
    buildWeekly({ project: { slug: 'acme', name: 'Acme', timeZone: zone, locale }, plan, figures, before }),
    null,
  )

describe('the headline is the week in one sentence', () => {
  const sentences: [ReportFigures, ReportFigures, Locale, string][] = [
    [week(0), NO_FIGURES, 'en', 'Acme answered 100% of its checks and had no incidents.'],
    [week(0), NO_FIGURES, 'fr', 'Acme a répondu à 100\u202f% des vérifications, sans aucun incident.'],
    [
      week(1),
      week(1),
      'en',
      'Acme answered 99.9% of its checks, the same as in the week before, and had no incidents.',
    ],
    [
      week(1),
      week(1),
      'fr',
      'Acme a répondu à 99,9\u202f% des vérifications, autant que la semaine précédente, sans aucun incident.',
    ],
    [
      week(9, critical(1)),
      week(1),
      'en',
      'Acme answered 99.1% of its checks, worse than in the week before (99.9%), and had 1 incident, critical.',
    ],
    [
      week(9, critical(1)),
      week(1),
      'fr',
      'Acme a répondu à 99,1\u202f% des vérifications, moins bien que la semaine précédente (99,9\u202f%), avec 1 incident critique.',
    ],
    [
      week(1, critical(3)),
      week(9),
      'en',
      'Acme answered 99.9% of its checks, better than in the week before (99.1%), and had 3 incidents, 1 of them critical.',
    ],
    [
      week(1, critical(3)),
      week(9),
      'fr',
      'Acme a répondu à 99,9\u202f% des vérifications, mieux que la semaine précédente (99,1\u202f%), avec 3 incidents, dont 1 critique.',
    ],
    [
      NO_FIGURES,
      week(0),
      'en',
      'Nothing was measured in this week. See in the dashboard whether the monitors are paused and when the last check ran.',
    ],
  ]
  test.each(sentences.map(([figures, before, locale, sentence]) => [sentence, figures, before, locale] as const))(
    '%s',
    (sentence, figures, before, locale) => {
      expect(write(figures, before, locale).headline).toBe(sentence)
    },
  )
})

test('the subject holds the facts and the days', () => {
  expect(write(week(9, critical(2)), week(0)).subject).toBe('Acme: 99.1% uptime, 2 incidents (9–15 Nov 2026)')
  expect(write(NO_FIGURES, NO_FIGURES).subject).toBe('Acme: nothing was measured (9–15 Nov 2026)')
  expect(write(week(0), week(0), 'fr').subject).toBe(
    'Acme\u00a0: 100\u202f% de disponibilité, aucun incident (9–15 nov. 2026)',
  )
})

test('a figure carries an arrow for its direction and a word for its judgement', () => {
  const rows = write(week(9), week(1)).figures.rows
  const change = (label: string) => rows.find((row) => row.label === label)?.change
  expect(change('Uptime')).toEqual({ mark: '▼', word: 'worse', tone: 'bad' })
  expect(change('Errors')).toEqual({ mark: '▲', word: 'worse', tone: 'bad' })
  expect(change('Response time, average')).toEqual({ mark: '=', word: 'the same', tone: 'neutral' })
  expect(write(week(9), NO_FIGURES).figures.rows[0]?.change).toEqual({
    mark: '',
    word: 'no week before',
    tone: 'neutral',
  })
})

test('a difference within the noise is called about the same, not the same', () => {
  const slower = { ...NO_FIGURES, monitors: [monitorOf('api', spanOf(Array(100).fill(102)))] }
  const before = { ...NO_FIGURES, monitors: [monitorOf('api', spanOf(Array(100).fill(100)))] }
  expect(write(slower, before).figures.rows[1]).toMatchObject({
    value: '102\u00a0ms',
    before: '100\u00a0ms',
    change: { word: 'about the same' },
  })
})

test('what has no source yet says so in its place', () => {
  const unconnected = (locale: Locale) =>
    write(week(0), week(0), locale)
      .figures.rows.filter(({ isConnected }) => !isConnected)
      .map(({ label, value }) => [label, value])
  expect(unconnected('en')).toEqual([
    ['Deployments', 'not connected'],
    ['User satisfaction', 'not connected'],
  ])
  expect(unconnected('fr')).toEqual([
    ['Déploiements', 'non connecté'],
    ['Satisfaction des utilisateurs', 'non connecté'],
  ])
})

test('deployments are told with what failed, and judged by that alone', () => {
  const deployed = (succeeded: number, failed: number) => ({ ...week(0), deployments: { succeeded, failed } })
  const row = (figures: ReportFigures, before: ReportFigures, locale: Locale = 'en') =>
    write(figures, before, locale).figures.rows.find(({ label }) => /^D[eé]plo/.test(label))
  expect(row(deployed(12, 1), deployed(9, 2))).toMatchObject({
    value: '12 live, 1 failed',
    before: '9 live, 2 failed',
    change: { word: 'better', mark: '▼' },
  })
  expect(row(deployed(12, 1), deployed(40, 1))?.change.word).toBe('the same')
  expect(row(deployed(12, 1), week(0))).toMatchObject({ before: '–', change: { tone: 'neutral' } })
  expect(row(deployed(0, 0), deployed(0, 0))).toMatchObject({ value: '0 live, 0 failed', before: '–' })
  expect(row(deployed(12, 1), deployed(9, 2), 'fr')?.value).toBe('12 en ligne, 1 en échec')
})

test('once users answer, their average stands beside the week before, with how many they were', () => {
  const said = (count: number, sum: number) => ({ ...week(0), satisfaction: { count, sum } })
  const row = (figures: ReportFigures, before: ReportFigures, locale: Locale = 'en') =>
    write(figures, before, locale).figures.rows.at(-1)
  expect(row(said(12, 52), said(1, 4))).toEqual({
    label: 'User satisfaction',
    note: '12 answers, 1 before',
    value: '4.33 of 5',
    before: '4.0 of 5',
    change: { mark: '▲', word: 'better', tone: 'good' },
    isConnected: true,
  })
  expect(row(said(1, 3), said(0, 0), 'fr')).toMatchObject({
    note: '1 réponse, aucune avant',
    value: '3,0 sur 5',
    before: '–',
  })
  expect(row(said(0, 0), week(0))).toMatchObject({ note: 'no answers', value: 'none', isConnected: true })
})

test('notes tell what changes how the figures are read', () => {
  expect(write(week(0), week(0)).notes).toEqual([])
  const gappy = { ...NO_FIGURES, monitors: [monitorOf('api', spanOf([100], { unknown: 1 }))] }
  expect(write(gappy, week(0)).notes).toEqual([
    'Only 50% of the checks were made; the rest counts neither as up nor as down.',
  ])
  const project = { slug: 'acme', name: 'Acme', timeZone: zone, locale: 'en' } as const
  const spring = planLastWeek(zone, Date.UTC(2026, 2, 30, 8))
  expect(writeReport(buildWeekly({ project, plan: spring, figures: week(0), before: week(0) }), null).notes).toEqual([
    'The clocks changed: this week had 167 hours.',
  ])
  const running = planRunningWeek(zone, Date.UTC(2026, 10, 18, 12))
  const soFar = writeReport(
    buildWeekly({ project, plan: running, figures: week(0), before: week(0) }),
    'ana@example.com',
  )
  expect(soFar.notes[0]).toContain('until Wed 18 Nov 2026, 13:00 (Europe/Paris)')
  expect(soFar.subject).toContain('so far')
  expect(soFar.footer[1]).toContain('ana@example.com')
})

test('the twenty worst of more monitors are told, and how many more there are', () => {
  const monitors = Array.from({ length: 25 }, (_, index) => monitorOf(`m${index}`, spanOf([10])))
  const { monitors: table } = write({ ...NO_FIGURES, monitors }, NO_FIGURES)
  expect(table).toMatchObject({ title: 'The 20 worst of 25 monitors', more: 'and 5 more' })
})

test.each([
  ['2026-11-09', '2026-11-15', '9–15 Nov 2026', '9–15 nov. 2026'],
  ['2026-11-30', '2026-12-06', '30 Nov – 6 Dec 2026', '30 nov. – 6 déc. 2026'],
  ['2026-12-28', '2027-01-03', '28 Dec 2026 – 3 Jan 2027', '28 déc. 2026 – 3 janv. 2027'],
])('%s to %s reads %s', (first, last, en, fr) => {
  expect(formatDays(first, last, 'en')).toBe(en)
  expect(formatDays(first, last, 'fr')).toBe(fr)
})

test('French sets a no-break space before each : ; ? ! and %', () => {
  const text = write(week(9, critical(3)), week(1), 'fr')
  const plain = writePlainReport(text, 'https://vigie.example.com/acme')
  expect(plain.replace(/https?:\S+|\d\d:\d\d/g, '')).not.toMatch(/[^\u00a0\u202f][:;?!%]/)
})

test('plain text tells the same figures in the same order', () => {
  const plain = writePlainReport(write(week(9, critical(1)), week(1)), 'https://vigie.example.com/acme')
  expect(plain).toContain('- Uptime: 99.1% | 99.9% | ▼ worse')
  expect(plain).toContain('- Deployments: not connected')
  expect(plain).toContain('- #1 API is down (P0, critical · Mon 9 Nov 2026, 00:00 · not resolved yet)')
  expect(plain).toContain('Open the dashboard: https://vigie.example.com/acme')
})

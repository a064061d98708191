import { describe, expect, it } from 'vitest'
import type { KpiFigure } from '../../../lib/domain/kpi/figure.ts'
import { composeDigest } from '../../../lib/domain/notification/digest.ts'
import type { OutgoingMessage } from '../../../lib/domain/notification/message.ts'
import { writeShortText } from '../../../lib/domain/notification/short-text.ts'
import { writeText } from '../../../lib/domain/notification/text.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'

const figure = (changes: Partial<KpiFigure>): KpiFigure => ({
  key: 'users',
  name: 'Active users',
  unit: 'users',
  kind: 'sql',
  value: 1_234,
  valueAt: Date.UTC(2026, 10, 21, 8),
  beforeValue: 1_200,
  lowerLimit: null,
  upperLimit: null,
  lastRunAt: Date.UTC(2026, 10, 21, 8),
  fault: null,
  error: null,
  ...changes,
})

function digest(figures: KpiFigure[], locale: Locale = 'en'): OutgoingMessage {
  const project = { id: 'p', slug: 't4g', name: 'Token4Good', timeZone: 'Europe/Paris', locale }
  return {
    notificationId: 'n',
    kind: 'kpi.digest',
    timestamp: '2026-11-21T08:00:20.000Z',
    data: composeDigest(project, '2026-11-21', figures, 'https://vigie.example.com'),
    acknowledgeUrl: null,
  }
}

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')

describe('a digest of KPIs', () => {
  const tokens = figure({ name: 'Tokens', unit: '', value: 560.5, beforeValue: 600 })

  it('says the figures in its subject, and links the page', () => {
    const text = writeText(digest([figure({}), tokens]))
    expect(plain(text.subject)).toBe('Token4Good, Sat 21 Nov 2026 · Active users: 1,234 · Tokens: 560.5')
    expect(text.button).toEqual({ label: 'Open the KPIs', url: 'https://vigie.example.com/t4g/kpis' })
    expect(text.lines.map(({ label, value }) => [label, plain(value)])).toEqual([
      ['Active users', '1,234 users (+34 since yesterday)'],
      ['Tokens', '560.5 (−39.5 since yesterday)'],
    ])
    expect(writeShortText(digest([figure({})]))).toContain('https://vigie.example.com/t4g/kpis')
  })

  it('says the same in French', () => {
    const text = writeText(digest([figure({}), tokens], 'fr'))
    expect(plain(text.subject)).toBe('Token4Good, sam. 21 nov. 2026 · Active users : 1 234 · Tokens : 560,5')
    expect(text.subject).toContain('\u00a0:')
    expect(plain(text.lines[1]?.value)).toBe('560,5 (−39,5 depuis hier)')
  })

  it.each<[string, Partial<KpiFigure>, string]>([
    ['as yesterday', { beforeValue: 1_234 }, '1,234 users (as yesterday)'],
    ['new', { beforeValue: null }, '1,234 users'],
    ['below its limit', { lowerLimit: 1_235 }, '1,234 users (+34 since yesterday, below its limit)'],
    ['above its limit', { upperLimit: 1_000, beforeValue: null }, '1,234 users (above its limit)'],
    ['at its limit', { upperLimit: 1_234, beforeValue: null }, '1,234 users'],
    ['without a value', { value: null, valueAt: null }, 'no figure yet'],
    ['that failed from the first', { value: null, valueAt: null, fault: 'denied' }, 'the query failed'],
    [
      'that failed since',
      { fault: 'timeout', valueAt: Date.UTC(2026, 10, 20, 8) },
      '1,234 users (of 20 Nov 09:00: the last query failed)',
    ],
  ])('a figure %s', (_name, changes, line) => {
    expect(plain(writeText(digest([figure(changes)])).lines[0]?.value)).toBe(line)
  })

  it('names what failed in a sentence of its own', () => {
    expect(writeText(digest([figure({ fault: 'denied' }), tokens])).notes).toEqual([
      'No new figure of Active users: the query failed. The page says why.',
    ])
    expect(writeText(digest([tokens])).notes).toEqual([])
  })

  it('of many figures names three and counts the rest', () => {
    const many = Array.from({ length: 80 }, (_, n) => figure({ key: `k${n}`, name: `Figure ${n}`, unit: '', value: n }))
    expect(writeText(digest(many)).subject).toBe(
      'Token4Good, Sat 21 Nov 2026 · Figure 0: 0 · Figure 1: 1 · Figure 2: 2 · 47 more',
    )
  })
})

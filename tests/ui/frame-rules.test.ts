import { describe, expect, test } from 'vitest'
import { navigationOf } from '../../app/_components/frame/navigation.ts'
import { matchItems } from '../../app/_components/frame/palette-matches.ts'
import { formatRelative } from '../../app/_components/ui/format-relative.ts'
import { pulseLevel } from '../../lib/domain/monitor/pulse.ts'

describe('the pulse', () => {
  test.each([
    [0, 'fresh'],
    [120, 'fresh'],
    [121, 'late'],
    [300, 'late'],
    [301, 'stalled'],
  ])('after %s s without a tick is %s', (seconds, level) => {
    expect(pulseLevel(1_000_000, 1_000_000 + seconds * 1_000)).toBe(level)
  })

  test('before the first tick is not an alarm', () => expect(pulseLevel(null, 1_000_000)).toBe('never'))
})

describe('an age', () => {
  test.each([
    [0, 'just now', 'à l’instant'],
    [12, '12\u00a0s ago', 'il y a 12\u00a0s'],
    [59, '59\u00a0s ago', 'il y a 59\u00a0s'],
    [60, '1\u00a0min ago', 'il y a 1\u00a0min'],
    [3_599, '59\u00a0min ago', 'il y a 59\u00a0min'],
    [86_400, '1\u00a0d ago', 'il y a 1\u00a0j'],
    [-7_200, 'in 2\u00a0h', 'dans 2\u00a0h'],
  ])('of %s s is told in both languages', (seconds, english, french) => {
    const now = 1_700_000_000_000
    expect(formatRelative(now - seconds * 1_000, now, 'en')).toBe(english)
    expect(formatRelative(now - seconds * 1_000, now, 'fr')).toBe(french)
  })
})

describe('the navigation', () => {
  test('leads to the project’s own pages', () => {
    const entries = navigationOf('demo', { hasOutbox: true })
    expect(entries[0]).toMatchObject({ page: 'overview', href: '/demo' })
    for (const { href } of entries) expect(href).toMatch(/^\/demo(\/[a-z]+)?$/)
  })

  test('has an outbox only where messages stay here', () => {
    const pages = (hasOutbox: boolean) => navigationOf('demo', { hasOutbox }).map(({ page }) => page)
    expect(pages(true)).toContain('outbox')
    expect(pages(false)).not.toContain('outbox')
  })
})

describe('the palette', () => {
  const items = ['Monitors', 'Checkout API', 'Café Noir', 'API gateway'].map((label) => ({
    label,
    href: label,
    hint: '',
  }))
  const found = (typed: string) => matchItems(items, typed).map(({ label }) => label)

  test('finds every word in any order', () => expect(found('api check')).toEqual(['Checkout API']))
  test('looks past case and accents', () => expect(found('cafe')).toEqual(['Café Noir']))
  test('puts names that begin with what was typed first', () =>
    expect(found('api')).toEqual(['API gateway', 'Checkout API']))
  test('shows all when nothing was typed', () => expect(found('')).toHaveLength(4))
  test('finds nothing for what is not there', () => expect(found('zzz')).toEqual([]))
})

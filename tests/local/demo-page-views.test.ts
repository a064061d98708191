import { expect, test } from 'vitest'
import { HOUR } from '../../lib/domain/time/instant.ts'
import { deviceOf } from '../../lib/domain/vital/visitor-facts.ts'
import { createChance } from '../../lib/local/demo/chance.ts'
import { viewPages } from '../../lib/local/demo/page-views.ts'
import { runShop } from '../../lib/local/demo/shop.ts'

const AFTERNOON = Date.UTC(2026, 10, 18, 15)

function views(isBroken: boolean, from = AFTERNOON) {
  const chance = createChance(3)
  return viewPages(runShop({ from, until: from + HOUR, isBroken, chance }), isBroken, chance)
}
const median = (list: readonly ReturnType<typeof views>[number][]) => {
  const values = list.flatMap(({ metrics }) => metrics.filter(({ name }) => name === 'lcp')).map(({ value }) => value)
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

test('the demo shop has customers on every kind of device, more in the afternoon, and slow pages while it is broken', () => {
  const usual = views(false)
  expect(new Set(usual.map(({ userAgent }) => deviceOf(userAgent)))).toEqual(new Set(['mobile', 'tablet', 'desktop']))
  expect(views(false, AFTERNOON - 12 * HOUR).length).toBeLessThan(usual.length / 3)
  expect(median(views(true))).toBeGreaterThan(2 * median(usual))
  const ids = usual.flatMap(({ metrics }) => metrics.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})

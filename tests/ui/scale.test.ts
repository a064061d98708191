import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLinearScale, createLogScale, linearTicks, logTicks } from '../../app/_components/charts/scale.ts'

describe('a linear axis', () => {
  test.each([
    [87, [0, 25, 50, 75, 100]],
    [100, [0, 25, 50, 75, 100]],
    [304, [0, 100, 200, 300, 400]],
    [1_040, [0, 500, 1_000, 1_500]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [0, [0, 1]],
  ])('up to %s has the ticks %j', (max, ticks) => expect(linearTicks(max)).toEqual(ticks))

  test('encloses every value, in at most as many steps as asked', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), fc.integer({ min: 2, max: 8 }), (max, count) => {
        const ticks = linearTicks(max, count)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9))
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
      }),
    )
  })

  test('never places anything outside the plot', () => {
    const scale = createLinearScale([0, 100], 200)
    expect([-5, 0, 25, 100, 900].map(scale)).toEqual([0, 0, 50, 200, 200])
  })

  test('puts a domain without extent in the middle', () => expect(createLinearScale([5, 5], 200)(5)).toBe(100))
})

describe('a logarithmic axis', () => {
  test.each([
    [12, 900, [10, 100, 1_000]],
    [100, 100, [100, 1_000]],
    [0.5, 3, [0.1, 1, 10]],
  ])('from %s to %s has the ticks %j', (min, max, ticks) => expect(logTicks(min, max)).toEqual(ticks))

  test('gives equal ratios equal distances', () => {
    const scale = createLogScale([10, 1_000], 200)
    expect([10, 100, 1_000].map((value) => Math.round(scale(value)))).toEqual([0, 100, 200])
  })

  test('refuses to start at zero, where it has no place', () => {
    expect(() => createLogScale([0, 10], 100)).toThrow('above zero')
  })
})

import { describe, expect, test } from 'vitest'
import { normalise, PROFILES, probationOf, scoreSeries } from '../../bench/nab-score.ts'

const SERIES = { rowCount: 1_000, windows: [{ first: 500, last: 599 }] }
const { standard, lowFalsePositives, lowFalseNegatives } = PROFILES
const score = (rows: readonly number[], profile = standard as { falsePositive: number; missed: number }) =>
  scoreSeries(SERIES, rows, profile)

/** After the published rules of the benchmark (numenta/NAB, nab/sweeper.py). */
describe('the score of the Numenta Anomaly Benchmark', () => {
  test('gives one for a detection at the first row of a window, and less the later it comes', () => {
    expect(score([500])).toBeCloseTo(1, 10)
    expect(score([550])).toBeCloseTo((2 / (1 + Math.exp(-2.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1), 10)
    expect(score([599])).toBeGreaterThan(0)
  })
  test('counts the first detection in a window alone', () => {
    expect(score([510, 520, 530])).toBe(score([510]))
  })
  test('takes the cost of a false alarm: in full before any window, less shortly after one', () => {
    expect(score([300, 500])).toBeCloseTo(1 - 0.11, 10)
    expect(score([500, 999])).toBeCloseTo(1 - 0.11, 10)
    expect(score([500, 600])).toBeGreaterThan(1 - 0.11 / 5)
    expect(score([300, 500], lowFalsePositives)).toBeCloseTo(1 - 0.22, 10)
  })
  test('takes the cost of a window that was missed', () => {
    expect(score([])).toBe(-1)
    expect(score([], lowFalseNegatives)).toBe(-2)
  })
  test('passes over the rows in which a detector learns', () => {
    expect(probationOf(1_000)).toBe(150)
    expect(probationOf(20_000)).toBe(750)
    expect(score([10, 149, 500])).toBeCloseTo(1, 10)
  })
  test('is 100 for all at once and nothing else, and 0 for silence', () => {
    expect(normalise([{ series: SERIES, detections: [500] }], lowFalseNegatives)).toBeCloseTo(100, 10)
    expect(normalise([{ series: SERIES, detections: [] }], lowFalseNegatives)).toBe(0)
  })
})

/** What browsers measure of a page view. `fid` comes from older clients alone: web-vitals has not measured it since version 5. */
export const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'load', 'fid'] as const
export type Vital = (typeof VITALS)[number]

export type Rating = 'good' | 'needs_improvement' | 'poor'

/**
 * The highest value that is good, and the highest that is not poor yet, in ms (CLS has no unit): web.dev/articles/vitals and the thresholds
 * that web-vitals exports; FID as it was before it was retired. The time until `load` has no official rating: the guides' limit of 3 s
 * divides it in two.
 */
export const VITAL_BOUNDS: Readonly<Record<Vital, readonly [good: number, poor: number]>> = {
  lcp: [2_500, 4_000],
  inp: [200, 500],
  cls: [0.1, 0.25],
  fcp: [1_800, 3_000],
  ttfb: [800, 1_800],
  fid: [100, 300],
  load: [3_000, 3_000],
}

/** From where on the guides want to be alerted, in ms; null where they name no limit. */
export const VITAL_ALERT_LIMITS: Readonly<Record<Vital, number | null>> = {
  lcp: 4_000,
  inp: 300,
  fid: 300,
  cls: 0.25,
  load: 3_000,
  fcp: null,
  ttfb: null,
}

/** The three by which Google says whether a page passes, each at its 75th percentile. */
export const CORE_VITALS = ['lcp', 'inp', 'cls'] as const satisfies readonly Vital[]

/** UCUM. */
export function unitOfVital(vital: Vital): 'ms' | '1' {
  return vital === 'cls' ? '1' : 'ms'
}

/** A value at a boundary belongs to the better class, as web-vitals has it. */
export function rateVital(vital: Vital, value: number): Rating {
  const [good, poor] = VITAL_BOUNDS[vital]
  if (value <= good) return 'good'
  return value <= poor ? 'needs_improvement' : 'poor'
}

/**
 * Whether LCP, INP and CLS are all good at their 75th percentile. INP may be missing, because nobody may have touched anything; without the
 * other two nothing can be said.
 */
export function assessVitals(p75: Partial<Record<Vital, number>>): 'passes' | 'fails' | 'unknown' {
  const measured = CORE_VITALS.flatMap((vital) => {
    const value = p75[vital]
    return value === undefined ? [] : [{ vital, value }]
  })
  if (measured.some(({ vital, value }) => rateVital(vital, value) !== 'good')) return 'fails'
  return p75.lcp === undefined || p75.cls === undefined ? 'unknown' : 'passes'
}

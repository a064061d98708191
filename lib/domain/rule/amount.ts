import { DAY, HOUR, MINUTE, SECOND } from '../time/instant.ts'
import { type AmountFault, sayAmountFault } from './amount-fault.ts'

/** What a suffix or a UCUM unit measures, and how much of it one is: seconds, bytes, parts of one. */
type Unit = { of: 'time' | 'information' | 'share'; factor: number }

const time = (ms: number): Unit => ({ of: 'time', factor: ms })
const bytes = (count: number): Unit => ({ of: 'information', factor: count })

/** Suffixes of numbers in a rule. KB is 1,000 bytes and KiB 1,024. */
const SUFFIXES: ReadonlyMap<string, Unit> = new Map([
  ['ms', time(1)],
  ['s', time(SECOND)],
  ['min', time(MINUTE)],
  ['h', time(HOUR)],
  ['d', time(DAY)],
  ['%', { of: 'share', factor: 0.01 } as const],
  ['B', bytes(1)],
  ['KB', bytes(1e3)],
  ['MB', bytes(1e6)],
  ['GB', bytes(1e9)],
  ['TB', bytes(1e12)],
  ['KiB', bytes(2 ** 10)],
  ['MiB', bytes(2 ** 20)],
  ['GiB', bytes(2 ** 30)],
  ['TiB', bytes(2 ** 40)],
])

/** The UCUM units that metrics come in. */
const UCUM: ReadonlyMap<string, Unit> = new Map([
  ['ns', time(1e-6)],
  ['us', time(1e-3)],
  ['ms', time(1)],
  ['s', time(SECOND)],
  ['min', time(MINUTE)],
  ['h', time(HOUR)],
  ['d', time(DAY)],
  ['By', bytes(1)],
  ['kBy', bytes(1e3)],
  ['MBy', bytes(1e6)],
  ['GBy', bytes(1e9)],
  ['KiBy', bytes(2 ** 10)],
  ['MiBy', bytes(2 ** 20)],
  ['GiBy', bytes(2 ** 30)],
  ['1', { of: 'share', factor: 1 } as const],
  ['%', { of: 'share', factor: 0.01 } as const],
])

export const AMOUNT_SUFFIXES: readonly string[] = [...SUFFIXES.keys()]
/** `2`, `-0.5`, `1e6`, `500ms`, `1%`. The suffix is any word: a wrong one deserves a better answer than a wrong pattern. */
export const AMOUNT_PATTERN = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)([A-Za-z%]*)$/

export type ReadAmount = { ok: true; value: number } | { ok: false; message: string; fault: AmountFault }

/**
 * A number with its suffix in the unit of what it limits: `2s` is 2,000 where the metric is in ms. A number without a suffix is in that unit
 * already. `unit` is a UCUM unit; null when nobody knows it, and then only bare numbers can be read.
 */
export function readAmount(text: string, unit: string | null): ReadAmount {
  const [, digits, suffix = ''] = AMOUNT_PATTERN.exec(text.trim()) ?? []
  if (digits === undefined) return wrong({ code: 'no_amount' })
  const number = Number(digits)
  if (suffix === '') return { ok: true, value: number }
  const given = SUFFIXES.get(suffix)
  if (given === undefined) {
    const near = AMOUNT_SUFFIXES.find((name) => name.toLowerCase() === suffix.toLowerCase())
    const hint = near ?? (suffix === 'm' ? 'min' : null)
    return wrong({ code: 'unknown_suffix', suffix, all: AMOUNT_SUFFIXES, near: hint })
  }
  if (unit === null) return wrong({ code: 'unit_not_known' })
  const target = UCUM.get(unit)
  if (target === undefined || target.of !== given.of) return wrong({ code: 'other_unit', suffix, unit })
  return { ok: true, value: tidy((number * given.factor) / target.factor) }
}

/** The shortest text with a suffix that `readAmount` reads as exactly this value, `500ms` rather than `0.5s`; a bare number where there is none. */
export function writeAmount(value: number, unit: string | null): string {
  const target = unit === null ? undefined : UCUM.get(unit)
  if (target === undefined || value === 0) return bare(value)
  const written = [...SUFFIXES]
    .filter(([, { of }]) => of === target.of)
    .map(([suffix, { factor }]) => {
      const number = tidy((value * target.factor) / factor)
      return { number, text: `${bare(number)}${suffix}` }
    })
    .filter(({ text }) => {
      const read = readAmount(text, unit)
      return read.ok && read.value === value
    })
  const whole = written.filter(({ number }) => Math.abs(number) >= 1)
  const texts = (whole.length > 0 ? whole : written).map(({ text }) => text)
  return texts.reduce((one, other) => (other.length < one.length ? other : one), texts[0] ?? bare(value))
}

/** Fifteen digits are what a double holds for sure: 0.1 × 3 is 0.3 to people. */
function tidy(value: number): number {
  return Number(value.toPrecision(15))
}

function bare(value: number): string {
  return String(value)
}

function wrong(fault: AmountFault): ReadAmount {
  return { ok: false, message: sayAmountFault(fault, 'en'), fault }
}

/** How often something repeats: the part of an RFC 5545 recurrence rule that days can say. */
export interface Recurrence {
  frequency: 'daily' | 'weekly' | 'monthly' | 'yearly'
  interval: number
  /** How many times in all; null for no such end. */
  count: number | null
  /** The last day on which it may begin, `2026-12-31`; null for no such end. */
  untilDate: string | null
  /** 0 for Monday; `ordinal` 2 is the second of the month, -1 the last, null every one. */
  weekdays: readonly { weekday: number; ordinal: number | null }[]
  /** 1 to 31, or -1 for the last. */
  monthDays: readonly number[]
  months: readonly number[]
  /** Of the days of a month (or year, or week) that fit: the first is 1, the last -1. */
  positions: readonly number[]
  /** First day of a week, where every second week is counted. */
  weekStart: number
}

export type ParsedRecurrence = { ok: true; recurrence: Recurrence } | { ok: false; message: string }

const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const FREQUENCIES = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' } as const
const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST']

/**
 * Reads `FREQ=MONTHLY;BYDAY=2TU`, with or without `RRULE:` before it. Parts that count hours or minutes, and weeks or days of a year, are
 * refused by name rather than passed over. UNTIL is read as a day.
 */
export function parseRecurrence(text: string): ParsedRecurrence {
  const parts = new Map<string, string>()
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = ''] = part.split('=')
    if (!KNOWN.includes(name)) return refuse(`"${name}" is not one of ${KNOWN.join(', ')}`)
    if (value === '' || parts.has(name)) return refuse(`${name} needs one value`)
    parts.set(name, value)
  }
  const frequency = FREQUENCIES[(parts.get('FREQ') ?? '') as keyof typeof FREQUENCIES]
  if (frequency === undefined) return refuse('FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY')
  if (parts.has('COUNT') && parts.has('UNTIL')) return refuse('COUNT and UNTIL exclude each other')
  const weekdays = readWeekdays(parts.get('BYDAY'), frequency)
  if (weekdays === null) return refuse('BYDAY must be days such as MO,WE, or 2TU and -1FR in a month or year')
  const numbers = {
    interval: readNumbers(parts.get('INTERVAL') ?? '1', 1, 366, false),
    count: readNumbers(parts.get('COUNT'), 1, 1_000, false),
    monthDays: readNumbers(parts.get('BYMONTHDAY'), 1, 31, true),
    months: readNumbers(parts.get('BYMONTH'), 1, 12, false),
    positions: readNumbers(parts.get('BYSETPOS'), 1, 366, true),
  }
  for (const [name, found] of Object.entries(numbers)) if (found === null) return refuse(`${name} is out of its bounds`)
  const untilDate = readUntil(parts.get('UNTIL'))
  if (untilDate === undefined) return refuse('UNTIL must be a day such as 20261231')
  const weekStart = DAY_CODES.indexOf(parts.get('WKST') ?? 'MO')
  if (weekStart < 0) return refuse('WKST must be a day such as MO')
  if (frequency === 'weekly' && parts.has('BYMONTHDAY')) return refuse('BYMONTHDAY does not go with WEEKLY')
  return {
    ok: true,
    recurrence: {
      frequency,
      interval: numbers.interval?.[0] ?? 1,
      count: numbers.count?.[0] ?? null,
      untilDate,
      weekdays,
      monthDays: numbers.monthDays ?? [],
      months: numbers.months ?? [],
      positions: numbers.positions ?? [],
      weekStart,
    },
  }
}

function refuse(message: string): ParsedRecurrence {
  return { ok: false, message }
}

function readNumbers(text: string | undefined, min: number, max: number, isSigned: boolean): number[] | null {
  if (text === undefined) return []
  const numbers = text.split(',').map((part) => (/^[+-]?\d{1,4}$/.test(part) ? Number(part) : Number.NaN))
  const isGood = (value: number) => (isSigned ? Math.abs(value) : value) >= min && Math.abs(value) <= max
  return numbers.every(isGood) ? numbers : null
}

function readWeekdays(text: string | undefined, frequency: Recurrence['frequency']): Recurrence['weekdays'] | null {
  if (text === undefined) return []
  const days = text.split(',').map((part) => {
    const [, ordinal = '', code = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(part) ?? []
    return { weekday: DAY_CODES.indexOf(code), ordinal: ordinal === '' ? null : Number(ordinal) }
  })
  const mayCount = frequency === 'monthly' || frequency === 'yearly'
  const isGood = ({ weekday, ordinal }: (typeof days)[number]) =>
    weekday >= 0 && (ordinal === null || (mayCount && ordinal !== 0 && Math.abs(ordinal) <= 53))
  return days.every(isGood) ? days : null
}

/** Undefined when it is no day. */
function readUntil(text: string | undefined): string | null | undefined {
  if (text === undefined) return null
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  const at = year === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : date
}

import type { MaintenanceDraft } from '@/lib/commands/maintenance/save.ts'
import { MINUTE } from '@/lib/domain/time/instant.ts'
import { addDays, weekdayOf } from '@/lib/domain/time/zoned.ts'
import type { ListedMaintenance } from '@/lib/ports/mute-reader.ts'

/** What the form offers by name; everything else is written as a rule. */
export const PRESETS = {
  once: null,
  daily: 'FREQ=DAILY',
  workdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
} as const
export const REPEATS = ['once', 'daily', 'workdays', 'weekly', 'monthly', 'custom'] as const
type Repeat = (typeof REPEATS)[number]

export function presetOf(recurrence: string | null): Repeat {
  return REPEATS.find((name) => name !== 'custom' && PRESETS[name] === recurrence) ?? 'custom'
}

export type MaintenanceValues = Record<
  | 'name'
  | 'description'
  | 'scope'
  | 'tags'
  | 'keys'
  | 'startDate'
  | 'startTime'
  | 'duration'
  | 'timeZone'
  | 'repeat'
  | 'recurrence'
  | 'announced',
  string
>

/** Fields of the form as a draft. What is no time or number becomes NaN, and the schema says so. */
export function readMaintenance(form: FormData): MaintenanceDraft {
  const text = (name: keyof MaintenanceValues) => String(form.get(name) ?? '').trim()
  const list = (name: keyof MaintenanceValues) =>
    text(name)
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const scope = text('scope')
  const repeat = REPEATS.find((name) => name === text('repeat')) ?? 'once'
  return {
    name: text('name'),
    description: text('description'),
    scope:
      scope === 'tags'
        ? { kind: scope, tags: list('tags') }
        : scope === 'monitors'
          ? { kind: scope, keys: list('keys') }
          : { kind: 'project' },
    timeZone: text('timeZone'),
    startDate: repeat === 'workdays' ? firstWorkday(text('startDate')) : text('startDate'),
    startTimeMs: readTime(text('startTime')),
    durationMs: Number(text('duration').replace(',', '.') || Number.NaN) * MINUTE,
    recurrence: repeat === 'custom' ? text('recurrence') : PRESETS[repeat],
    announced: form.get('announced') === 'on',
  }
}

/** A stored maintenance as its form. */
export function valuesOf(plan: ListedMaintenance): MaintenanceValues {
  const { scope, recurrence, startTimeMs } = plan
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(startTimeMs / MINUTE)
  return {
    name: plan.name,
    description: plan.description,
    scope: scope.kind,
    tags: scope.kind === 'tags' ? scope.tags.join(', ') : '',
    keys: scope.kind === 'monitors' ? scope.keys.join(', ') : '',
    startDate: plan.startDate,
    startTime: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    duration: String(plan.durationMs / MINUTE),
    timeZone: plan.timeZone,
    repeat: presetOf(recurrence),
    recurrence: recurrence ?? '',
    announced: plan.announced ? 'on' : '',
  }
}

/**
 * The first day of a plan counts whether or not its rule fits it (RFC 5545, DTSTART). Whoever plans Monday to Friday from a Saturday on does not
 * mean the Saturday.
 */
function firstWorkday(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return date
  const weekday = weekdayOf(date)
  return weekday < 5 ? date : addDays(date, 7 - weekday)
}

function readTime(text: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? []
  return hours === undefined ? Number.NaN : (Number(hours) * 60 + Number(minutes)) * MINUTE
}

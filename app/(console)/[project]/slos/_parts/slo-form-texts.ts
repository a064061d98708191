import { getTranslations } from 'next-intl/server'

const PLAIN = [
  'name',
  'nameHint',
  'key',
  'keyHint',
  'description',
  'scope',
  'monitors',
  'monitorsHint',
  'metric',
  'metricHint',
  'where',
  'whereHint',
  'threshold',
  'thresholdHint',
  'counts',
  'totalMetric',
  'totalMetricHint',
  'totalWhere',
  'vital',
  'page',
  'pageHint',
  'target',
  'window',
  'method',
  'methodHint',
  'sliceMinutes',
  'sliceTarget',
  'sliceHint',
  'create',
  'save',
  'saving',
] as const

export type SloFormTexts = Record<(typeof PLAIN)[number], string>
export interface Option {
  value: string
  label: string
}
export type SloFormOptions = Record<'scope' | 'counts' | 'vital' | 'window' | 'method' | 'sliceMinutes', Option[]>

/** Every word of the form in the reader's language: the translation library stays on the server. */
export async function sloFormTexts(): Promise<SloFormTexts> {
  const t = await getTranslations('slos.form')
  return Object.fromEntries(PLAIN.map((name) => [name, t(name)])) as SloFormTexts
}

const CALENDAR = ['week', 'month', 'quarter', 'year'] as const
const VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const

/** What can be chosen. A length of window that is none of the usual ones stays there while it is set. */
export async function sloFormOptions(
  tags: readonly string[],
  chosen: { window: string; scope: string; timeZone: string },
): Promise<SloFormOptions> {
  const t = await getTranslations('slos')
  const days = [...new Set(['7', '28', '30', '90', ...(/^\d+$/.test(chosen.window) ? [chosen.window] : [])])]
  const known = [...new Set([...tags, ...(chosen.scope.startsWith('tag:') ? [chosen.scope.slice('tag:'.length)] : [])])]
  return {
    scope: [
      { value: 'all', label: t('counted.allMonitors') },
      ...known.map((tag) => ({ value: `tag:${tag}`, label: t('counted.tag', { tag }) })),
      { value: 'chosen', label: t('form.chosen') },
    ],
    counts: (['bad', 'good'] as const).map((value) => ({ value, label: t(`form.${value}`) })),
    vital: VITALS.map((value) => ({ value, label: value.toUpperCase() })),
    window: [
      ...days.map((value) => ({ value, label: t('form.days', { days: Number(value) }) })),
      ...CALENDAR.map((unit) => ({ value: unit, label: t(`form.calendar.${unit}`, { timeZone: chosen.timeZone }) })),
    ],
    method: (['occurrences', 'timeslices', 'ratio_timeslices'] as const).map((value) => ({
      value,
      label: t(`methods.${value}`),
    })),
    sliceMinutes: [1, 5, 10, 15, 30, 60].map((minutes) => ({
      value: String(minutes),
      label: t('form.minutes', { minutes }),
    })),
  }
}

import { getTranslations } from 'next-intl/server'

const PLAIN = [
  'name',
  'nameHint',
  'key',
  'keyHint',
  'keyHintNew',
  'unit',
  'unitHint',
  'query',
  'queryHint',
  'database',
  'databaseHint',
  'databaseSet',
  'schedule',
  'scheduleHint',
  'timeZone',
  'limits',
  'lowerLimit',
  'upperLimit',
  'create',
  'save',
  'saving',
  'run',
  'running',
] as const

export type KpiFormTexts = Record<(typeof PLAIN)[number], string>

/** Every word of the form in the reader's language: the translation library stays on the server. */
export async function kpiFormTexts(): Promise<KpiFormTexts> {
  const t = await getTranslations('kpis.form')
  return Object.fromEntries(PLAIN.map((name) => [name, t(name)])) as KpiFormTexts
}

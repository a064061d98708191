import { getTranslations } from 'next-intl/server'
import { LANGUAGE_NAMES, LOCALES } from '@/i18n/locales.ts'

const PLAIN = [
  'name',
  'slug',
  'slugHint',
  'timeZone',
  'timeZoneHint',
  'locale',
  'localeHint',
  'reportRecipients',
  'reportRecipientsHint',
  'save',
  'saving',
  'create',
  'creating',
] as const

export type ProjectFormTexts = Record<(typeof PLAIN)[number], string> & {
  timeZones: { value: string; label: string }[]
  locales: { value: string; label: string }[]
}

/** Every word of the form, and the zones that this runtime knows. */
export async function projectFormTexts(): Promise<ProjectFormTexts> {
  const t = await getTranslations('settings.form')
  const plain = Object.fromEntries(PLAIN.map((name) => [name, t(name)])) as Record<(typeof PLAIN)[number], string>
  return {
    ...plain,
    timeZones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({
      value: zone,
      label: zone.replaceAll('_', ' '),
    })),
    locales: LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
  }
}

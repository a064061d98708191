import { getTranslations } from 'next-intl/server'
import { SCOPE_KINDS } from '@/lib/domain/mute/maintenance.ts'
import { REPEATS } from './read-maintenance.ts'

const PLAIN = [
  'name',
  'nameHint',
  'description',
  'descriptionHint',
  'startDate',
  'startTime',
  'duration',
  'timeZone',
  'repeat',
  'recurrence',
  'recurrenceHint',
  'scope',
  'tags',
  'tagsHint',
  'keys',
  'keysHint',
  'announced',
  'announcedHint',
  'create',
  'save',
  'saving',
] as const

interface Choice {
  value: string
  label: string
}

export type MaintenanceFormTexts = Record<(typeof PLAIN)[number], string> & { repeats: Choice[]; scopes: Choice[] }

/** Every word of the form in the reader's language: the translation library stays on the server. */
export async function maintenanceFormTexts(): Promise<MaintenanceFormTexts> {
  const t = await getTranslations('maintenance')
  const plain = Object.fromEntries(PLAIN.map((name) => [name, t(`form.${name}`)])) as Record<
    (typeof PLAIN)[number],
    string
  >
  return {
    ...plain,
    repeats: REPEATS.map((value) => ({ value, label: t(`repeats.${value}`) })),
    scopes: SCOPE_KINDS.map((value) => ({ value, label: t(`scopes.${value}`) })),
  }
}

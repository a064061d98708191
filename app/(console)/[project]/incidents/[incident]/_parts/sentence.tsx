import type { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_components/ui/notice.tsx'
import type { Place } from '@/app/_session/place.ts'
import { describeFailure } from '@/lib/domain/notification/failure-text.ts'
import { wordsOf } from '@/lib/domain/notification/text.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { IncidentView } from '@/lib/queries/incident.ts'

export type Translate = Awaited<ReturnType<typeof getTranslations<'incident'>>>

/** What happened, since when, and how it ended if it did: the line under the title. */
export function sentenceOf(view: IncidentView, t: Translate, place: Place): string {
  const { incident, evidence } = view
  const decisive = evidence?.decisive ?? null
  const why = decisive === null ? incident.reason : describeFailure(decisive, wordsOf(place.locale))
  const since = formatBriefIn(place.timeZone, incident.startedAt, place.now, place.locale)
  const facts = { why: capitalise(why), since }
  if (incident.resolvedAt === null) return t('sentence.open', facts)
  const lasted = formatDuration(incident.resolvedAt - incident.startedAt, place.locale)
  return incident.resolvedBy === 'vigie'
    ? t('sentence.recovered', { ...facts, lasted })
    : t('sentence.closed', { ...facts, lasted, person: incident.resolvedBy ?? '' })
}

/** What is unusual about this incident, said plainly. */
export function Notices({ view, t }: { view: IncidentView; t: Translate }) {
  const { incident, affected } = view
  const failing = affected.filter(({ isFailing }) => isFailing)
  return (
    <>
      {incident.flapping && <Notice tone="warning">{t('notices.flapping')}</Notice>}
      {incident.episode > 0 && !incident.flapping && (
        <Notice tone="info">{t('notices.reopened', { count: incident.episode })}</Notice>
      )}
      {incident.isGrouped && <Notice tone="info">{t('notices.grouped')}</Notice>}
      {incident.status === 'resolved' && failing.length > 0 && (
        <Notice tone="warning">
          {t('notices.stillFailing', { names: failing.map(({ name }) => name).join(', ') })}
        </Notice>
      )}
    </>
  )
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

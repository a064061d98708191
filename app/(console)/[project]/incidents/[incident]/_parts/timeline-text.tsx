import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Place } from '@/app/_session/place.ts'
import { describeFailure } from '@/lib/domain/notification/failure-text.ts'
import { wordsOf } from '@/lib/domain/notification/text.ts'
import type { TimelineLine } from '@/lib/queries/incident-timeline.ts'

type Translate = ReturnType<typeof useTranslations<'incident.timeline'>>

/** The sentence of one line, with what people wrote set apart from what the program says. */
export function TimelineText({ line, place }: { line: TimelineLine; place: Place }) {
  const t = useTranslations('incident.timeline')
  if (line.key === 'note') {
    return (
      <>
        <p className="text-sm text-ink-muted">{line.person}</p>
        <p className="whitespace-pre-wrap">{line.message}</p>
      </>
    )
  }
  const isQuiet = line.tone === 'not_told' || line.tone === 'told'
  const text = sentenceOf(line, place, t)
  return (
    <>
      <p className={isQuiet ? 'text-ink-muted' : ''}>
        {line.notificationId === null ? (
          text
        ) : (
          <Link
            href={`/${place.slug}/deliveries/${line.notificationId}`}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            {text}
          </Link>
        )}
      </p>
      {line.more.map((reason) => (
        <p key={reason} className="text-sm text-ink-muted">
          {reason}
        </p>
      ))}
    </>
  )
}

/**
 * The pipeline stores English sentences that say exactly what was decided; they are shown as they are where they can be read. In another
 * language the sentence is made anew from the line's facts.
 */
function sentenceOf(line: TimelineLine, { locale }: Place, t: Translate): string {
  const { key, values, message, evidence, person } = line
  const isHuman = key === 'acknowledged' || key === 'resolved' || key === 'priority_changed'
  if (isHuman) return describeAct(line, locale, t)
  if (locale === 'en' || key === 'other') return withoutDoubleStop(message)
  if (key === 'monitor_down' || key === 'monitor_recovered') {
    const why = evidence === null ? '' : describeFailure(evidence, wordsOf(locale))
    const monitor = values.monitor ?? ''
    if (key === 'monitor_down')
      return why === '' ? t('events.down', { monitor }) : t('events.downWhy', { monitor, why })
    return t('events.recovered', { monitor })
  }
  if (values.rule !== undefined) return t(`rule.${key}` as 'rule.opened', { rule: values.rule })
  if (key === 'not_told') {
    const channel = values.channel ?? t('thisChannel')
    return values.code === undefined ? t('events.nobodyTold') : t(`codes.${values.code}`, { channel })
  }
  if (key === 'notification_delivered' || key === 'notification_dead') {
    const channel = values.channel ?? t('thisChannel')
    return t(`events.${key}`, { channel, what: t(`told.${(values.kind ?? 'test').replace('.', '_')}` as never) })
  }
  return key === 'note' ? message : t(`events.${key}`, { person: person ?? '' })
}

function describeAct({ key, values, message, person }: TimelineLine, locale: Place['locale'], t: Translate): string {
  if (key === 'priority_changed') {
    return t('events.priority', { person: person ?? 'Vigie', from: values.from ?? '', to: values.to ?? '' })
  }
  if (key === 'acknowledged') return t('events.acknowledged', { person: person ?? 'Vigie' })
  if (person !== null) {
    const closed = t('events.closed', { person })
    return message === '' ? closed : `${closed} ${message}`
  }
  return locale === 'en' ? t('events.resolvedWhy', { why: withoutDoubleStop(message) }) : t('events.resolved')
}

function withoutDoubleStop(message: string): string {
  return message.replace(/\.{2}$/, '.')
}

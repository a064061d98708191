import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { Place } from '@/app/_session/place.ts'
import { formatDateIn, formatMomentIn, formatTimeWithSecondsIn } from '@/lib/domain/time/format-zoned.ts'
import { toIso } from '@/lib/domain/time/instant.ts'
import type { IncidentView } from '@/lib/queries/incident.ts'
import type { TimelineLine, TimelineTone } from '@/lib/queries/incident-timeline.ts'
import { NoteForm } from './note-form.client.tsx'
import { TimelineText } from './timeline-text.tsx'

const MARKS: Record<TimelineTone, { icon: Parameters<typeof Icon>[0]['name']; tone: string }> = {
  down: { icon: 'siren', tone: 'text-down' },
  up: { icon: 'circle-check', tone: 'text-up' },
  person: { icon: 'user', tone: 'text-ink' },
  told: { icon: 'send', tone: 'text-ink-muted' },
  not_told: { icon: 'circle-x', tone: 'text-ink-faint' },
  note: { icon: 'message-square', tone: 'text-ink' },
  info: { icon: 'info', tone: 'text-ink-muted' },
}

/** What happened in its order, the newest last: the program's lines and people's. Notes are added where one has read to. */
export function Timeline({ view, place, mayAct }: { view: IncidentView; place: Place; mayAct: boolean }) {
  const t = useTranslations('incident.timeline')
  const { timeline, incident } = view
  return (
    <Section title={t('title')} description={t('zone', { zone: place.timeZone })}>
      <ol className="border-t border-line">
        {timeline.map((line, index) => (
          <Line key={line.id} line={line} before={timeline[index - 1]} place={place} />
        ))}
      </ol>
      {mayAct && (
        <NoteForm
          slug={place.slug}
          incidentId={incident.id}
          texts={{ label: t('note'), hint: t('noteHint'), add: t('add'), adding: t('adding') }}
        />
      )}
    </Section>
  )
}

function Line({ line, before, place }: { line: TimelineLine; before: TimelineLine | undefined; place: Place }) {
  const { timeZone, locale } = place
  const mark = MARKS[line.tone]
  const day = formatDateIn(timeZone, line.at, locale)
  const isNewDay = before === undefined || formatDateIn(timeZone, before.at, locale) !== day
  return (
    <li className="flex flex-col">
      {isNewDay && <p className="pt-2 text-sm text-ink-muted">{day}</p>}
      <div className="grid grid-cols-[4.25rem_1rem_minmax(0,1fr)] gap-x-2.5 py-1.5">
        <time
          dateTime={toIso(line.at)}
          title={formatMomentIn(timeZone, line.at, locale)}
          className="text-sm text-ink-muted tabular-nums"
        >
          {formatTimeWithSecondsIn(timeZone, line.at)}
        </time>
        <Icon name={mark.icon} className={`mt-0.5 ${mark.tone}`} />
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <TimelineText line={line} place={place} />
        </div>
      </div>
    </li>
  )
}

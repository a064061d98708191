import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { IncidentStatus } from '@/app/_components/ui/incident-status.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { PriorityBadge } from '@/app/_components/ui/priority-badge.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { CurrentProject } from '@/lib/ports/frame-reader.ts'
import { titleIn } from '@/lib/queries/incident-title.ts'
import type { Overview } from '@/lib/queries/overview.ts'
import { acknowledgeFromOverview } from '../actions.ts'

/** What people must look at now: worst first, with the one thing to do about each. */
export function OpenIncidents(props: { overview: Overview; project: CurrentProject; mayAcknowledge: boolean }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const { slug, timeZone } = props.project
  return (
    <Section title={t('openIncidents')}>
      <ul className="divide-y divide-line rounded-lg border border-line-strong bg-surface">
        {props.overview.openIncidents.map((incident) => (
          <li
            key={incident.id}
            className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-subtle"
          >
            <div className="min-w-0 flex-1 basis-80">
              <p className="flex items-baseline gap-2">
                <PriorityBadge priority={incident.priority} />
                <Link href={`/${slug}/incidents/${incident.number}`} className="covers-row min-w-0 font-medium">
                  {titleIn(locale, incident.title)}
                </Link>
              </p>
              <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-ink-muted">
                <IncidentStatus status={incident.status} />
                <span>
                  {t('startedLabel')}{' '}
                  <RelativeTime
                    at={incident.startedAt}
                    now={props.overview.now}
                    timeZone={timeZone}
                    focusable={false}
                  />
                </span>
                {incident.acknowledgedBy && <span>{t('acknowledgedBy', { name: incident.acknowledgedBy })}</span>}
                {incident.isFlapping && <span>{t('flapping')}</span>}
              </p>
            </div>
            {props.mayAcknowledge && incident.status === 'triggered' && (
              <ActionForm action={acknowledgeFromOverview} className="relative z-10 flex flex-col gap-2">
                <input type="hidden" name="project" value={slug} />
                <input type="hidden" name="incident" value={incident.id} />
                <SubmitButton variant="primary" pendingLabel={t('acknowledging')} className="max-sm:h-11">
                  {t('acknowledge')}
                </SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

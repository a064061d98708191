import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { PlannedMaintenance } from '@/lib/queries/maintenance.ts'
import { end } from '../actions.ts'

/** What takes place at this moment, and the way to end it early. */
export function RunningNow(props: {
  plans: readonly PlannedMaintenance[]
  slug: string
  now: Instant
  timeZone: string
  mayEnd: boolean
}) {
  const t = useTranslations('maintenance')
  const locale = useLocale()
  return props.plans.flatMap(({ id, name, next }) =>
    next?.stage !== 'active'
      ? []
      : [
          <Notice key={id} tone="info" title={t('running.title', { name })}>
            <div className="flex flex-wrap items-center justify-between gap-3">
              <span>{t('running.text', { until: formatBriefIn(props.timeZone, next.endsAt, props.now, locale) })}</span>
              {props.mayEnd && (
                <form action={end.bind(null, props.slug, id)}>
                  <SubmitButton variant="secondary" size="small">
                    {t('running.end')}
                  </SubmitButton>
                </form>
              )}
            </div>
          </Notice>,
        ],
  )
}

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { IncidentView } from '@/lib/queries/incident.ts'
import { silenceHref } from '../../../silences/_href.ts'
import { acknowledge, resolve } from '../actions.ts'

/**
 * The two things that one does to an incident. On a phone they stand above the navigation, under the thumb, and stay there while the page
 * scrolls. What closing it while it still fails means is said beside the button and not in a dialog: at night every tap counts.
 */
export function IncidentActions({ view, slug, mayAct }: { view: IncidentView; slug: string; mayAct: boolean }) {
  const t = useTranslations('incident.actions')
  const { incident, affected } = view
  if (incident.status === 'resolved') return null
  if (!mayAct) return <p className="text-ink-muted">{t('viewer')}</p>
  const isTriggered = incident.status === 'triggered'
  const failing = affected.filter(({ isFailing }) => isFailing)
  const silence =
    silenceHref(
      slug,
      'monitor',
      affected.map(({ key }) => key),
    ) ??
    silenceHref(
      slug,
      'rule',
      view.rules.map(({ key }) => key),
    )
  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-lg:z-20 max-lg:border-t max-lg:border-line max-lg:bg-canvas max-lg:px-4 max-lg:py-2">
        {isTriggered && (
          <div className="max-lg:flex-1">
            <ActionForm action={acknowledge.bind(null, slug, incident.id)}>
              <SubmitButton size="large" className="w-full lg:w-48" pendingLabel={t('acknowledging')}>
                {t('acknowledge')}
              </SubmitButton>
            </ActionForm>
          </div>
        )}
        <div className="max-lg:flex-1">
          <ActionForm action={resolve.bind(null, slug, incident.id)}>
            <SubmitButton
              size="large"
              variant={isTriggered ? 'secondary' : 'primary'}
              className="w-full lg:w-48"
              pendingLabel={t('resolving')}
            >
              {t('resolve')}
            </SubmitButton>
          </ActionForm>
        </div>
      </div>
      {failing.length > 0 && (
        <p className="max-w-[72ch] text-sm text-ink-muted">
          {t('resolveHint', { names: failing.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {silence !== null && (
        <p className="text-sm">
          <Link
            href={silence}
            prefetch={false}
            className="text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            {t('silence')}
          </Link>
        </p>
      )}
    </div>
  )
}

import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { ReportPeriod } from '@/lib/ports/report-reader.ts'
import { sendNow } from '../actions.ts'

/** An extra mail of what is shown, which does not count as the weekly one. */
export function SendNow(props: { slug: string; period: ReportPeriod; hasRecipients: boolean }) {
  const t = useTranslations('reports.send')
  return (
    <ActionForm action={sendNow.bind(null, props.slug, props.period)} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton variant="secondary" name="to" value="me" pendingLabel={t('sending')}>
          {t('me')}
        </SubmitButton>
        {props.hasRecipients && (
          <SubmitButton variant="secondary" name="to" value="recipients" pendingLabel={t('sending')}>
            {t('recipients')}
          </SubmitButton>
        )}
        <p className="text-sm text-ink-muted">{t('lead')}</p>
      </div>
    </ActionForm>
  )
}

import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { MonitorDetail } from '@/lib/ports/monitor-reader.ts'
import { stateOf } from '@/lib/queries/monitor.ts'
import { switchDemo } from '../actions.ts'

/** A target to break on purpose, so that a newcomer sees the whole way from failure to page without reading anything. */
export function DemoPanel({ projectSlug, demo }: { projectSlug: string; demo: MonitorDetail }) {
  const t = useTranslations('overview.demo')
  const state = stateOf(demo)
  const isBroken = state === 'down'
  return (
    <section aria-labelledby="demo-title" className="rounded-lg border border-line bg-surface px-4 py-3">
      <ActionForm action={switchDemo} className="flex flex-col gap-2.5">
        <input type="hidden" name="project" value={projectSlug} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-72">
            <div className="flex items-center gap-2.5">
              <h2 id="demo-title" className="text-base font-semibold">
                {t('title')}
              </h2>
              <StateBadge state={state} plain />
            </div>
            <p className="text-ink-muted">{isBroken ? t('whenBroken') : t('whenHealthy')}</p>
          </div>
          <div className="flex gap-2">
            <SubmitButton
              variant={isBroken ? 'ghost' : 'secondary'}
              name="op"
              value="break"
              pendingLabel={t('breaking')}
            >
              {t('break')}
            </SubmitButton>
            <SubmitButton
              variant={isBroken ? 'secondary' : 'ghost'}
              name="op"
              value="repair"
              pendingLabel={t('repairing')}
            >
              {t('repair')}
            </SubmitButton>
          </div>
        </div>
      </ActionForm>
    </section>
  )
}

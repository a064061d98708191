import { getLocale, getTranslations } from 'next-intl/server'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import type { CurrentProject } from '@/lib/ports/frame-reader.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'
import { OutcomePanel } from '../../_parts/outcome-panel.tsx'
import { readOutcomeTexts } from '../../_parts/outcome-texts.ts'
import { TestNow } from './test-now.client.tsx'

/** The last result in full, and for those who may the button for one more. */
export async function LastResult(props: { view: MonitorView; project: CurrentProject; mayTest: boolean }) {
  const { view, project } = props
  const t = await getTranslations('monitor')
  const locale = await getLocale()
  const texts = await readOutcomeTexts()
  const { lastResultAt, now } = view.detail
  const title = (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <h2 className="text-base font-semibold">{t('lastResult')}</h2>
      {lastResultAt !== null && (
        <span className="text-sm text-ink-muted">
          <RelativeTime at={lastResultAt} now={now} timeZone={project.timeZone} />
        </span>
      )}
    </div>
  )
  const stored = view.last ? (
    <OutcomePanel shown={view.last} texts={texts} locale={locale} timeZone={project.timeZone} />
  ) : (
    <p className="text-ink-muted">{t('noResultYet')}</p>
  )
  if (!props.mayTest || view.monitor.kind === 'heartbeat') {
    return (
      <section className="flex flex-col gap-3">
        {title}
        {stored}
      </section>
    )
  }
  return (
    <TestNow
      projectSlug={project.slug}
      monitorKey={view.monitor.key}
      title={title}
      button={t('test.button')}
      pending={t('test.pending')}
      texts={texts}
      locale={locale}
      timeZone={project.timeZone}
    >
      {stored}
    </TestNow>
  )
}

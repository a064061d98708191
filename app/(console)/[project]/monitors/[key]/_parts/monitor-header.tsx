import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { StateBadge } from '@/app/_components/ui/state-badge.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { formatBriefIn } from '@/lib/domain/time/format-zoned.ts'
import type { CurrentProject } from '@/lib/ports/frame-reader.ts'
import type { MonitorView } from '@/lib/queries/monitor.ts'
import { pauseMonitor } from '../../actions.ts'

/** State, name, since when and why, and what can be done. */
export function MonitorHeader(props: {
  view: MonitorView
  project: CurrentProject
  mayRespond: boolean
  mayConfigure: boolean
}) {
  const t = useTranslations('monitor')
  const { view, project } = props
  const { monitor } = view
  const isPaused = monitor.pausedAt !== null
  return (
    <PageHeader
      badge={<StateBadge state={view.state} />}
      title={monitor.name}
      description={
        <>
          <StateSentence view={view} timeZone={project.timeZone} />
          {monitor.kind !== 'heartbeat' && (
            <span className="mt-0.5 block font-mono text-sm [overflow-wrap:anywhere]">{view.target}</span>
          )}
        </>
      }
      action={
        <>
          {props.mayRespond && (
            <ActionForm action={pauseMonitor}>
              <input type="hidden" name="project" value={project.slug} />
              <input type="hidden" name="monitor" value={monitor.id} />
              <SubmitButton
                variant="secondary"
                name="op"
                value={isPaused ? 'resume' : 'pause'}
                pendingLabel={isPaused ? t('resuming') : t('pausing')}
              >
                {isPaused ? t('resume') : t('pause')}
              </SubmitButton>
            </ActionForm>
          )}
          {props.mayConfigure && (
            <ButtonLink href={`/${project.slug}/monitors/${monitor.key}/edit`} icon="pencil">
              {t('edit')}
            </ButtonLink>
          )}
        </>
      }
    />
  )
}

function StateSentence({ view, timeZone }: { view: MonitorView; timeZone: string }) {
  const t = useTranslations('monitor')
  const locale = useLocale()
  const { detail, state, last } = view
  const { now, sinceAt, lastResultAt, monitor } = detail
  const at = state === 'paused' ? monitor.pausedAt : state === 'unknown' ? lastResultAt : sinceAt
  const since = at === null ? '' : formatBriefIn(timeZone, at, now, locale)
  const lasted = at === null ? '' : formatDuration(now - at, locale)
  const sentence = t(`since.${monitor.kind === 'heartbeat' && state === 'pending' ? 'pendingHeartbeat' : state}`, {
    since,
    lasted,
  })
  const problem = (state === 'down' || state === 'degraded') && last?.problem
  return (
    <span className="block">
      {sentence}
      {problem && ` ${t('because', { problem })}`}
      {detail.isFlapping && ` ${t('flapping')}`}
    </span>
  )
}

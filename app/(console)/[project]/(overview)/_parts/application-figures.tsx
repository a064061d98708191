import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { StateShape } from '@/app/_components/ui/state-shape.tsx'
import { nameDeployment } from '@/lib/domain/deployment/name.ts'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { OverviewFigures, OverviewPanel, SloSummary } from '@/lib/queries/overview-figures.ts'
import { DeploymentStatus } from '../../deployments/_parts/deployment-status.tsx'

interface Props {
  figures: OverviewFigures
  project: { slug: string; timeZone: string }
  now: Instant
}

const SHAPES = { fine: 'up', warning: 'degraded', critical: 'degraded', silent: 'unknown' } as const
const TONES = { fine: 'text-up', warning: 'text-degraded', critical: 'text-degraded', silent: 'text-unknown' } as const

/** Error rate, active users, database, SLO budgets and latest deployments: each leads to its page, and says so where nothing is connected. */
export function ApplicationFigures({ figures, project, now }: Props) {
  const t = useTranslations('overview.figures')
  const locale = useLocale()
  const base = `/${project.slug}`
  const { users, deployments } = figures
  return (
    <Section title={t('title')}>
      <div className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 xl:grid-cols-5">
        <Cell title={t('errorRate')} href={`${base}/ops`}>
          <PanelValues figures={figures} keys={['errorRate']} />
        </Cell>
        <Cell title={t('users')} href={`${base}/vitals`}>
          {users === null ? (
            <NotConnected />
          ) : (
            <p>
              <Value>{formatCount(users.today, locale)}</Value>
              <span className="text-sm text-ink-muted">{t('thisWeek', { count: users.thisWeek })}</span>
            </p>
          )}
        </Cell>
        <Cell title={t('database')} href={`${base}/database`}>
          <PanelValues figures={figures} keys={['databaseConnections', 'databaseSpeed']} />
        </Cell>
        <Cell title={t('slos')} href={`${base}/slos`}>
          {figures.slos === null ? (
            <p className="text-sm text-ink-faint">{t('noSlo')}</p>
          ) : (
            <SloBudgets slos={figures.slos} />
          )}
        </Cell>
        <Cell title={t('deployments')} href={`${base}/deployments`}>
          {deployments.length === 0 ? (
            <NotConnected />
          ) : (
            <ul className="flex flex-col gap-1 text-sm">
              {deployments.map((deployment) => (
                <li key={deployment.id} className="flex flex-wrap items-center gap-x-2">
                  <span className="min-w-0 truncate">{nameDeployment(deployment)}</span>
                  <DeploymentStatus status={deployment.status} />
                  <span className="text-ink-muted">
                    <RelativeTime at={deployment.statusAt} now={now} timeZone={project.timeZone} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Cell>
      </div>
    </Section>
  )
}

function Cell({ title, href, children }: { title: string; href: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 bg-canvas p-4 sm:last:odd:col-span-2 xl:last:odd:col-span-1">
      <h3 className="text-sm text-ink-muted">
        <Link href={href} prefetch={false} className="hover:text-ink hover:underline">
          {title}
        </Link>
      </h3>
      {children}
    </div>
  )
}

/** How many promises have budget left, and the one that has the least. */
function SloBudgets({ slos: { total, kept, worst } }: { slos: SloSummary }) {
  const t = useTranslations('overview.figures')
  const locale = useLocale()
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Value>{t('budgetsKept', { kept, total })}</Value>
      <span className="text-sm text-ink-muted [overflow-wrap:anywhere]">
        {worst === null
          ? t('budgetsUnknown')
          : t(worst.left > 0 ? 'budgetLeast' : 'budgetGone', {
              name: worst.name,
              // Floored: what is nearly gone is not shown as more than it is.
              left: formatValue(Math.floor(Math.max(0, worst.left) * 1_000) / 10, '%', locale),
            })}
      </span>
    </p>
  )
}

/** Figures of one cell one below the other, with what they are of where there are several. */
function PanelValues({ figures, keys }: { figures: OverviewFigures; keys: readonly OverviewPanel[] }) {
  const t = useTranslations('overview.figures')
  const states = useTranslations('dashboards.states')
  const locale = useLocale()
  const shown = figures.panels.filter(({ panel, current }) => keys.includes(panel.key) && current !== null)
  if (shown.length === 0) return <NotConnected />
  return shown.map(({ panel, current, state }) => (
    <p key={panel.key} className="flex flex-wrap items-baseline gap-x-2">
      <Value>{formatValue(current?.value ?? 0, panel.unit, locale)}</Value>
      {keys.length > 1 && <span className="text-sm text-ink-muted">{t(`of.${panel.key as 'databaseSpeed'}`)}</span>}
      {state !== null && (
        <span className={`inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap ${TONES[state]}`}>
          <StateShape state={SHAPES[state]} />
          {states(state)}
        </span>
      )}
    </p>
  ))
}

function Value({ children }: { children: ReactNode }) {
  return <span className="mr-2 text-xl font-semibold tracking-tight tabular-nums">{children}</span>
}

/** An absent figure says so, so that nobody takes it for a zero. */
function NotConnected() {
  const t = useTranslations('overview.figures')
  return <p className="text-sm text-ink-faint">{t('notConnected')}</p>
}

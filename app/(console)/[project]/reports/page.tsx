import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { SegmentedLinks } from '@/app/_components/ui/link-tabs.tsx'
import { MailFrame } from '@/app/_components/ui/mail-frame.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader, Section } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { type SearchParams, withQuery } from '@/app/_session/query.ts'
import { createSessionClient } from '@/app/_session/server-client.ts'
import type { Client } from '@/lib/adapters/supabase/create-client.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { formatMomentIn } from '@/lib/domain/time/format-zoned.ts'
import { DAY } from '@/lib/domain/time/instant.ts'
import { weekDueAt } from '@/lib/domain/time/week.ts'
import { readReportPreview, readReports } from '@/lib/queries/report.ts'
import { wireReports } from '@/lib/wiring/people.ts'
import { ReportTable } from './_parts/report-table.tsx'
import { SendNow } from './_parts/send-now.tsx'

const PERIODS = ['last_week', 'this_week'] as const

const querySchema = z.object({
  period: z.enum(PERIODS).catch('last_week'),
  report: z.uuid().nullable().catch(null),
  before: z.iso.date().nullable().catch(null),
})

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('title') }
}

export default async function ReportsPage({ params, searchParams }: Props) {
  const { project, role, now } = await requireProject((await params).project)
  const { period, report: reportId, before } = querySchema.parse(await searchParams)
  const { reader, renderHtml, url } = wireReports((await createSessionClient()) as unknown as Client)
  const [list, sent] = await Promise.all([
    readReports(reader, project.id, before),
    reportId === null ? null : reader.readReport(project.id, reportId),
  ])
  const shown = sent ?? (await readReportPreview(reader, project, period, now))
  const html = await renderHtml(shown, { plots: 'data', url })
  const t = await getTranslations('reports')
  const locale = await getLocale()
  const path = `/${project.slug}/reports`
  const nextAt = formatMomentIn(project.timeZone, weekDueAt(project.timeZone, now + 7 * DAY).dueAt, locale)
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t('title')}
        description={
          <>
            {list.recipients.length === 0
              ? t('schedule.nobody')
              : t('schedule.to', { next: nextAt, recipients: list.recipients.join(', ') })}{' '}
            {isRoleAtLeast(role, 'admin') && (
              <Link href={`/${project.slug}/settings`} className="underline underline-offset-4">
                {t('schedule.change')}
              </Link>
            )}
          </>
        }
      />
      <Section
        title={sent === null ? t('preview.title') : t('preview.sentTitle')}
        description={t(sent === null ? `preview.${period}` : 'preview.sent')}
        action={
          <SegmentedLinks
            label={t('preview.title')}
            items={PERIODS.map((value) => ({
              href: withQuery(path, { period: value === 'last_week' ? null : value }),
              label: t(`periods.${value}`),
              current: sent === null && value === period,
            }))}
          />
        }
      >
        {reportId !== null && sent === null && <Notice tone="warning">{t('preview.gone')}</Notice>}
        {sent === null && isRoleAtLeast(role, 'admin') && (
          <SendNow slug={project.slug} period={period} hasRecipients={list.recipients.length > 0} />
        )}
        <MailFrame title={t('preview.frame')} html={html} />
      </Section>
      <Section title={t('past.title')} description={t('past.lead')}>
        {list.reports.length === 0 ? (
          <p className="text-ink-muted">{t('past.none')}</p>
        ) : (
          <ReportTable reports={list.reports} path={path} now={now} timeZone={project.timeZone} locale={locale} />
        )}
        {list.next !== null && (
          <ButtonLink href={withQuery(path, { before: list.next })} className="self-end">
            {t('past.older')}
          </ButtonLink>
        )}
      </Section>
    </div>
  )
}

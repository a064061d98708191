import type { Metadata } from 'next'
import Form from 'next/form'
import { getLocale, getTranslations } from 'next-intl/server'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import { EmptyState } from '@/app/_components/ui/empty-state.tsx'
import { LinkTabs } from '@/app/_components/ui/link-tabs.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { Pagination } from '@/app/_components/ui/pagination.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { RULE_STATUSES } from '@/lib/ports/rule-reader.ts'
import { readUnits } from '@/lib/queries/rule-editor.ts'
import { type RuleListRequest, type RulePage, readRules } from '@/lib/queries/rules.ts'
import { DoneNotice } from './_parts/done-notice.tsx'
import { RuleTable } from './_parts/rule-table.tsx'
import { readListRequest, rulesHref } from './_request.ts'

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rules'))('title') }
}

export default async function RulesPage({ params, searchParams }: Props) {
  const { people, project, role, now } = await requireProject((await params).project)
  const query = await searchParams
  const request = readListRequest(query)
  const t = await getTranslations('rules')
  const [page, unitOf] = await Promise.all([
    readRules(people.rules, project, request),
    readUnits(people.telemetry, project.id),
  ])
  const mayChange = isRoleAtLeast(role, 'admin')
  const path = `/${project.slug}/rules`
  const place = { slug: project.slug, timeZone: project.timeZone, now, locale: await getLocale() }
  const firing = page.counts.firing ?? 0
  const packs = (
    <ButtonLink href={`${path}/packs`} icon="list-checks">
      {t('packs')}
    </ButtonLink>
  )
  const newRule = (
    <ButtonLink href={`${path}/new`} variant="primary" icon="plus">
      {t('new')}
    </ButtonLink>
  )
  const actions = (
    <div className="flex flex-wrap gap-2">
      {packs}
      {mayChange && newRule}
    </div>
  )
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t('title')}
        description={page.total === 0 ? t('lead') : t('headline', { total: page.total, firing })}
        action={page.total > 0 && actions}
      />
      <DoneNotice slug={project.slug} query={query} />
      {page.total === 0 ? (
        <EmptyState title={t('empty.title')} action={actions}>
          {t(mayChange ? 'empty.text' : 'empty.viewer')}
        </EmptyState>
      ) : (
        <>
          <Filters path={path} request={request} page={page} t={t} />
          {page.lines.length === 0 ? (
            <EmptyState title={t('empty.filtered')} />
          ) : (
            <RuleTable lines={page.lines} place={place} unitOf={unitOf} mayChange={mayChange} />
          )}
          <Pagination
            newerHref={request.after === null ? null : rulesHref(path, request, { after: null })}
            olderHref={page.next === null ? null : rulesHref(path, request, { after: page.next })}
          />
        </>
      )}
    </div>
  )
}

type Translate = Awaited<ReturnType<typeof getTranslations<'rules'>>>

function Filters(props: { path: string; request: RuleListRequest; page: RulePage; t: Translate }) {
  const { path, request, page, t } = props
  const href = (changes: Partial<RuleListRequest>) => rulesHref(path, request, { after: null, ...changes })
  const statuses = RULE_STATUSES.filter((status) => (page.counts[status] ?? 0) > 0 || request.status === status)
  return (
    <div className="flex flex-col gap-3">
      <LinkTabs
        label={t('filter.status')}
        items={[
          { href: href({ status: null }), label: t('filter.all'), current: request.status === null, count: page.total },
          ...statuses.map((status) => ({
            href: href({ status }),
            label: t(`status.${status}`),
            current: request.status === status,
            count: page.counts[status],
          })),
        ]}
      />
      <Form action={path} className="flex flex-wrap items-end gap-2">
        {request.status !== null && <input type="hidden" name="status" value={request.status} />}
        <label className="flex flex-col gap-1 text-sm text-ink-muted">
          {t('filter.text')}
          <input
            type="search"
            name="text"
            defaultValue={request.text ?? ''}
            className={`${CONTROL_CLASS} h-10 w-56 sm:h-8`}
          />
        </label>
        {page.packs.length > 0 && (
          <label className="flex flex-col gap-1 text-sm text-ink-muted">
            {t('filter.pack')}
            <select name="pack" defaultValue={request.pack ?? ''} className={`${CONTROL_CLASS} h-10 sm:h-8`}>
              <option value="">{t('filter.anyPack')}</option>
              {page.packs.map((pack) => (
                <option key={pack} value={pack}>
                  {pack}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button type="submit" className="max-sm:h-10">
          {t('filter.show')}
        </Button>
      </Form>
    </div>
  )
}

import { useLocale, useTranslations } from 'next-intl'
import { DataTable } from '@/app/_components/ui/data-table.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { formatRating } from '@/lib/domain/feedback/ratings.ts'
import { formatCount } from '@/lib/domain/rollup/format-figures.ts'
import type { PageRatings } from '@/lib/ports/feedback-reader.ts'
import type { SatisfactionRequest } from '@/lib/queries/satisfaction.ts'
import { satisfactionHref } from '../_request.ts'

/** The pages by their average, worst first. */
export function PageTable({
  pages,
  request,
  path,
}: {
  pages: readonly PageRatings[]
  request: SatisfactionRequest
  path: string
}) {
  const t = useTranslations('satisfaction')
  const locale = useLocale()
  const named = pages.filter(({ page }) => page !== '')
  if (named.length < 2) return null
  return (
    <Section title={t('pages.title')} description={t('pages.order')}>
      <DataTable
        caption={t('pages.title')}
        rows={named}
        rowKey={({ page }) => page}
        rowHref={({ page }) => satisfactionHref(path, request, { page, below: null })}
        columns={[
          {
            key: 'page',
            header: t('form.page'),
            cell: ({ page }) => <span className="font-mono text-sm [overflow-wrap:anywhere]">{page}</span>,
          },
          {
            key: 'average',
            header: t('trend.average'),
            align: 'right',
            phone: 'aside',
            cell: ({ sum, count }) => formatRating(sum / count, locale),
          },
          {
            key: 'count',
            header: t('distribution.answers'),
            align: 'right',
            cell: ({ count }) => formatCount(count, locale),
          },
        ]}
      />
    </Section>
  )
}

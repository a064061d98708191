import Form from 'next/form'
import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/app/_components/ui/button.tsx'
import { CONTROL_CLASS } from '@/app/_components/ui/control-style.ts'
import type { PageRatings } from '@/lib/ports/feedback-reader.ts'
import type { SatisfactionRequest } from '@/lib/queries/satisfaction.ts'

/** Of which page the answers are shown, as a form whose answer is an address. */
export function PageForm({
  path,
  request,
  pages,
}: {
  path: string
  request: SatisfactionRequest
  pages: readonly PageRatings[]
}) {
  const t = useTranslations('satisfaction.form')
  const known = pages.map(({ page }) => page).filter((page) => page !== '')
  const all = request.page === null || known.includes(request.page) ? known : [request.page, ...known]
  if (all.length === 0) return <span />
  return (
    <Form action={path} className="flex min-w-0 flex-wrap items-center gap-2">
      <input type="hidden" name="range" value={request.range} />
      {request.rating !== null && <input type="hidden" name="rating" value={request.rating} />}
      <div className="w-64 max-w-full">
        <select
          key={request.page}
          name="page"
          aria-label={t('page')}
          defaultValue={request.page ?? ''}
          className={`${CONTROL_CLASS} h-10 sm:h-8`}
        >
          <option value="">{t('allPages')}</option>
          {all.toSorted().map((page) => (
            <option key={page} value={page}>
              {page}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" className="max-sm:h-10">
        {t('show')}
      </Button>
      {request.page !== null && (
        <ButtonLink href={`${path}?range=${request.range}`} variant="ghost" icon="x">
          {t('clear')}
        </ButtonLink>
      )}
    </Form>
  )
}

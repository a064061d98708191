import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '@/app/_components/ui/icon.tsx'
import type { ExploreRequest } from '@/lib/queries/explore.ts'
import { exploreHref } from '../_request.ts'

/** What the lines are narrowed to; each can be taken away. */
export function Conditions({ path, request }: { path: string; request: ExploreRequest }) {
  const t = useTranslations('explore')
  if (request.where.length === 0) return null
  return (
    <ul aria-label={t('only')} className="flex flex-wrap gap-2">
      {request.where.map((condition) => (
        <li key={condition}>
          <Link
            href={exploreHref(path, request, { where: request.where.filter((other) => other !== condition) })}
            prefetch={false}
            className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-sm hover:bg-subtle"
          >
            <span className="[overflow-wrap:anywhere]">{condition.replace(':', ' = ')}</span>
            <Icon name="x" className="text-ink-muted" />
            <span className="sr-only">{t('remove')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

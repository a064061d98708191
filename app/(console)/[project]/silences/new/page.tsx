import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { PageHeader } from '@/app/_components/ui/page-header.tsx'
import { requireProject } from '@/app/_session/project.ts'
import type { SearchParams } from '@/app/_session/query.ts'
import { isRoleAtLeast } from '@/lib/domain/monitor/role.ts'
import { formatDuration } from '@/lib/domain/time/format-duration.ts'
import { MINUTE } from '@/lib/domain/time/instant.ts'
import { SILENCE_MINUTES } from '../_parts/read-silence.ts'
import { SilenceForm } from '../_parts/silence-form.client.tsx'
import { silenceFormTexts } from '../_parts/silence-form-texts.ts'
import { create } from '../actions.ts'

/** `?matcher=monitor%3D"api"&minutes=60`: a link from wherever an alert stands. */
const querySchema = z.object({
  matcher: z.preprocess((given) => [given ?? []].flat(), z.array(z.string().max(300)).max(10)).catch([]),
  minutes: z.string().regex(/^\d+$/).catch('60'),
})
const LABELS = ['monitor', 'tag', 'severity', 'kind', 'group', 'alert'] as const

interface Props {
  params: Promise<{ project: string }>
  searchParams: SearchParams
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('silences'))('new') }
}

export default async function NewSilencePage({ params, searchParams }: Props) {
  const { project, role } = await requireProject((await params).project)
  const { matcher, minutes } = querySchema.parse(await searchParams)
  const t = await getTranslations('silences')
  const locale = await getLocale()
  if (!isRoleAtLeast(role, 'responder')) {
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t('new')} />
        <Notice tone="info">{t('forbidden')}</Notice>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('new')} description={t('newLead')} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <SilenceForm
          action={create.bind(null, project.slug)}
          matchers={matcher.join('\n')}
          minutes={minutes}
          lengths={SILENCE_MINUTES.map((value) => ({
            value: String(value),
            label: formatDuration(value * MINUTE, locale),
          }))}
          texts={await silenceFormTexts(project.timeZone)}
        />
        <div className="flex min-w-0 flex-col gap-3 text-sm text-ink-muted">
          <p>{t('aside.operators')}</p>
          <dl className="divide-y divide-line border-y border-line">
            {LABELS.map((label) => (
              <div key={label} className="grid grid-cols-[6rem_1fr] gap-x-3 py-1.5">
                <dt>
                  <code className="font-mono text-ink">{label}</code>
                </dt>
                <dd>{t(`aside.labels.${label}`)}</dd>
              </div>
            ))}
          </dl>
          <p>{t('aside.rules')}</p>
        </div>
      </div>
    </div>
  )
}

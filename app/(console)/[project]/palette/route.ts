import { getTranslations } from 'next-intl/server'
import type { PaletteItem } from '@/app/_components/frame/palette-matches.ts'
import { requireProject } from '@/app/_session/project.ts'

/** PostgREST answers at most a thousand rows; whoever has more monitors finds them by the filter of the list. */
const MOST_ITEMS = 1_000

/** The monitors of a project for the command palette, fetched when it is first opened. */
export async function GET(_request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { project, people } = await requireProject((await props.params).project)
  const t = await getTranslations('frame.palette')
  const names = await people.monitors.listNames(project.id, MOST_ITEMS)
  const items: PaletteItem[] = names.map(({ key, name }) => ({
    label: name,
    href: `/${project.slug}/monitors/${key}`,
    hint: t('monitor'),
  }))
  return Response.json(items, { headers: { 'cache-control': 'private, no-store' } })
}

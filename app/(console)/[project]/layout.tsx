import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Frame } from '@/app/_components/frame/frame.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { isTheme, THEME_COOKIE } from '@/app/_session/theme.ts'
import { wireFacts } from '@/lib/wiring/people.ts'

export default async function ProjectLayout(props: { children: ReactNode; params: Promise<{ project: string }> }) {
  const { project: slug } = await props.params
  const { project, projects, role, user, now, lastTickAt, tickError } = await requireProject(slug)
  const t = await getTranslations('overview')
  const theme = (await cookies()).get(THEME_COOKIE)?.value
  return (
    <Frame
      project={project}
      projects={projects}
      role={role}
      email={user.email}
      pulse={{ lastTickAt, now, reason: tickError && t('tickFailed', { error: tickError }) }}
      openIncidents={project.openIncidents}
      hasOutbox={wireFacts().hasOutbox}
      theme={isTheme(theme) ? theme : null}
      paletteHref={`/${project.slug}/palette`}
    >
      {props.children}
    </Frame>
  )
}

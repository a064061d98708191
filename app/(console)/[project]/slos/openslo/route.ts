import { requireProject } from '@/app/_session/project.ts'
import { exportSlos } from '@/lib/commands/slo/export.ts'
import { openSloSyntax } from '@/lib/wiring/openslo.ts'

/** All SLOs of a project as OpenSLO. */
export async function GET(_request: Request, props: { params: Promise<{ project: string }> }): Promise<Response> {
  const { people, project } = await requireProject((await props.params).project)
  const text = exportSlos(openSloSyntax(), await people.slos.list(project.id))
  return new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${project.slug}-openslo.yaml"`,
      'cache-control': 'no-store',
    },
  })
}

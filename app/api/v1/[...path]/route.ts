import { apiRoute } from '../_http/api-route.ts'
import { problem } from '../_http/problem.ts'

const answer = apiRoute('read', async ({ request }) =>
  problem(404, { detail: `There is nothing at ${new URL(request.url).pathname}.` }),
)

/** What the API does not have is answered in the API's own form, not with the dashboard's page. */
export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }

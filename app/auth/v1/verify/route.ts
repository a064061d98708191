import { confirmLink } from '@/app/_session/confirm-link.ts'

/**
 * The same, under the path that Supabase Lite writes into its mails (`{site_url}/auth/v1/verify`). Lite itself would answer
 * with the session in the URL's fragment, which a server never sees.
 */
export function GET(request: Request): Promise<Response> {
  return confirmLink(request)
}

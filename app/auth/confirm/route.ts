import { confirmLink } from '@/app/_session/confirm-link.ts'

/** Where sign-in mails lead: verifies the link, sets the session, goes on. */
export function GET(request: Request): Promise<Response> {
  return confirmLink(request)
}

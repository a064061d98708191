/**
 * Options that every Supabase client of the dashboard shares.
 * Vigie never opens a realtime socket, but supabase-js builds its realtime client at once and throws on Node 20, which has no
 * WebSocket, unless it is handed a transport. An empty class is never called.
 */
export const REALTIME_UNUSED = { transport: class {} as unknown as typeof WebSocket }

/** Only the server reads the session, so that no script on a page can. `secure` follows the request's own protocol. */
export function sessionCookieOptions(isHttps: boolean): {
  httpOnly: true
  sameSite: 'lax'
  secure: boolean
  path: '/'
} {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' }
}

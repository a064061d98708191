/** Set by the proxy on each request to its path and query: a server component has no other way to know where it stands. */
export const PATH_HEADER = 'x-vigie-path'

/** The command that sends a first value, to be copied into a shell that knows the address and a key. */
export function FirstCall({ path, body }: { path: string; body: string }) {
  const lines = [
    `curl -X POST $VIGIE_URL${path} \\`,
    `  -H "authorization: Bearer $VIGIE_API_KEY" -H 'content-type: application/json' \\`,
    `  -d '${body}'`,
  ]
  return (
    <pre className="mt-3 rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
      {lines.join('\n')}
    </pre>
  )
}

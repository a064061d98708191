const LINES = [
  "create role vigie_reader login password '…';",
  'grant usage on schema public to vigie_reader;',
  'grant select on orders, users to vigie_reader;',
]

/** The statements that make a role which can only read, to be adapted and run once. */
export function ReadOnlyRole() {
  return (
    <pre className="mt-2 rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
      {LINES.join('\n')}
    </pre>
  )
}

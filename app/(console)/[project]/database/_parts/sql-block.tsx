/** SQL to be copied, wrapped so that nothing has to be scrolled. */
export function SqlBlock({ children }: { children: string }) {
  return (
    <pre className="mt-1.5 max-w-[80ch] rounded-md bg-subtle p-3 font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
      {children}
    </pre>
  )
}

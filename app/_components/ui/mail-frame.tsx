/**
 * A mail as a client would show it, in a frame that runs no script and has no access to this site. Its links lead out of the frame: the
 * acknowledge button of a mail has to work from here.
 */
export function MailFrame({ title, html }: { title: string; html: string }) {
  return (
    <iframe
      title={title}
      srcDoc={withTopLinks(html)}
      sandbox="allow-top-navigation-by-user-activation"
      referrerPolicy="no-referrer"
      // Mails are written for a white ground; the console may be dark.
      style={{ background: '#fff', colorScheme: 'light' }}
      className="h-[46rem] max-h-[80dvh] w-full rounded-lg border border-line-strong"
    />
  )
}

/**
 * Every link leads to the top. A window that a sandboxed frame opens inherits the sandbox: the button of the page behind an acknowledge link
 * would be dead in it. `<base>` has to be the first thing in the head that a link depends on.
 */
function withTopLinks(html: string): string {
  const base = '<base target="_top">'
  const own = html.replaceAll('target="_blank"', 'target="_top"')
  return /<head[^>]*>/i.test(own) ? own.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${own}`
}

/**
 * Never called. Vercel's builder turns `import './mail.tsx'` of a root function into `./mail.js` and follows that back to
 * `mail.ts`, but not to `mail.tsx` (@vercel/nft 1.x, node-file-trace.js): the template would be missing on Vercel, without
 * a word at build time. It does follow imports that name no extension; these are for its eyes only. Every `.tsx` file under
 * lib/ stands here, which a test checks; writing the templates without JSX was the alternative.
 */
export const tracedTemplates = [
  // biome-ignore lint/correctness/useImportExtensions: the missing extension is the purpose, see above
  () => import('../adapters/channels/email/notification-mail'),
  // biome-ignore lint/correctness/useImportExtensions: the missing extension is the purpose, see above
  () => import('../adapters/channels/email/render-notification'),
  // biome-ignore lint/correctness/useImportExtensions: the missing extension is the purpose, see above
  () => import('../adapters/report/create-report-renderer'),
  // biome-ignore lint/correctness/useImportExtensions: the missing extension is the purpose, see above
  () => import('../adapters/report/report-mail'),
  // biome-ignore lint/correctness/useImportExtensions: the missing extension is the purpose, see above
  () => import('../adapters/report/report-tables'),
]

import type postgres from 'postgres'

/** Answers of eleven weeks: getting better, slow at the checkout, one in three with a few words. What is random repeats from run to run. */
export async function seedFeedback(sql: postgres.Sql, projectId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select setseed(0.17)`
    await transaction`
      insert into public.feedback (project_id, id, answered_at, rating, comment, page, perceived_speed, load_ms, locale, release, source)
      select ${projectId}, gen_random_uuid(), date_trunc('milliseconds', now() - interval '77 days' * age),
        greatest(1, least(5, round(5.3 - load_ms / 900.0 - age + wobble)))::smallint,
        case when n % 3 = 0 then (array['Quick and clear.', 'Paying took three attempts; the button did nothing at first.',
          'Je ne trouve pas mes anciennes factures.', 'The new search is much better than before.',
          'It hangs for a while after I choose the delivery date.'])[1 + n % 5] else '' end,
        page, case when n % 4 = 0 then null else greatest(1, least(5, round(5.4 - load_ms / 700.0 + wobble)))::smallint end,
        load_ms, (array['en', 'fr'])[1 + n % 2], 'v1.' || round(12 - 9 * age), 'browser'
      from (
        select n, random() as age, (random() - 0.5) * 1.6 as wobble, page,
          round(exp(random() * 1.5 + 6 + case page when '/checkout' then 0.7 else 0 end))::integer as load_ms
        from (select n, (array['/', '/search', '/orders/:id', '/checkout', '/account/invoices'])[1 + n % 5] as page
          from generate_series(1, 420) as n) as numbered) as answers`
  })
}

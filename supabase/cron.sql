-- Drives Vigie from Supabase Cron: for Vercel's Hobby plan, whose own crons run once a day, or beside Vercel's as a second clock.
-- Every task is safe to run twice, late or overlapping, so both may run at once.
-- Not a migration: it needs the address and the secret of your deployment. Run it once in the SQL editor of your Supabase project.

create extension if not exists pg_cron;
create extension if not exists pg_net;

-- 1. Put in the address and CRON_SECRET of your deployment. Vault keeps both encrypted; run `select vault.update_secret(…)` to change one.
select vault.create_secret('https://vigie.example.com', 'vigie_url');
select vault.create_secret('<the value of CRON_SECRET>', 'vigie_cron_secret');

-- 2. Schedule. The same name again replaces the schedule. Times are UTC.
select cron.schedule('vigie-tick', '* * * * *', $$
  select net.http_get(
    url := (select decrypted_secret from vault.decrypted_secrets where name = 'vigie_url') || '/api/cron/tick',
    headers := jsonb_build_object('Authorization',
      'Bearer ' || (select decrypted_secret from vault.decrypted_secrets where name = 'vigie_cron_secret')),
    -- pg_net does not wait for the answer; this only bounds how long the connection is held.
    timeout_milliseconds := 60000)
$$);
select cron.schedule('vigie-hourly', '2 * * * *', $$
  select net.http_get(
    url := (select decrypted_secret from vault.decrypted_secrets where name = 'vigie_url') || '/api/cron/hourly',
    headers := jsonb_build_object('Authorization',
      'Bearer ' || (select decrypted_secret from vault.decrypted_secrets where name = 'vigie_cron_secret')),
    timeout_milliseconds := 60000)
$$);

-- 3. pg_cron keeps a row of every run for ever: a week of them is enough.
select cron.schedule('vigie-forget-runs', '17 4 * * *', $$
  delete from cron.job_run_details where end_time < now() - interval '7 days'
$$);

-- To see how it goes:  select * from cron.job_run_details order by start_time desc limit 5;
--                      select * from net._http_response order by created desc limit 5;
-- To stop:             select cron.unschedule('vigie-tick'), cron.unschedule('vigie-hourly'), cron.unschedule('vigie-forget-runs');

-- Sixty days of a small community, counted back from now. Generated without chance: every load gives the same figures.
-- psql "$DATABASE_URL" -f seed.sql

-- 240 users, of whom each comes back every (1 + id % 16) days; evenings are busier than nights.
insert into user_activities (user_id, activity, created_at)
select users.id, (array['sign_in', 'post', 'answer', 'session'])[1 + (users.id + days.ago) % 4],
  now() - make_interval(days => days.ago, hours => ((users.id * 7 + days.ago * 3) % 24)::integer, mins => (users.id % 60)::integer)
from generate_series(1, 240) as users(id), generate_series(0, 59) as days(ago)
where (days.ago + users.id) % (1 + users.id % 16) = 0;

-- Between 30 and 90 payments a day, fewer on every seventh day.
insert into lightning_transactions (user_id, amount_sats, created_at)
select 1 + (n * 13 + days.ago) % 240, 100 + (n * 37 + days.ago * 11) % 5000,
  now() - make_interval(days => days.ago, secs => n * 86400.0 / payments.count)
from generate_series(0, 59) as days(ago)
cross join lateral (select case when days.ago % 7 = 3 then 30 else 60 + days.ago % 31 end as count) as payments
cross join lateral generate_series(1, payments.count) as n;

-- Eight sessions a day, of which every fifth is cancelled and those of today are partly still planned.
insert into mentoring_sessions (mentor_id, mentee_id, status, created_at)
select 1 + n, 100 + (n * 17 + days.ago) % 140,
  case when (n + days.ago) % 5 = 0 then 'cancelled' when days.ago = 0 and n > 4 then 'planned' else 'completed' end,
  now() - make_interval(days => days.ago, hours => n * 2)
from generate_series(0, 59) as days(ago), generate_series(1, 8) as n;

-- Tokens for about half of what people do.
insert into token_transactions (user_id, tokens_earned, created_at)
select user_id, 1 + (user_id + id) % 25, created_at from user_activities where (user_id + id) % 2 = 0;

-- Taking in answers of users, one at a time, and forgetting old ones.

create function public.store_feedback(p_project_id uuid, p_answer jsonb) returns text
language plpgsql security invoker set search_path = ''
as $$
declare
  v_answer jsonb := private.unwrap_json(p_answer);
  -- To the millisecond, as pages name the row at which a list goes on.
  v_now timestamptz := pg_catalog.date_trunc('milliseconds', private.now());
  v_given_at timestamptz := pg_catalog.to_timestamp((v_answer ->> 'at_ms')::double precision / 1000);
  v_id uuid := (v_answer ->> 'id')::uuid;
  v_today bigint;
  v_is_new boolean;
begin
  if v_given_at < v_now - interval '24 hours' then return 'too_old'; end if;
  if v_given_at > v_now + interval '10 minutes' then return 'too_new'; end if;
  -- The key of a site is public, so that a script may send answers without end; a real day has hundreds.
  select days.count into v_today from public.ingest_days as days
  where days.project_id = p_project_id and days.day = (v_now at time zone 'UTC')::date and days.source = 'feedback' and days.code = '';
  if v_today >= 10000 and not exists (
    select from public.feedback where feedback.project_id = p_project_id and feedback.id = v_id) then
    return 'day_full';
  end if;
  insert into public.feedback as stored (project_id, id, answered_at, rating, comment, page, perceived_speed, load_ms, locale, release,
    environment, source)
  select p_project_id, v_id, coalesce(v_given_at, v_now), one.rating, one.comment, one.page, one.perceived_speed, one.load_ms, one.locale,
    one.release, one.environment, one.source
  from pg_catalog.jsonb_to_record(v_answer) as one(rating smallint, comment text, page text, perceived_speed smallint, load_ms integer,
    locale text, release text, environment text, source text)
  on conflict (project_id, id) do update
    set answered_at = coalesce(v_given_at, stored.answered_at), rating = excluded.rating, comment = excluded.comment,
      page = excluded.page, perceived_speed = excluded.perceived_speed, load_ms = excluded.load_ms, locale = excluded.locale,
      release = excluded.release, environment = excluded.environment
    -- An older one that was held up on its way does not undo a newer one.
    where v_given_at is null or stored.answered_at <= v_given_at
  returning stored.xmax = 0 into v_is_new;
  if not coalesce(v_is_new, false) then return 'known'; end if;
  perform private.count_ingest(p_project_id, 'feedback', 1, '[]');
  return 'new';
end
$$;
comment on function public.store_feedback(uuid, jsonb) is 'Keeps one answer, the last one under an id, and says what became of it: new, known (it counts as before), too_old, too_new, or day_full at ten thousand new ones in a day.';

create function public.prune_feedback() returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.feedback where answered_at < private.now() - interval '13 months';
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.prune_feedback() is 'Forgets answers past their thirteen months.';

revoke execute on function public.store_feedback(uuid, jsonb), public.prune_feedback() from public, anon, authenticated;
grant execute on function public.store_feedback(uuid, jsonb), public.prune_feedback() to service_role;

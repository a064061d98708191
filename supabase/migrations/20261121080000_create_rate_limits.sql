-- Token buckets: how often something may be asked for. Shared by all workers, because each function process would count for itself.

create unlogged table public.rate_buckets (
  bucket text constraint rate_buckets_bucket_check check (length(bucket) <= 200),
  full_at timestamptz not null,
  constraint rate_buckets_pkey primary key (bucket)
);
comment on table public.rate_buckets is 'One row a token bucket. Unlogged: a crash of the database empties it, which forgives everybody and loses nothing.';
comment on column public.rate_buckets.full_at is 'When the bucket is full again if nobody takes any more: one instant says how many tokens are left (the generic cell rate algorithm).';
-- Serves the pruning of buckets that are full again.
create index rate_buckets_full_at_idx on public.rate_buckets (full_at);
alter table public.rate_buckets enable row level security;
revoke all on public.rate_buckets from anon, authenticated;
grant select, insert, update, delete on public.rate_buckets to service_role;

create function public.take_tokens(p_bucket text, p_capacity integer, p_window_seconds integer, p_cost integer default 1) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_window interval := pg_catalog.make_interval(secs => p_window_seconds);
  v_cost interval := v_window * p_cost / p_capacity;
  v_full_at timestamptz;
begin
  -- The row lock of the upsert makes takers of one bucket wait for each other: no two see the same tokens.
  insert into public.rate_buckets as buckets (bucket, full_at) values (p_bucket, v_now + v_cost)
  on conflict (bucket) do update set full_at = greatest(buckets.full_at, v_now) + v_cost
    where greatest(buckets.full_at, v_now) + v_cost <= v_now + v_window
  returning full_at into v_full_at;
  if found then
    return pg_catalog.jsonb_build_object('allowed', true, 'remaining',
      pg_catalog.floor(p_capacity * (1 - extract(epoch from v_full_at - v_now) / p_window_seconds) + 1e-6)::integer);
  end if;
  select full_at into v_full_at from public.rate_buckets where bucket = p_bucket;
  return pg_catalog.jsonb_build_object('allowed', false, 'retry_after_seconds',
    greatest(1, pg_catalog.ceil(extract(epoch from greatest(v_full_at, v_now) + v_cost - v_window - v_now)))::integer);
end
$$;
comment on function public.take_tokens(text, integer, integer, integer) is 'Takes tokens off a bucket of p_capacity that fills up in p_window_seconds, or says how long to wait. A cost below zero gives tokens back.';

create function public.prune_rate_buckets() returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.rate_buckets where full_at < private.now();
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.prune_rate_buckets() is 'Forgets the buckets that are full: without a row a bucket is full, too.';

revoke execute on function public.take_tokens(text, integer, integer, integer), public.prune_rate_buckets() from public, anon, authenticated;
grant execute on function public.take_tokens(text, integer, integer, integer), public.prune_rate_buckets() to service_role;

-- The tables of Token4Good that its figures are read from, and a role that can read them and nothing else.
-- psql "$DATABASE_URL" -f schema.sql

create table user_activities (
  id bigint generated always as identity primary key,
  user_id bigint not null,
  activity text not null,
  created_at timestamptz not null default now()
);
create index user_activities_created_at_idx on user_activities (created_at);

create table lightning_transactions (
  id bigint generated always as identity primary key,
  user_id bigint not null,
  amount_sats bigint not null check (amount_sats > 0),
  created_at timestamptz not null default now()
);
create index lightning_transactions_created_at_idx on lightning_transactions (created_at);

create table mentoring_sessions (
  id bigint generated always as identity primary key,
  mentor_id bigint not null,
  mentee_id bigint not null,
  status text not null check (status in ('planned', 'completed', 'cancelled')),
  created_at timestamptz not null default now()
);
create index mentoring_sessions_created_at_idx on mentoring_sessions (created_at);

create table token_transactions (
  id bigint generated always as identity primary key,
  user_id bigint not null,
  tokens_earned integer not null check (tokens_earned >= 0),
  created_at timestamptz not null default now()
);
create index token_transactions_created_at_idx on token_transactions (created_at);

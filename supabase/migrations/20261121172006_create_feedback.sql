-- What users say of the application: a rating, words if they like, and how fast the page felt.

create table public.feedback (
  project_id uuid not null references public.projects (id) on delete cascade,
  -- The sender's own id of the answer, hashed: what is sent twice is one answer.
  id uuid not null,
  answered_at timestamptz not null,
  rating smallint not null constraint feedback_rating_check check (rating between 1 and 5),
  comment text not null default '' constraint feedback_comment_check check (length(comment) <= 1000),
  page text not null default '' constraint feedback_page_check check (length(page) <= 200),
  -- How fast the page felt, 1 very slow to 5 very fast.
  perceived_speed smallint constraint feedback_perceived_speed_check check (perceived_speed between 1 and 5),
  load_ms integer constraint feedback_load_ms_check check (load_ms between 0 and 600000),
  locale text not null default '' constraint feedback_locale_check check (length(locale) <= 35),
  release text not null default '' constraint feedback_release_check check (length(release) <= 200),
  environment text not null default 'production' constraint feedback_environment_check check (length(environment) between 1 and 200),
  source text not null constraint feedback_source_check check (source in ('browser', 'server')),
  constraint feedback_pkey primary key (project_id, id)
);
comment on table public.feedback is 'Answers of users, 13 months: as long as the days of series, so that a year can be set beside the one before. Holds no address and no name but those that people write themselves.';
comment on column public.feedback.answered_at is 'When it was answered, as far as the sender says so, or when it first came in. An answer that is corrected keeps its place.';
comment on column public.feedback.load_ms is 'How long the page took to load, measured by the browser that the answer came from.';
comment on column public.feedback.source is 'Whether a visitor''s browser sent it with the public key of a site, or a server with an API key.';
-- Serves the figures of a span, the list newest first, and the pruning within a project.
create index feedback_project_id_answered_at_idx on public.feedback (project_id, answered_at desc, id desc);
-- Serves the list of those who wrote something: they are few among many.
create index feedback_project_id_comments_idx on public.feedback (project_id, answered_at desc, id desc) where comment <> '';
-- Serves the pruning.
create index feedback_answered_at_idx on public.feedback (answered_at);

alter table public.feedback enable row level security;
revoke all on public.feedback from anon, authenticated;
grant select on public.feedback to authenticated;
grant select, insert, update, delete on public.feedback to service_role;
create policy "Members read what users said of their projects" on public.feedback for select to authenticated
  using (project_id in (select private.current_project_ids()));

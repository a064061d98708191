-- The role that Vigie signs in as. It can read four tables and change nothing. Choose a password of your own:
-- psql "$DATABASE_URL" -v password="'a password'" -f reader.sql

create role vigie_reader login password :password;
grant usage on schema public to vigie_reader;
grant select on user_activities, lightning_transactions, mentoring_sessions, token_transactions to vigie_reader;

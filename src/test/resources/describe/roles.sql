CREATE ROLE describe_reader NOLOGIN;
CREATE ROLE describe_boss SUPERUSER CREATEROLE CREATEDB LOGIN REPLICATION BYPASSRLS CONNECTION LIMIT 1 VALID UNTIL '2030-01-01 00:00:00+00';
CREATE ROLE "Describe Odd" NOINHERIT LOGIN CONNECTION LIMIT 0 IN ROLE describe_reader, describe_boss;
COMMENT ON ROLE describe_reader IS 'only looks';
ALTER ROLE describe_reader SET work_mem = '8MB';
ALTER ROLE describe_reader IN DATABASE postgres SET statement_timeout = '10s';

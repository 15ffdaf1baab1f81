package dev.stepmark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFactsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT 1 | select | | READ_ONLY
            SELECT order_name, count(*) FROM ordertable GROUP BY 1 HAVING count(*) > 1; | select | ordertable | READ_ONLY
            SELECT conname FROM pg_constraint WHERE conrelid = 'ordertable'::regclass; | select | pg_constraint | READ_ONLY
            select pg_catalog.pg_get_constraintdef(oid) from pg_constraint c | select | pg_constraint | READ_ONLY
            SELECT * FROM a JOIN b USING (id) WHERE x IN (1, 2) AND EXISTS (SELECT 1 FROM c) | select | a | READ_ONLY
            SELECT x::numeric(10,2), CAST(y AS varchar(10)) FROM t | select | t | READ_ONLY
            SELECT row_number() OVER (PARTITION BY a), sum(x) FILTER (WHERE y) FROM t | select | t | READ_ONLY
            WITH a(x, y) AS (SELECT 1, 2) SELECT count(*) FROM a | select | a | READ_ONLY
            (SELECT 1) UNION ALL (SELECT 2) | select | | READ_ONLY
            SELECT pg_sleep(60) | select | | READ_ONLY
            SELECT a.f FROM a, LATERAL (SELECT 1) AS b(c) | select | a | READ_ONLY
            SELECT * FROM unnest(array[1,2]) AS u(v) | select | | READ_ONLY
            SELECT substring(a FROM 1 FOR 2) FROM t | select | t | READ_ONLY
            VALUES (1), (2) | values | | READ_ONLY
            TABLE ordertable | table | ordertable | READ_ONLY
            SHOW server_version | show | server_version | READ_ONLY
            SELECT my_function(1) | select | | UNKNOWN
            SELECT app.count(1) | select | | UNKNOWN
            SELECT "Count"(1) FROM t | select | t | UNKNOWN
            SELECT DISTINCT evil(1) FROM t | select | t | UNKNOWN
            SELECT * FROM evil() AS (a int, b text) | select | | UNKNOWN
            SELECT * FROM :table | select | | UNKNOWN
            SELECT 'not closed | select | | UNKNOWN
            SELECT query_to_xml('DROP TABLE a', true, true, '') | select | | UNKNOWN
            SELECT dblink_exec('x', 'DROP TABLE a') | select | | UNKNOWN
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity | select | pg_stat_activity | WRITE
            SELECT pg_catalog.pg_cancel_backend(1) | select | | WRITE
            SELECT setval('s', max(id)) FROM t | select | t | WRITE
            SELECT nextval('s') | select | | WRITE
            VALUES (nextval('s')) | values | | WRITE
            SELECT pg_reload_conf() | select | | WRITE
            SELECT pg_promote() | select | | WRITE
            SELECT lo_unlink(1) | select | | DESTRUCTIVE
            SELECT * INTO copy FROM t | select | copy | SCHEMA_CHANGE
            SELECT * FROM t FOR UPDATE | select | t | WRITE
            SELECT * FROM t FOR NO KEY UPDATE | select | t | WRITE
            WITH d AS (DELETE FROM a RETURNING *) SELECT * FROM d | delete | a | DESTRUCTIVE
            WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM d | delete | a | DESTRUCTIVE
            WITH u AS MATERIALIZED (UPDATE a SET x = 1 WHERE y RETURNING *) SELECT * FROM u | update | a | WRITE
            WITH c AS (SELECT 1) INSERT INTO b SELECT * FROM c | insert | b | WRITE
            INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = 2 | insert | t | WRITE
            UPDATE t SET a = 1 WHERE b = 2 | update | t | WRITE
            UPDATE ONLY app.t SET a = 1 | update | app.t | DESTRUCTIVE
            UPDATE t SET a = (SELECT 1 FROM u WHERE u.x = 1) | update | t | DESTRUCTIVE
            DELETE FROM ordertable ox USING (SELECT 1) b WHERE ox.a = b.a | delete | ordertable | DESTRUCTIVE
            DELETE FROM ONLY "Order Table" | delete | "Order Table" | DESTRUCTIVE
            delete from "plain" where false | delete | plain | DESTRUCTIVE
            MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE | merge | t | DESTRUCTIVE
            MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT VALUES (1) | merge | t | WRITE
            TRUNCATE TABLE a, ONLY b CASCADE | truncate | a, b | DESTRUCTIVE
            DROP TABLE IF EXISTS a, app.b | drop table | a, app.b | DESTRUCTIVE
            DROP DATABASE factory | drop database | factory | DESTRUCTIVE
            DROP SCHEMA app CASCADE | drop schema | app | DESTRUCTIVE
            DROP MATERIALIZED VIEW mv | drop materialized view | mv | DESTRUCTIVE
            DROP VIEW v | drop view | v | SCHEMA_CHANGE
            DROP VIEW v CASCADE | drop view | v | DESTRUCTIVE
            DROP INDEX CONCURRENTLY IF EXISTS i | drop index concurrently | i | SCHEMA_CHANGE
            DROP FUNCTION f(int), g() | drop function | f, g | SCHEMA_CHANGE
            DROP OWNED BY bob | drop owned | bob | DESTRUCTIVE
            ALTER TABLE ordertable DROP CONSTRAINT ordertable_key; | alter table | ordertable | SCHEMA_CHANGE
            ALTER TABLE ordertable ADD CONSTRAINT k UNIQUE (a, b); | alter table | ordertable | SCHEMA_CHANGE
            ALTER TABLE IF EXISTS ONLY t DROP COLUMN c | alter table | t | DESTRUCTIVE
            ALTER TABLE t ADD COLUMN a int, DROP b | alter table | t | DESTRUCTIVE
            ALTER TABLE t ALTER COLUMN c DROP NOT NULL, ALTER d DROP DEFAULT | alter table | t | SCHEMA_CHANGE
            ALTER TABLE t ADD CHECK (a in (1, 2)) | alter table | t | SCHEMA_CHANGE
            ALTER INDEX i RENAME TO j | alter index | i | SCHEMA_CHANGE
            ALTER TYPE t DROP ATTRIBUTE a | alter type | t | DESTRUCTIVE
            CREATE TABLE IF NOT EXISTS app.t (a int) | create table | app.t | SCHEMA_CHANGE
            CREATE TEMP TABLE t AS SELECT 1 | create table | t | SCHEMA_CHANGE
            CREATE TABLE t AS WITH d AS (DELETE FROM a RETURNING *) SELECT * FROM d | create table | t | DESTRUCTIVE
            CREATE UNIQUE INDEX CONCURRENTLY i ON t (a) | create index concurrently | i | SCHEMA_CHANGE
            CREATE INDEX ON t (a) | create index | t | SCHEMA_CHANGE
            CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql | create function | f | SCHEMA_CHANGE
            CREATE MATERIALIZED VIEW mv AS SELECT 1 | create materialized view | mv | SCHEMA_CHANGE
            COMMENT ON TABLE t IS 'x' | comment on | t | SCHEMA_CHANGE
            GRANT SELECT ON TABLE t TO bob | grant | t | SCHEMA_CHANGE
            COPY t FROM '/tmp/x' | copy | t | WRITE
            COPY t TO STDOUT WITH CSV | copy | t | READ_ONLY
            COPY (SELECT * FROM t) TO STDOUT | copy | t | READ_ONLY
            COPY (DELETE FROM t RETURNING *) TO STDOUT | copy | t | DESTRUCTIVE
            COPY t TO '/tmp/x' | copy | t | WRITE
            COPY t TO PROGRAM 'rm -rf /' | copy | t | UNKNOWN
            EXPLAIN DELETE FROM t | explain | t | READ_ONLY
            EXPLAIN ANALYZE DELETE FROM t | explain analyze | t | DESTRUCTIVE
            EXPLAIN (ANALYZE, BUFFERS) SELECT 1 | explain analyze | | READ_ONLY
            EXPLAIN (ANALYZE false) DELETE FROM t | explain | t | READ_ONLY
            EXPLAIN (VERBOSE, ANALYZE ON) UPDATE t SET a = 1 WHERE b | explain analyze | t | WRITE
            SET lock_timeout = '2s' | set | lock_timeout | READ_ONLY
            SET SESSION search_path TO app | set | search_path | READ_ONLY
            SET session_replication_role = replica | set | session_replication_role | WRITE
            SET ROLE admin | set | role | WRITE
            VACUUM (FULL, ANALYZE) t | vacuum full | t | WRITE
            ANALYZE t | analyze | t | WRITE
            REINDEX TABLE CONCURRENTLY t | reindex table concurrently | t | WRITE
            REFRESH MATERIALIZED VIEW CONCURRENTLY mv | refresh materialized view concurrently | mv | WRITE
            LOCK TABLE t IN SHARE MODE | lock | t | WRITE
            DO $$ BEGIN END $$ | do | | UNKNOWN
            CALL proc(1) | call | proc | UNKNOWN
            EXECUTE plan(1) | execute | plan | UNKNOWN
            DECLARE c CURSOR FOR SELECT evil() | declare | c | UNKNOWN
            BEGIN | begin | | READ_ONLY
            COMMIT | commit | | WRITE
            ROLLBACK TO SAVEPOINT a | rollback to | | WRITE
            pg_dump --host localhost | pg_dump | | UNKNOWN
            """)
    void tellsVerbObjectAndRisk(String sql, String verb, String object, Risk risk) {
        StatementFacts facts = StatementFacts.of(sql);
        assertThat(facts.verb()).isEqualTo(verb);
        assertThat(facts.object()).isEqualTo(object == null ? "" : object);
        assertThat(facts.risk()).isEqualTo(risk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE INDEX CONCURRENTLY i ON t (a)", "DROP INDEX CONCURRENTLY i", "VACUUM t",
        "REINDEX SCHEMA app", "REINDEX INDEX CONCURRENTLY i", "CREATE DATABASE d", "DROP DATABASE d",
        "ALTER SYSTEM SET a = 1", "CREATE TABLESPACE s LOCATION '/x'", "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "CLUSTER", "DISCARD ALL", "COMMIT PREPARED 'x'", "ALTER DATABASE d SET TABLESPACE s"})
    void knowsWhatCannotRunInATransaction(String sql) {
        assertThat(StatementFacts.of(sql).nonTransactional()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE INDEX i ON t (a)", "REFRESH MATERIALIZED VIEW CONCURRENTLY mv", "REINDEX TABLE t",
        "ALTER DATABASE d SET work_mem = '1MB'", "ANALYZE t", "DROP TABLE t", "SELECT 1", "CLUSTER t USING i"})
    void knowsWhatCanRunInATransaction(String sql) {
        assertThat(StatementFacts.of(sql).nonTransactional()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "start transaction read only", "COMMIT AND CHAIN", "END", "ROLLBACK", "ABORT",
        "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a", "COMMIT PREPARED 'x'"})
    void knowsTransactionControl(String sql) {
        assertThat(StatementFacts.of(sql).transactionControl()).isTrue();
        assertThat(StatementFacts.of(sql).recognised()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/* why */ -- and", "pg_dump --host localhost", "42", "ALTER", "\"x\"", "}"})
    void doesNotRecogniseWhatIsNoCommand(String sql) {
        assertThat(StatementFacts.of(sql).recognised()).isFalse();
        assertThat(StatementFacts.of(sql).risk()).isEqualTo(sql.equals("ALTER") ? Risk.SCHEMA_CHANGE : Risk.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPLAIN ANALYZE ", "WITH a AS (", "SELECT (delete ", "COPY (", "(update t where ", "SELECT count(",
        "DECLARE c CURSOR FOR ", "INSERT INTO t SELECT (update where "})
    void survivesDeepNesting(String part) {
        assertThat(StatementFacts.of(part.repeat(2_000)).risk()).isGreaterThanOrEqualTo(Risk.UNKNOWN);
    }

    @Test
    void takesTheRiskiestOfSeveral() {
        assertThat(StatementFacts.of("SELECT 1; DROP TABLE a; SELECT 2").risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(StatementFacts.of("SELECT 1 \\gexec").risk()).isEqualTo(Risk.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"0,CODE", "8,LITERAL", "14,IDENTIFIER", "20,DOLLAR", "28,COMMENT", "33,CODE", "7,CODE", "11,CODE"})
    void tellsTheContext(int offset, SqlContext context) {
        String sql = "SELECT 'ab', \"cd\", $$ef$$ /* gh */ ij";
        assertThat(SqlContext.at(sql, offset + (offset == 28 || offset == 33 ? 1 : 0))).isEqualTo(context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"SELECT ' | LITERAL", "SELECT $x$ | DOLLAR",
        "SELECT \" | IDENTIFIER", "SELECT 1 -- | COMMENT", "SELECT 1 /* | COMMENT", "SELECT 'a' | CODE"})
    void contextAtTheEnd(String sql, SqlContext context) {
        assertThat(SqlContext.at(sql, sql.length())).isEqualTo(context);
    }
}

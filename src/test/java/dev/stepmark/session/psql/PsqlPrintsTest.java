package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.OutputSink.Stream;
import dev.stepmark.session.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script as a session runs it, text by text, and the same script given to psql at once: both print the same bytes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PsqlPrintsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1 AS a, 'x' AS b, NULL AS c",
        "SELECT 1 WHERE false",
        "SELECT g, g * 1.5 AS numeric, 'row ' || g FROM generate_series(1, 2345) g",
        "SELECT true AS b, 1.5::float8 AS f, 0.1::real AS r, 12.50::money AS m",
        "SELECT E'two\\nlines' AS \"a\\nb\", E'tab\\there' AS t, E'\\r' AS r, E'a\\nb\\n' AS n",
        "SELECT 'gr\u00fc\u00dfe' AS a, '\u4e2d\u6587' AS b, 'x' AS \u540d",
        "SELECT '#$%&<>\\^_{|}~' AS \"#$%&<>\\^_{|}~\", '\\textless{} \\\\ & b' AS \" & \", '{}' AS e, ' & ' AS f",
        "SELECT '   ' AS blank, '' AS empty, ' x ' AS spaces, NULL AS nothing, E'\\t' AS tab",
        "SELECT '\\end{tabular}' AS a",
        "SELECT '\\begin{tabular}{l}' AS a, '\\noindent ' AS b",
        "SELECT",
        "SELECT FROM generate_series(1, 3)",
        "VALUES (1, 'one'), (2, 'two')",
        "TABLE pg_am",
        "SHOW search_path",
        "EXPLAIN (COSTS OFF) SELECT 1",
        "CREATE TABLE t (id int, name text)",
        "CREATE TABLE IF NOT EXISTS pg_temp.u (id int);CREATE TABLE IF NOT EXISTS pg_temp.u (id int)",
        "CREATE TABLE t (id int);INSERT INTO t VALUES (1), (2);UPDATE t SET id = 3;DELETE FROM t RETURNING id;SELECT",
        "SELECT * FROM missing",
        "SELECT 1 +\n  nonsense\n  FROM pg_class",
        "SELCT 1",
        "DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'careful' USING HINT = 'a hint', DETAIL = 'a detail'; END $$",
        "BEGIN;SELECT 1/0;SELECT 1;ROLLBACK",
        "BEGIN;BEGIN;ROLLBACK;ROLLBACK",
        "COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT",
        "COPY (VALUES (1, 'a'), (2, NULL)) TO STDOUT (FORMAT csv, HEADER)",
        "LISTEN ch;NOTIFY ch, 'hello'",
        "PREPARE p AS SELECT 1 AS one;EXECUTE p;DEALLOCATE p",
        "BEGIN;DECLARE c CURSOR FOR VALUES (1), (2), (3);FETCH 2 FROM c;MOVE 1 FROM c;CLOSE c;COMMIT",
        "CREATE TABLE p (id int PRIMARY KEY);CREATE TABLE c (id int REFERENCES p);DROP TABLE p",
        "SELECT 1 AS one INTO TEMP x;TABLE x",
        "\\x;SELECT g, 'row' || g AS name FROM generate_series(1, 3) g;SELECT 1 WHERE false;\\x;SELECT 2",
        "\\a;SELECT 1 AS a, NULL AS b;\\pset null nothing;SELECT 1 AS a, NULL AS b;\\a;SELECT 1 AS a, NULL AS b",
        "\\pset format csv;SELECT 1 AS a, 'x,y' AS b;INSERT INTO pg_temp.none VALUES (1);\\pset format aligned;SELECT 3",
        "\\t;SELECT 1;\\pset border 2;SELECT 2;\\pset title 'A title';SELECT 3;\\pset;\\t;SELECT 4",
        "\\pset linestyle unicode;SELECT 1 AS a, 2 AS b;\\pset footer off;SELECT 1",
        "\\timing off;\\echo one two;\\qecho three;\\warn four;\\echo -n no newline",
        "\\set name 'O''Neill';SELECT :'name' AS v, :{?name} AS d;\\echo :name;\\set;\\unset name;SELECT :{?name} AS d",
        "SELECT 1 AS one, 'x' AS two \\gset p_;\\echo :p_one :p_two;SELECT :p_one + 1 AS sum",
        "SELECT format('SELECT %s AS n', g) FROM generate_series(1, 3) g \\gexec",
        "SELECT 1 AS a, 'b' AS b \\gdesc;SELECT 1 AS a \\gx;SELECT 1 AS x, 2 AS y, 3 AS z \\crosstabview",
        "SELECT 1 WHERE false \\gset;SELECT 2 AS after",
        "CREATE TABLE t (id int PRIMARY KEY, name text);\\d t;\\dt;\\d+ t;\\dn;\\l template1;\\du postgres",
        "\\nosuch;\\d missing;SELECT 1",
        "\\if true\nSELECT 1 AS yes;\n\\else\nSELECT 2 AS no;\n\\endif;SELECT 3",
        "\\if false\nSELECT 1 AS yes;\n\\elif 1\nSELECT 2 AS two;\n\\else\nSELECT 3;\n\\endif",
        "CREATE TABLE t (id int, name text);COPY t FROM STDIN;\n1\tone\n2\t\\N\n\\.;TABLE t",
        "CREATE TABLE t (id int);\\copy t from stdin\n1\n2\n\\.;TABLE t",
        "\\conninfo;\\encoding;\\h BEGIN",
        "\\! echo from the shell; echo error >&2; cat;SELECT 1",
        "SELECT 1; -- behind",
        "/* before */ SELECT 2 AS two -- no semicolon",
        "SELECT 'NaN'::float8, 'Infinity'::float8, '-Infinity'::real, 'NaN'::numeric, 'Infinity'::numeric, '-0'::float8, 1e300::float8, 1e-7::real",
        "SELECT '0044-03-15 BC'::date, 'infinity'::date, '-infinity'::timestamp, '4713-01-01 00:00 BC'::timestamptz, '24:00'::time, '23:59:60'::timetz, '294276-12-31'::timestamp",
        "SET intervalstyle = 'iso_8601';SELECT '1 year -2 mons 3 days 04:05:06.7'::interval;SET intervalstyle = 'sql_standard';SELECT '1 year -2 mons 3 days 04:05:06.7'::interval;SET intervalstyle = 'postgres_verbose';SELECT '-1 day 2:00'::interval, '0'::interval",
        "SET bytea_output = 'escape';SELECT E'\\\\000\\\\\\\\a\\'\\\\377'::bytea, ''::bytea",
        "SELECT '1.5'::money, '-1234567.891'::money, B'0101', B''::varbit, X'ff', '{1,NULL,\"a b\",\"q\\\"\"}'::text[], array[[1,2],[3,4]], '[0:1]={1,2}'::int[], '{}'::int[]",
        "SELECT '<a x=\"1\">t</a>'::xml, xmlelement(name b, 'x<y')",
        "SELECT '{\"a\" : [1,2 ],\"b\":null}'::json, '{\"b\":1,\"a\":\"\\u00e9\"}'::jsonb, '\"x\"'::jsonb",
        "SELECT row(1, 'a b', NULL, '', row(2, '\"'))::text, row(1, NULL) AS r, (SELECT c FROM (VALUES (1, 'x,y')) c) AS composite",
        "SELECT int4range(1, 5), '[2026-01-01,)'::tstzrange, 'empty'::int8range, '{[1,3),[5,7)}'::int4multirange",
        "SELECT '(1,2)'::point, '((0,0),(1,1))'::box, '<(0,0),2>'::circle, '1.2.3.4/8'::inet, '::1'::inet, '08:00:2b:01:02:03'::macaddr, 'a b & c'::tsquery, 'a fat cat'::tsvector",
        "SELECT 1 AS a, 2 AS a, 3 AS \" \", 4 AS \"A\", 5 AS \"with | bar\", 6 AS \"a+b\"",
        "SELECT 1 AS \"\"",
        "\\x;SELECT FROM generate_series(1, 3);SELECT 1 AS a, E'one\\ntwo' AS b;SELECT 'x' AS \"long name of a column\", NULL AS n",
        "SELECT E'\\x01\\x02\\x1b[31m\\x7f' AS control, E'\\u0085\\u00a0\\u200b\\u200d' AS odd, E'\\u202e' AS bidi",
        "SELECT '\ud83d\ude00' AS emoji, 'a\u0301' AS combined, '\uff21' AS wide, '\u0e01\u0e33' AS thai, '\ud83d\udc68\u200d\ud83d\udc69' AS family",
        "SELECT E'tab\\there\\n\\ttab' AS t, E'a\\r\\nb' AS crlf, E'\\\\n' AS b, '' AS empty, '  ' AS blanks",
        "SELECT relnam FROM pg_class",
        "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '23505', MESSAGE = 'm', DETAIL = E'two\\nlines', HINT = 'h', TABLE = 't', COLUMN = 'c', CONSTRAINT = 'k', DATATYPE = 'd', SCHEMA = 's'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION ''; END $$",
        "DO $$ BEGIN FOR i IN 1..3000 LOOP RAISE NOTICE 'flood %', i; END LOOP; END $$",
        "SET client_min_messages = debug1;CREATE TABLE t (id int PRIMARY KEY);DROP TABLE t",
        "CREATE TABLE t AS SELECT 1 AS a;MERGE INTO t USING (VALUES (1), (2)) v (a) ON t.a = v.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.a);TABLE t",
        "INSERT INTO missing VALUES (1) RETURNING *;CREATE TABLE t (a int, b text);INSERT INTO t VALUES (1, 'x'), (2, NULL) RETURNING b, a;UPDATE t SET b = 'y' WHERE false RETURNING *;DELETE FROM t",
        "BEGIN;DECLARE c CURSOR FOR SELECT 1 AS one;FETCH 0 FROM c;FETCH ALL FROM c;FETCH NEXT FROM c;CLOSE ALL;COMMIT",
        "BEGIN;SAVEPOINT a;SELECT 1/0;ROLLBACK TO a;SELECT 1;RELEASE a;COMMIT AND CHAIN;END",
        "COPY (SELECT 1/0) TO STDOUT",
        "SET timezone = 'Asia/Kathmandu';SELECT '2026-01-01 00:00:00.123456+00'::timestamptz;SET timezone TO DEFAULT",
        "\\pset format wrapped;\\pset columns 30;SELECT 'a rather long text that must be wrapped somewhere' AS t, 1 AS n",
        "\\pset linestyle unicode;\\pset border 2;SELECT 1 AS a, E'x\\ny' AS b",
        "\\set VERBOSITY verbose;SELECT 1/0;SELECT missing;\\set VERBOSITY terse;SELECT missing;\\set VERBOSITY sqlstate;SELECT 1/0",
        "SELECT string_agg('c' || g, ',') = '' AS x, repeat('w', 300) AS wide FROM generate_series(1, 5) g",
        "SELECT $1"})
    void asPsqlItself(String script) throws Exception {
        List<String> texts = script.startsWith("DO ") ? List.of(script) : List.of(script.split(";(?=[^ ;\n])"));
        try (PsqlFixture mine = new PsqlFixture()) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            StringBuilder all = new StringBuilder();
            for (String text : texts) {
                mine.session.run(Request.of(text), (stream, bytes, offset, length) ->
                        (stream == Stream.STDERR ? errors : printed).write(bytes, offset, length));
                boolean sql = !text.startsWith("\\") && !text.contains(" \\g") && !text.contains("\\crosstab")
                        && !text.endsWith("\\.") && !text.contains("; --");
                all.append(text.replace("; cat", "; :")).append(sql ? "\n;\n" : "\n");
                if (text.startsWith("COPY t FROM")) {
                    all.setLength(all.length() - 1);
                    all.append("\n");
                }
            }
            String[] psql = psql(mine, all.toString());
            assertThat(names(printed.toString(StandardCharsets.UTF_8), mine)).isEqualTo(names(psql[0], mine));
            assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo(psql[1]);
            assertThat(mine.session.alive()).isTrue();
        }
    }

    private static String names(String text, PsqlFixture mine) {
        return text.replaceAll("PID \\d+", "PID N").replaceAll("fresh_\\d+", "DB").replaceAll("(?m)^pager .*\n", "")
                .replaceAll("(?m)^(?:ENCODING|HOST|LAST_ERROR.*|SQLSTATE|ERROR|ROW_COUNT|QUIET) = .*\n", "");
    }

    private String[] psql(PsqlFixture mine, String script) throws Exception {
        Path in = Files.writeString(directory.resolve("in"), script);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("psql", "-X", "-w", "-h", mine.server.sockets().toString(), "-p",
                Integer.toString(mine.server.port()), "-U", mine.server.user(), "-d", mine.server.freshDatabase())
                .redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new String[] {Files.readString(out), Files.readString(err)};
    }
}

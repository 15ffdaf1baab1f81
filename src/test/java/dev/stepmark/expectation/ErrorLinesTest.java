package dev.stepmark.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.expectation.ErrorLines.Entry;
import dev.stepmark.expectation.ErrorLines.Severity;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.ToleratedError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorLinesTest {

    private static ErrorPattern pattern(String text, boolean part) {
        return ErrorPattern.of(new ToleratedError(text, 1, new Span(1, 9), part));
    }

    private static List<Entry> entries(String text) {
        return ErrorLines.of(text.lines().toList()).entries();
    }

    @Test
    void pgRestoreSaysWhatItDoesAndWhatFailed() {
        ErrorLines errors = ErrorLines.of("""
                pg_restore: connecting to database for restore
                pg_restore: creating TABLE "public.views"
                pg_restore: while PROCESSING TOC:
                pg_restore: from TOC entry 216; 1259 16390 TABLE views postgres
                pg_restore: error: could not execute query: ERROR:  relation "views" already exists
                Command was: CREATE TABLE public.views (
                    id integer,
                    error text
                );


                pg_restore: creating VIEW "public.failed_jobs"
                pg_restore: from TOC entry 217; 0 0 VIEW v postgres
                pg_restore: error: could not execute query: ERROR:  column "x" does not exist
                LINE 2:  SELECT x
                                ^
                Command was: CREATE VIEW v AS SELECT x;

                pg_restore: warning: errors ignored on restore: 2
                """.lines().toList());
        assertThat(errors.entries()).containsExactly(
                new Entry(Severity.ERROR, "pg_restore: error: could not execute query: ERROR:  relation \"views\" already exists"),
                new Entry(Severity.ERROR, "pg_restore: error: could not execute query: ERROR:  column \"x\" does not exist"));
        assertThat(errors.incomplete()).isFalse();
    }

    @Test
    void aSummaryThatCountsMoreThanWasSeenIsNotedAndNeverAnError() {
        ErrorLines errors = ErrorLines.of(List.of("pg_restore: error: could not execute query: ERROR:  a",
                "pg_restore: warning: errors ignored on restore: 2"));
        assertThat(errors.incomplete()).isTrue();
        assertThat(errors.entries()).hasSize(1);
    }

    @Test
    void whatIsNotKnownToBeHarmlessIsAnError() {
        assertThat(entries("mkdir: cannot create directory 'a': File exists\nhelp me")).extracting(Entry::severity)
                .containsExactly(Severity.ERROR, Severity.ERROR);
        assertThat(entries("pg_restore: [archiver] could not open input file")).hasSize(1);
        assertThat(entries("pg_restore: could not read the file")).hasSize(1);
        assertThat(entries("WARNING:  skipping \"pg_authid\" --- only superuser can analyze it")).containsExactly(new Entry(
                Severity.WARNING, "WARNING:  skipping \"pg_authid\" --- only superuser can analyze it"));
        assertThat(entries("NOTICE:  table \"a\" does not exist, skipping\nDETAIL:  x\n\nLINE 1: SELECT\n        ^")).isEmpty();
    }

    @Test
    void aPatternCoversTheWholeLineButWhatItLeavesOpen() {
        ErrorPattern exists = pattern("pg_restore: error: could not execute query: ERROR:  relation \"<relation_name>\" already exists",
                false);
        assertThat(exists.covers("pg_restore: error: could not execute query: ERROR:  relation \"views 2\" already exists")).isTrue();
        assertThat(exists.covers("pg_restore: error: could not execute query: ERROR: relation \"views\"   already exists  ")).isTrue();
        assertThat(exists.covers("pg_restore: error: could not execute query: ERROR:  role \"views\" already exists")).isFalse();
        assertThat(exists.covers("pg_restore: error: could not execute query: ERROR:  relation \"views\" already exists too")).isFalse();
        assertThat(exists.covers("psql: error: could not execute query: ERROR:  relation \"views\" already exists")).isFalse();
    }

    @Test
    void aMessageOfTheServerMayBeginInTheMiddle() {
        ErrorPattern skipped = pattern("WARNING:  skipping \"<TABLE OR INDEX>\" --- only superuser can analyze it", false);
        assertThat(skipped.covers("WARNING:  skipping \"pg_authid\" --- only superuser can analyze it")).isTrue();
        assertThat(skipped.covers("psql:stats.sql:12: WARNING:  skipping \"pg_authid\" --- only superuser can analyze it")).isTrue();
        assertThat(skipped.covers("ERROR:  skipping \"pg_authid\" --- only superuser can analyze it")).isFalse();
    }

    @Test
    void numbersAreTheSameUnlessTheyAreLong() {
        ErrorPattern missing = pattern("error: server returned 404 for pid 47110", false);
        assertThat(missing.covers("error: server returned 404 for pid 31415")).isTrue();
        assertThat(missing.covers("error: server returned 500 for pid 31415")).isFalse();
    }

    @Test
    void quotesAreThoseOfTheLocale() {
        ErrorPattern exists = pattern("mkdir: cannot create directory '<name>': File exists", false);
        assertThat(exists.covers("mkdir: cannot create directory \u2018/srv/a\u2019: File exists")).isTrue();
        assertThat(exists.covers("mkdir: cannot create directory `a': File exists")).isTrue();
    }

    @Test
    void aPartMayStandAnywhereInTheLine() {
        ErrorPattern part = pattern("role \"<name>\" already exists", true);
        assertThat(part.covers("psql:a.sql:3: ERROR:  role \"reader\" already exists")).isTrue();
        assertThat(part.covers("ERROR:  role \"reader\" does not exist")).isFalse();
    }
}

package dev.stepmark.session.bash;

import static dev.stepmark.session.bash.Shells.done;
import static dev.stepmark.session.bash.Shells.output;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block that half failed did not succeed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashProblemsTest {

    private BashSession session;

    @BeforeEach
    void open() throws CannotOpen {
        session = Shells.open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static Outcome.Problem problem(int line, String command, String status) {
        return new Outcome.Problem(line, command, status);
    }

    @Test
    void aFailedLineIsReportedAlthoughTheBlockWentOn() {
        Outcome.Done done = done(session, "echo a\nls /nonexistent\n\ncp \\\n  /nonexistent/x /tmp\necho b");
        assertThat(done.exit()).isZero();
        assertThat(done.problems()).containsExactly(problem(2, "ls /nonexistent", "2"),
                problem(4, "cp /nonexistent/x /tmp", "1"));
    }

    @Test
    void theLastCommandIsReportedToo() {
        Outcome.Done done = done(session, "true\nfalse");
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.problems()).containsExactly(problem(2, "false", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false | gzip > /dev/null", "echo x\nfalse | gzip > /dev/null\necho y",
        "dump() { return 1; }\ndump | cat\n", "false | cat && echo ok", "false | cat | cat || exit 1",
        "for i in 1 2; do\n  false | cat\ndone", "false | gzip \\\n > /dev/null"})
    void aFailedMemberOfAPipeIsReportedAlthoughItsStatusIsZero(String text) {
        Outcome.Done done = done(session, text);
        assertThat(done.exit()).isZero();
        assertThat(done.problems()).hasSize(1);
        assertThat(done.problems().get(0).status()).startsWith("1|0");
        assertThat(done.problems().get(0).command()).contains(" | ");
        assertThat(text.split("\n")[done.problems().get(0).line() - 1]).contains(" | ");
    }

    @Test
    void eachPipeIsReportedAtItsLine() {
        String text = "false | cat\nfalse | cat\ntrue | cat\n: x\n{ false; } | while read -r x; do\n  :\ndone\nf() { :; }\nf\n"
                + "(exit 3) | true | true\n[ 1 = 1 ]\n";
        assertThat(done(session, text).problems()).extracting(Outcome.Problem::line, Outcome.Problem::status)
                .contains(org.assertj.core.groups.Tuple.tuple(1, "1|0"), org.assertj.core.groups.Tuple.tuple(2, "1|0"),
                        org.assertj.core.groups.Tuple.tuple(10, "3|0|0"))
                .doesNotContain(org.assertj.core.groups.Tuple.tuple(3, "1|0"),
                        org.assertj.core.groups.Tuple.tuple(9, "1|0"));
    }

    @Test
    void aPipeInAFunctionOfAnEarlierBlockIsWatchedToo() {
        done(session, "backup() {\n  false | gzip > /dev/null\n  echo done\n}");
        Outcome.Done done = done(session, "echo first\nbackup");
        assertThat(done.problems()).hasSize(1);
        assertThat(done.problems().get(0).line()).isEqualTo(2);
        assertThat(done.problems().get(0).status()).isEqualTo("1|0");
    }

    @Test
    void aFailureInAFunctionIsReportedAtItsCall() {
        Outcome.Done done = done(session, "f() {\n  false\n  true\n}\necho a\nf");
        assertThat(done.problems()).containsExactly(problem(6, "false", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"if grep -q x /dev/null; then echo y; fi", "false || true", "! true", "while false; do :; done",
        "until true; do :; done", "false && echo x; true", "[ 1 = 2 ] || echo no", "yes | head -1",
        "if false | true; then echo y; fi", "false | true || true", "! false | true", "x=$(false) || x=1",
        "f() { false; true; }; if f; then :; fi", "true | true | true", "(false || true)"})
    void whatTheTextItselfLooksAtIsNoProblem(String text) {
        assertThat(done(session, text).problems()).isEmpty();
    }

    @Test
    void theStatusesOfAPipeStayReadable() {
        assertThat(output(session, "false | true | (exit 3)\necho ${PIPESTATUS[@]}\nfalse\necho $?")).isEqualTo("1 0 3\n1\n");
    }

    @Test
    void theUsersOwnTrapsWorkAsIfAlone() {
        assertThat(output(session, "f() { false; true; }\ntrap 'echo \"err $? $BASH_COMMAND\"' ERR\nfalse\nf\ntrap -p ERR"))
                .isEqualTo("err 1 false\ntrap -- 'echo \"err $? $BASH_COMMAND\"' ERR\n");
        done(session, "true");
        Outcome.Done later = done(session, "false\nf\ntrue");
        assertThat(later.problems()).containsExactly(problem(1, "false", "1"));
        assertThat(output(session, "false\nf")).isEqualTo("err 1 false\n");
        done(session, "trap - ERR");
        assertThat(output(session, "false")).isEmpty();
        done(session, "trap 'echo \"it'\\''s $BASH_COMMAND\"' DEBUG");
        assertThat(output(session, ": a\n: b | : c")).isEqualTo("it's : a\nit's : b\nit's : c\n");
        assertThat(done(session, "false | true").problems()).hasSize(1);
        assertThat(output(session, "trap - DEBUG\n: x")).isEqualTo("it's trap - DEBUG\n");
    }

    @Test
    void subshellsAndSubstitutionsAreReported() {
        assertThat(done(session, "(false; true)").problems()).containsExactly(problem(1, "false", "1"));
        assertThat(done(session, "x=$(false; echo 1)").problems()).containsExactly(problem(1, "false", "1"));
    }

    @Test
    void aLoopOfFailuresIsBounded() {
        Outcome.Done done = done(session, "for ((i = 0; i < 20000; i++)); do false\n[ 1 = 2 ]\n! :\n[[ a = b ]]\ndone; (exit 3); true");
        assertThat(done.problems().size()).isBetween(2, Frame.MAX_PROBLEMS);
    }

    @Test
    void failuresOfBackgroundJobsOfEarlierBlocksAreNotOurs() throws Exception {
        done(session, "(sleep 0.1; false; true) &");
        Thread.sleep(20);
        assertThat(done(session, "sleep 0.3").problems()).isEmpty();
    }
}

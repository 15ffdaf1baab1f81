package dev.stepmark.session.bash;

import static dev.stepmark.session.bash.Shells.done;
import static dev.stepmark.session.bash.Shells.errors;
import static dev.stepmark.session.bash.Shells.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.Outcome;
import dev.stepmark.session.OutputSink;
import dev.stepmark.session.RecordingSink;
import dev.stepmark.session.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a block can do to its shell, and what must be left of it for the next one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BashBlocksTest {

    @TempDir
    Path directory;

    private BashSession session;

    @BeforeEach
    void open() throws CannotOpen {
        session = Shells.open();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void tellsWhatItIs() {
        assertThat(session.opened().kind()).isEqualTo("bash");
        assertThat(session.opened().identity().keySet())
                .containsExactly("host", "user", "pid", "cwd", "version", "terminal");
        assertThat(session.opened().identity()).containsEntry("user", System.getProperty("user.name"));
        assertThat(session.opened().label()).matches("bash \\d+\\.\\d+ on \\S+ as \\S+, in /.*");
        assertThat(output(session, "echo $$")).isEqualTo(session.opened().identity().get("pid") + "\n");
    }

    @Test
    void everythingOfTheShellLivesOn() {
        done(session, "cd /usr; export A=1; b=(x 'y z'); declare -A m=([k]=v); f() { echo \"f $1\"; }; alias hi='echo hello'");
        assertThat(output(session, "pwd; echo \"$A ${b[1]} ${m[k]}\"; f 2; hi; bash -c 'echo $A'"))
                .isEqualTo("/usr\n1 y z v\nf 2\nhello\n1\n");
    }

    @Test
    void theStatusLivesOn() {
        assertThat(done(session, "(exit 7)").exit()).isEqualTo(7);
        assertThat(output(session, "echo $?")).isEqualTo("7\n");
        assertThat(done(session, "nosuchprogram_at_all").exit()).isEqualTo(127);
        assertThat(errors(session, "nosuchprogram_at_all")).contains("command not found");
    }

    @Test
    void standardOutputAndErrorAreApartAndTheTerminalToo() {
        RecordingSink sink = new RecordingSink();
        done(session, "echo out; echo err >&2; echo tty >/dev/tty", sink);
        assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("out\n");
        assertThat(sink.text(OutputSink.Stream.STDERR)).isEqualTo("err\n");
        assertThat(sink.text(OutputSink.Stream.TTY)).isEqualTo("tty\r\n");
    }

    @Test
    void aBlockCannotReadTheNextOne() {
        assertThat(output(session, "cat; read -r x; echo \"[$x]\"; sed p; exec 5<&0; cat <&5")).isEqualTo("[]\n");
        assertThat(output(session, "echo next")).isEqualTo("next\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'open", "if true; then", "cat <<EOF\nno end", "( true", "true )", "echo $(", "{ true;",
        "for i in 1 2", "case x in", "echo \"${a\"", "echo a\nfi\necho b"})
    void whatIsIncompleteOrUnbalancedIsRefusedWhole(String text) throws Exception {
        Path witness = directory.resolve("witness");
        Outcome outcome = session.run(Request.of("touch " + witness + "\n" + text), OutputSink.none());
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).startsWith("bash: ").contains("line");
        assertThat(Files.exists(witness)).isFalse();
        assertThat(output(session, "echo next")).isEqualTo("next\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo a \\", "echo a # comment", "echo 'it''s'; cat <<EOF\n'\nEOF", "", "\n\n", "# only",
        "[[ aab == +(a)b ]]", "echo \"`echo a`\"", "true &", "x=\"'\"; y='\"'"})
    void whatIsCompleteRuns(String text) {
        assertThat(done(session, text).exit()).isZero();
        assertThat(output(session, "echo next")).isEqualTo("next\n");
    }

    @Test
    void textReachesBashAsItIs() {
        String odd = "tab\there 'quoted' \"double\" $HOME `tick` \\ \\\\ ! !! ~ * é 日本 \u0001 end";
        assertThat(output(session, "cat <<'NEVER'\n" + odd + "\nNEVER\n")).isEqualTo(odd + "\n");
        assertThat(session.run(Request.of("echo a\0b"), OutputSink.none())).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"exit 3,3,exit 3", "exec true,0,exit 0", "kill -9 $$,137,killed by signal 9",
        "set -e; false,1,exit 1", "exec bash,0,exit 0"})
    void aBlockThatEndsItsShell(String text, int status, String how) {
        RecordingSink sink = new RecordingSink();
        Outcome outcome = session.run(Request.of("echo before; echo also >&2\n" + text), sink);
        assertThat(outcome).isEqualTo(new Outcome.Ended(status, how));
        assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("before\n");
        assertThat(sink.text(OutputSink.Stream.STDERR)).isEqualTo("also\n");
        assertThat(session.alive()).isFalse();
        assertThat(session.run(Request.of("true"), OutputSink.none()).toString()).contains("shell is gone", how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set -u", "set -e", "set -f", "set -C", "IFS=0123456789", "IFS=", "TMOUT=1", "PS1='prompt> '",
        "PROMPT_COMMAND='echo prompt'", "PS0=ps0", "printf() { :; }; echo() { command echo mine; }; pwd() { :; }",
        "alias printf=false eval=false source=false declare=false", "exec 2>&-", "exec >/dev/null 2>&1; exec >&61 2>&62",
        "trap 'echo exit' EXIT", "trap ': err' ERR", "trap ': debug' DEBUG", "trap '' INT", "exec 3</dev/null",
        "unset HOME PATH PWD; PATH=/usr/bin:/bin", "umask 777; umask 22", "exec 0</dev/null", "trap : URG; trap - URG",
        "set -o pipefail", "shopt -s nullglob failglob extdebug", "set -a", "LC_ALL=C", "set -- a b c", "set -k",
        "return 0", "break", "stty raw -echo </dev/tty", "unset -f __sm_e; __sm_e() { :; }", "set -h +B", "exec nosuchprogram_at_all",
        "set -u; echo $nosuchvariable", ": ${nosuchvariable?is missing}", "readonly R=1; R=2", "shopt -s failglob; : /nonexist*"})
    void nothingThatABlockSetsBreaksTheNext(String text) {
        RecordingSink first = new RecordingSink();
        Outcome outcome = session.run(Request.of(text), first);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(first.text(OutputSink.Stream.STDOUT)).isEmpty();
        RecordingSink next = new RecordingSink();
        assertThat(session.run(Request.of("\\command echo next; \\command echo two >&2 || \\command true"), next))
                .isInstanceOf(Outcome.Done.class);
        assertThat(next.text(OutputSink.Stream.STDOUT)).isEqualTo("next\n");
    }

    @Test
    void whatABlockSetsIsThereInTheNext() {
        done(session, "set -u; IFS=,; TMOUT=77; PS1='> '; PROMPT_COMMAND=pc; trap 'echo caught' USR1; trap 'echo bye' EXIT");
        assertThat(output(session, "case $- in *u*) echo u;; esac; printf '%s|' \"$IFS\" $TMOUT \"$PS1\" $PROMPT_COMMAND"))
                .isEqualTo("u\n,|77|> |pc|");
        assertThat(output(session, "kill -USR1 $$; trap -p EXIT")).isEqualTo("caught\ntrap -- 'echo bye' EXIT\n");
    }

    @Test
    void aTraceShowsTheBlockOnly() {
        done(session, "set -x");
        // Bash repeats the first character of PS4 for each level of eval.
        assertThat(errors(session, "echo a\nf() { echo b; }; f; false\ntrue").replaceAll("(?m)^\\++", "+"))
                .isEqualTo("+ echo a\n+ f\n+ echo b\n+ false\n+ true\n");
        assertThat(errors(session, "false | cat; :").replaceAll("(?m)^\\++", "+").lines())
                .containsExactlyInAnyOrder("+ false", "+ cat", "+ :");
        done(session, "set +x; set -v");
        assertThat(errors(session, "echo a\necho b")).isEqualTo("echo b\n");
    }

    @Test
    void jobsAnnounceNothingAndTheirOutputComesLater() throws Exception {
        RecordingSink sink = new RecordingSink();
        done(session, "sleep 0.05 & (sleep 0.05; echo late) &", sink);
        Thread.sleep(200);
        done(session, "true", sink);
        done(session, "wait; true", sink);
        assertThat(sink.text(OutputSink.Stream.STDERR)).isEmpty();
        assertThat(sink.text(OutputSink.Stream.STDOUT)).isEqualTo("late\n");
        assertThat(done(session, "(exit 4) & wait $!").exit()).isEqualTo(4);
    }

    @Test
    void changesAreReportedByName() {
        Outcome.Change change = done(session, "cd /usr; aa=1; export bb=2; cc() { :; }; set -e").change().orElseThrow();
        assertThat(change).isEqualTo(new Outcome.Change("/usr", java.util.List.of("aa", "bb", "cc"), "",
                java.util.List.of()));
        assertThat(done(session, "true").change()).isEmpty();
        assertThat(done(session, "aa=1; bb=3; unset -f cc").change().orElseThrow().names()).containsExactly("bb", "cc");
    }

    @Test
    void aSnapshotHasTheDirectoryAndWhatIsExported() {
        done(session, "cd /usr; export ONE='a \"b\" $c `d` \\e' TWO=$'line\\nnext\\ttab \\001 é' THREE=; export FOUR; local_=1");
        assertThat(session.snapshot().orElseThrow().cwd()).isEqualTo("/usr");
        assertThat(session.snapshot().orElseThrow().variables()).containsEntry("ONE", "a \"b\" $c `d` \\e")
                .containsEntry("TWO", "line\nnext\ttab \u0001 é").containsEntry("THREE", "")
                .doesNotContainKeys("FOUR", "local_").containsEntry("STEPMARK_RUN", "run-of-a-test");
    }

    @Test
    void whatCannotBeOpenedSaysWhy() {
        Map<String, String> none = Map.of("PATH", directory.toString());
        assertThatThrownBy(() -> BashSession.open(new BashSession.Options(directory, none, Map.of(), "")))
                .isInstanceOf(CannotOpen.class).hasMessageContaining("no bash");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> BashSession.open(new BashSession.Options(missing, System.getenv(), Map.of(), "")))
                .isInstanceOf(CannotOpen.class).hasMessageContaining("no such directory");
    }

    @Test
    void aBashThatIsNoneCannotBeOpened() throws Exception {
        Path fake = directory.resolve("bash");
        Files.writeString(fake, "#!/bin/sh\necho broken >&2\nexit 1\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        Map<String, String> path = Map.of("PATH", directory + ":/usr/bin:/bin");
        assertThatThrownBy(() -> BashSession.open(new BashSession.Options(directory, path, Map.of(), "")))
                .isInstanceOf(CannotOpen.class).hasMessageContaining("does not answer: broken");
    }

    @Test
    void aSinkThatThrowsIsHeardAndTheShellLives() {
        OutputSink broken = (stream, buffer, offset, length) -> {
            throw new IllegalStateException("disk full");
        };
        assertThatThrownBy(() -> session.run(Request.of("seq 100000"), broken)).hasMessage("disk full");
        assertThat(output(session, "echo next")).isEqualTo("next\n");
    }
}

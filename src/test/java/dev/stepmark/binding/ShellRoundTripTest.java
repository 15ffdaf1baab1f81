package dev.stepmark.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Placeholder;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise P20 for the shell: what goes into a hole reaches a program of a real bash as it was. */
class ShellRoundTripTest {

    private static final int STRINGS = 100_000;
    private static final int BATCH = 10_000;
    private static final List<Placeholder> X = List.of(new Placeholder("X", "<X>", false));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"p <X>", "p '<X>'", "p \"<X>\"", "p $'<X>'", "p \"$(printf %s <X>)\"", "v=<X>; p \"$v\""})
    void aWordIsTheValue(String template) throws Exception {
        boolean forks = template.contains("$(");
        roundTrip(template, forks ? 2_000 : STRINGS, value -> forks ? value.replaceAll("\n+$", "") : value, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p a<X>b", "p --name=<X>", "p \"a<X>b\"", "p 'it is <X>.'", "p \"$E<X>\"", "p $E<X>"})
    void aPartOfAWordIsTheValue(String template) throws Exception {
        String shown = template.replace("p ", "").replaceAll("[\"']", "").replace("$E", "");
        roundTrip(template, 5_000, value -> shown.replace("<X>", value), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IFS= read -r -d '' v <<EOF\n[<X>]\nEOF\np \"$v\"", "IFS= read -r -d '' v <<'EOF'\n[<X>]\nEOF\np \"$v\""})
    void aHereDocumentHoldsTheValue(String template) throws Exception {
        // lines that would end it are refused
        roundTrip(template, 20_000, value -> "[" + value + "]\n", "change what the command is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash -c 'printf \"%s\\0\" <X>'", "bash -c \"printf '%s\\\\0' '<X>'\"", "eval \"p '<X>'\"", "eval p '<X>'",
        "ssh -p 22 host \"p '<X>'\"", "ssh host p <X>", "su - postgres -c \"p \\\"<X>\\\"\"", "bash <<EOF\nprintf '%s\\0' \"<X>\"\nEOF"})
    void aShellInTheShellReadsTheValue(String template) throws Exception {
        boolean forks = template.startsWith("bash");
        roundTrip(template, forks ? 300 : 5_000, value -> value, template.contains("EOF") ? "change what the command is" : "");
    }

    @Test
    void numbersStayNumbersInArithmetic() throws Exception {
        assertThat(Filler.fill("p $((<X> + 1))", Executor.SHELL, X, n -> "41").text()).isEqualTo("p $((41 + 1))");
        assertThat(Filler.fill("p $((<X> + 1))", Executor.SHELL, X, n -> "a[$(touch x)]").problem()).contains("no number");
        assertThat(Filler.fill("[[ $A -eq <X> ]]", Executor.SHELL, X, n -> "a[$(touch x)]").problem()).contains("quoting");
    }

    @Test
    void aComponentOfAUrlIsTheValue() {
        HostileText texts = new HostileText(31);
        for (int i = 0; i < 20_000; i++) {
            String value = texts.next();
            String text = Filler.fill("curl \"https://u:<X>@h/a/<X>/b?q=<X>&r=1#<X>\"", Executor.SHELL, X, n -> value).text();
            assertThat(text).matches("curl \"[A-Za-z0-9:/@?&=#._~%-]*\"");
            URI uri = URI.create(text.substring(6, text.length() - 1));
            assertThat(URLDecoder.decode(uri.getRawUserInfo(), StandardCharsets.UTF_8)).isEqualTo("u:" + value);
            assertThat(URLDecoder.decode(uri.getRawPath(), StandardCharsets.UTF_8)).isEqualTo("/a/" + value + "/b");
            assertThat(URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8)).isEqualTo("q=" + value + "&r=1");
            assertThat(URLDecoder.decode(uri.getRawFragment(), StandardCharsets.UTF_8)).isEqualTo(value);
            assertThat(uri.getHost()).isEqualTo("h");
        }
    }

    /** What the document has in front of a hole must not take a value into what it is itself. */
    @ParameterizedTest
    @ValueSource(strings = {"p \"$<X>\"", "p $<X>", "p \"\\<X>\"", "p \\<X>", "p $'\\<X>'", "p $'\\x4<X>'", "p \"${E:-<X>}\"",
        "p `printf %s <X>`", "p \"`printf %s '<X>'`\"", "cat <<EOF\n$<X>\nEOF", "cat <<EOF\n\\<X>\nEOF", "cat <<EOF\n$(p <X>)\nEOF",
        "awk '{ print \"<X>\" }'", "a=(1); p ${a[<X>]}"})
    void refusesWhatCannotBeQuoted(String template) {
        for (String value : List.of("(touch x)", "$(touch x)", "\"; touch x; \"", "'; touch x; '", "`touch x`", "{x:=$(touch x)}",
                "x[$(touch x)]", "a b")) {
            Filler.Filled filled = Filler.fill(template, Executor.SHELL, X, name -> value);
            assertThat(filled.problem()).as(template + " with " + value).startsWith("the value of X ");
        }
        Filler.Filled plain = Filler.fill(template, Executor.SHELL, X, name -> "abc");
        assertThat(plain.text()).isEqualTo(plain.problem().isEmpty() ? template.replace("<X>", "abc") : template);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<X>", "eval '<X>'", "sudo -u x bash -c \"<X>\"", "ssh host '<X>'", "ssh host <X>", "psql -c '<X>'",
        "kubectl exec -it p -- psql -U u -c \"SELECT 1; <X>\"", "su - postgres -c \"psql -c '<X>'\"", "psql <<EOF\n<X>\nEOF"})
    void whatBecomesCodeIsRaw(String template) {
        Filler.Filled filled = Filler.fill(template, Executor.SHELL, X, name -> "a");
        assertThat(filled.problem()).isEmpty();
        assertThat(filled.raw()).containsExactly("X");
    }

    private interface Wanted {
        String of(String value);
    }

    private void roundTrip(String template, int strings, Wanted wanted, String refusal) throws Exception {
        HostileText texts = new HostileText(template.hashCode());
        List<String> expected = new ArrayList<>();
        StringBuilder script = begin();
        int refused = 0;
        for (int i = 0; i < strings; i++) {
            String value = texts.next();
            Filler.Filled filled = Filler.fill(template, Executor.SHELL, X, name -> value);
            if (!refusal.isEmpty() && filled.problem().contains(refusal)) {
                refused++;
                continue;
            }
            assertThat(filled.problem()).as(value).isEmpty();
            script.append(filled.text()).append('\n');
            expected.add(wanted.of(value));
            if (expected.size() == BATCH || i == strings - 1) {
                same(run(script).split("\0", -1), expected);
                expected.clear();
                script = begin();
            }
        }
        assertThat(refused).isLessThan(strings / 4);
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsOnly("script", "out");
        }
    }

    private static void same(String[] printed, List<String> expected) {
        for (int i = 0; i < Math.min(printed.length, expected.size()); i++) {
            assertThat(printed[i]).as("string " + i).isEqualTo(expected.get(i));
        }
        assertThat(printed).hasSize(expected.size() + 1);
    }

    /** p prints its arguments; ssh and su hand theirs to a shell, as the real ones do. */
    private static StringBuilder begin() {
        return new StringBuilder("""
                p() { printf '%s\\0' "$@"; }
                ssh() { while [ "$1" = -p ]; do shift 2; done; shift; eval "$*"; }
                su() { eval "$4"; }
                E=
                """);
    }

    private String run(StringBuilder script) throws IOException, InterruptedException {
        Path file = directory.resolve("script");
        Path out = directory.resolve("out");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString()).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        process.waitFor();
        return Files.readString(out);
    }
}

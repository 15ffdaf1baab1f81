package dev.stepmark.session.bash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has bash read a text without running it. Bash runs line 1 before it sees that line 3 is wrong, so the whole is looked
 * at first; a here-document without its end is a warning only, and refused all the same.
 */
final class SyntaxCheck {

    private static final long LIMIT_SECONDS = 30;

    private final String bash;

    SyntaxCheck(String bash) {
        this.bash = bash;
    }

    /** Where the shell itself looks before it runs a text. */
    static SyntaxCheck none() {
        return new SyntaxCheck("");
    }

    /** Why the text must not be run, in bash's own words; empty when it may. */
    Optional<String> refusal(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("the text holds a NUL character, which no shell can read");
        }
        // Most blocks are spared the process.
        if (bash.isEmpty() || BashScript.isPlain(text)) {
            return Optional.empty();
        }
        try {
            return ask(text);
        } catch (IOException e) {
            return Optional.of("the text could not be checked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the text could not be checked: interrupted");
        }
    }

    private Optional<String> ask(String text) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(bash, "--norc", "--noprofile", "-O", "extglob", "-n");
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            try (OutputStream out = process.getOutputStream()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has seen enough: what it says stands on its standard error.
            }
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("bash could not read the text within " + LIMIT_SECONDS + " s");
            }
            boolean wrong = process.exitValue() != 0 || said.contains("here-document");
            return wrong ? Optional.of(ownWords(said, process.exitValue())) : Optional.empty();
        } finally {
            process.destroyForcibly();
            process.getErrorStream().close();
        }
    }

    private String ownWords(String said, int status) {
        String words = said.replace(bash + ": ", "bash: ").strip();
        return words.isEmpty() ? "bash cannot read the text (status " + status + ")" : words;
    }
}

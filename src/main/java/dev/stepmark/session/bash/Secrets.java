package dev.stepmark.session.bash;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Hands variables to a running shell: over its command channel, after it has said that it reads, so that no value is
 * ever an argument, part of an environment that /proc shows, or in a trace.
 */
final class Secrets {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final long LIMIT_SECONDS = 20;

    private final Shell shell;

    Secrets(Shell shell) {
        this.shell = shell;
    }

    /** Exports all of them; says why not, without naming a value. */
    Optional<String> export(Map<String, String> secrets) {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String name = secret.getKey();
            if (!NAME.matcher(name).matches() || name.startsWith(BashScript.PREFIX)) {
                return Optional.of("\"" + name + "\" is no name for a variable; nothing was run");
            }
            char end = shell.script().secretEnd();
            if (secret.getValue().indexOf('\0') >= 0 || secret.getValue().indexOf(end) >= 0) {
                return Optional.of("the value of " + name + " holds a " + (end == '\n' ? "line feed, and this shell takes"
                        + " one line only" : "NUL character") + "; nothing was run");
            }
            shell.frames().takeReady();
            shell.write(BashScript.secret(name));
            if (answer() == null) {
                return Optional.of("the shell did not take " + name + "; nothing was run");
            }
            shell.write(secret.getValue() + end);
            String[] answer = answer();
            if (answer == null || !answer[0].equals("0")) {
                return Optional.of(name + " cannot be set in this shell: it may be read-only; nothing was run");
            }
        }
        return Optional.empty();
    }

    /** What the shell answers, or null when it is gone or silent. */
    String[] answer() {
        Frames frames = shell.frames();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        synchronized (frames) {
            String[] answer = frames.takeReady();
            while (answer == null && !frames.hasExited() && System.nanoTime() - end < 0) {
                try {
                    frames.wait(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
                answer = frames.takeReady();
            }
            return answer;
        }
    }
}

package dev.stepmark.session.psql;

import dev.stepmark.session.PsqlProgram;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's own password, for a sudo in front of psql. psql has no terminal, so that sudo has nowhere to ask; and its
 * standard input belongs to psql, so that a password there could be taken for SQL. A shell reads the password as its
 * first line and hands it to a sudo that only checks it ({@code sudo -v}). Sudo remembers that for what the same parent
 * starts in the same terminal session: the second sudo, which starts psql, asks no more.
 */
final class SudoPassword {

    private static final List<String> WANTED = List.of("a password is required", "a terminal is required",
            "no tty present", "no askpass program");
    /**
     * The password comes by a pipe that ends after it: what is wrong is tried once. No exec: the ticket is the shell's. A
     * printf that is a program of its own would show the password among its arguments.
     */
    private static final String SCRIPT = "IFS= read -r p; u=$1; shift; case $(command -v printf) in */*) "
            + "echo 'sudo: a password is required, and this sh cannot pass it on' >&2; exit 1;; esac; "
            + "printf '%s\\n' \"$p\" | \"$1\" -S -p '' -v ${u:+-u \"$u\"} || exit; p=; \"$@\"";

    private final char[] password;

    SudoPassword(char[] password) {
        this.password = password.clone();
    }

    /** Whether a person's password would help where these words were said. Who says -n does not want to be asked. */
    static boolean wanted(PsqlProgram program, String said) {
        List<String> launcher = program.launcher();
        return !launcher.isEmpty() && launcher.get(0).replaceFirst(".*/", "").equals("sudo")
                && WANTED.stream().anyMatch(said::contains)
                && !launcher.contains("-n") && !launcher.contains("--non-interactive");
    }

    /** The command with the shell in front of it that wants {@link #line} first. */
    static List<String> command(PsqlProgram program, List<String> words) {
        List<String> out = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", user(program.launcher())));
        out.addAll(words);
        return out;
    }

    /** Where sudo is told to ask for the password of another (targetpw, runaspw), it depends on who that is. */
    private static String user(List<String> launcher) {
        for (int i = 1; i < launcher.size(); i++) {
            String word = launcher.get(i);
            if ((word.equals("-u") || word.equals("--user")) && i + 1 < launcher.size()) {
                return launcher.get(i + 1);
            } else if (word.startsWith("--user=")) {
                return word.substring("--user=".length());
            } else if (word.matches("-u.+")) {
                return word.substring(2);
            }
        }
        return "";
    }

    /** The first line of the shell's input. */
    byte[] line() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] line = new byte[encoded.remaining() + 1];
        encoded.get(line, 0, line.length - 1);
        line[line.length - 1] = '\n';
        return line;
    }
}

package dev.stepmark.run;

import dev.stepmark.secret.SecretName;
import dev.stepmark.session.Snapshot;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Variables that a shell text sets to a literal, so that the log may keep the value and set it again later. */
final class LiteralSettings {

    /** What may become something else: an expansion, a substitution, a home directory, a brace. */
    private static final Pattern EXPANDS = Pattern.compile("[$`~{*?\\[]");

    private LiteralSettings() { }

    /** Never what sounds like a secret, and only what the shell has in the end. */
    private static boolean kept(String word, int equals, Optional<Snapshot> after) {
        String name = word.substring(0, equals);
        String value = word.substring(equals + 1);
        return !SecretName.looksSecret(name) && after.map(s -> value.equals(s.variables().get(name))).orElse(true);
    }

    /** {@code NAME=value} for each name that the text assigns literally and at top level. */
    static List<String> in(String text, List<String> names, Optional<Snapshot> after) {
        List<String> out = new ArrayList<>();
        for (ShellCommand command : ShellFacts.of(text).commands()) {
            boolean export = !command.words().isEmpty() && command.words().get(0).equals("export");
            if (!command.simple() || !export) {
                continue;
            }
            for (String word : command.words().subList(1, command.words().size())) {
                int equals = word.indexOf('=');
                boolean literal = equals > 0 && !EXPANDS.matcher(word).find();
                if (literal && names.contains(word.substring(0, equals)) && kept(word, equals, after)) {
                    out.add(word);
                }
            }
        }
        return out;
    }
}

package dev.stepmark.run;

import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import java.util.ArrayList;
import java.util.List;

/** Variables that a shell text sets to a literal, so that the log may keep the value and set it again later. */
final class LiteralSettings {

    private LiteralSettings() { }

    /** {@code NAME=value} for each name that the text assigns literally and at top level. */
    static List<String> in(String text, List<String> names) {
        List<String> out = new ArrayList<>();
        for (ShellCommand command : ShellFacts.of(text).commands()) {
            boolean export = !command.words().isEmpty() && command.words().get(0).equals("export");
            if (!command.simple() || !export) {
                continue;
            }
            for (String word : command.words().subList(1, command.words().size())) {
                int equals = word.indexOf('=');
                boolean literal = equals > 0 && !word.contains("$") && !word.contains("`");
                if (literal && names.contains(word.substring(0, equals))) {
                    out.add(word);
                }
            }
        }
        return out;
    }
}

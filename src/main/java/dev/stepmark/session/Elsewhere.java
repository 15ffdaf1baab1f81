package dev.stepmark.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A place that only another program leads to: another user's account, another host, a container. A program is started
 * there by a small shell, which reads from its input what is nobody's business on a command line: the environment, the
 * directory, the arguments.
 *
 * @param command     the words here that start a command there
 * @param environment of a program that is started there, besides what it finds; it may hold secrets
 * @param directory   where it is started; empty for where it finds itself
 * @param label       for people: {@code ssh db1}
 */
public record Elsewhere(UnaryOperator<List<String>> command, Map<String, String> environment, String directory,
        String label) {

    private static final String READER = "while IFS= read -r n && [ -n \"$n\" ]; do IFS= read -r v; export \"$n=$v\"; done;"
            + " IFS= read -r d; [ -z \"$d\" ] || cd \"$d\" || exit; IFS= read -r k; set --;"
            + " while [ \"$k\" -gt 0 ]; do IFS= read -r a; set -- \"$@\" \"$a\"; k=$((k-1)); done; exec \"$@\"";

    public Elsewhere {
        environment = Map.copyOf(environment);
    }

    /** The place to which a further program leads from there. */
    public Elsewhere behind(List<String> launcher, boolean oneWord) {
        return new Elsewhere(words -> {
            List<String> out = new ArrayList<>(launcher);
            out.addAll(oneWord ? List.of(String.join(" ", words.stream().map(PsqlProgram::quoted).toList())) : words);
            return command.apply(out);
        }, environment, "", label + " " + String.join(" ", launcher));
    }

    /** The words that start a program there, which then waits for {@link #preamble}. */
    public List<String> start() {
        return command.apply(List.of("sh", "-c", READER, "sh"));
    }

    /** What is sent first: values with a line feed in them cannot be sent, and are left out. */
    public String preamble(List<String> program, Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(further);
        List<String> lines = new ArrayList<>();
        all.forEach((name, value) -> {
            if (name.matches("[A-Za-z_][A-Za-z0-9_]*") && value.indexOf('\n') < 0) {
                lines.add(name);
                lines.add(value);
            }
        });
        lines.add("");
        lines.add(directory);
        lines.add(Integer.toString(program.size()));
        program.forEach(word -> lines.add(word.replace('\n', ' ')));
        return String.join("\n", lines) + "\n";
    }
}

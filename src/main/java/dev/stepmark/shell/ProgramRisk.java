package dev.stepmark.shell;

import static dev.stepmark.runbook.Risk.DESTRUCTIVE;
import static dev.stepmark.runbook.Risk.READ_ONLY;
import static dev.stepmark.runbook.Risk.UNKNOWN;
import static dev.stepmark.runbook.Risk.WRITE;

import dev.stepmark.runbook.Risk;
import dev.stepmark.sql.PsqlInvocation;
import dev.stepmark.sql.StatementFacts;
import java.util.List;

/** How much a program with its arguments can do. */
final class ProgramRisk {

    private final List<String> words;
    private final String program;
    private final CommandRisk.Input input;
    private final int level;

    ProgramRisk(List<String> words, CommandRisk.Input input, int level) {
        this.words = words;
        this.program = Programs.baseName(words.get(0));
        this.input = input;
        this.level = level;
    }

    Risk risk() {
        if (level > ShellFacts.DEEPEST) {
            return UNKNOWN;
        }
        if (words.size() == 2 && Programs.isKnown(program) && has("--version", "--help")) {
            return READ_ONLY;
        }
        int inner = Wrappers.innerCommand(program, words);
        if (inner > 0) {
            return inner >= words.size() ? UNKNOWN
                    : new ProgramRisk(words.subList(inner, words.size()), input, level + 1).risk();
        }
        return switch (program) {
            case "psql" -> psql();
            case "bash", "sh", "dash", "zsh", "ash", "ksh" -> shell();
            case "ssh" -> remote();
            case "find" -> find();
            case "eval" -> ShellFacts.of(String.join(" ", words.subList(1, words.size())), level + 1).risk()
                    .max(UNKNOWN);
            default -> known();
        };
    }

    private Risk known() {
        if (Programs.READ_ONLY.contains(program)) {
            return READ_ONLY;
        }
        if (Programs.WRITE.contains(program)) {
            return WRITE;
        }
        if (Programs.DESTRUCTIVE.contains(program)) {
            return DESTRUCTIVE;
        }
        return ToolRisk.of(program, words);
    }

    private Risk psql() {
        PsqlInvocation psql = PsqlInvocation.parse(words);
        if (!psql.problem().isEmpty()) {
            return UNKNOWN;
        }
        Risk risk = psql.files().isEmpty() ? READ_ONLY : UNKNOWN;
        List<String> outputs = List.of("-o", "-L", "--output", "--log-file");
        risk = psql.unsupported().stream().anyMatch(outputs::contains) ? risk.max(WRITE) : risk;
        for (String text : psql.commands()) {
            risk = risk.max(sql(text));
        }
        boolean reads = psql.interactive() || psql.files().contains("-");
        if (reads && input.kind() == CommandRisk.Input.Kind.UNKNOWN) {
            return risk.max(UNKNOWN);
        }
        for (String text : reads ? input.texts() : List.<String>of()) {
            risk = risk.max(sql(text));
        }
        return risk;
    }

    private static Risk sql(String text) {
        boolean expands = text.contains("$") && !text.contains("$$") || text.contains("`");
        Risk risk = StatementFacts.of(text).risk();
        return expands ? risk.max(UNKNOWN) : text.isBlank() ? READ_ONLY : risk;
    }

    private Risk shell() {
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).matches("-[a-z]*c")) {
                return i + 1 < words.size() ? ShellFacts.of(words.get(i + 1), level + 1).risk() : UNKNOWN;
            }
        }
        boolean scriptOnInput = words.stream().skip(1).allMatch(w -> w.startsWith("-"));
        return scriptOnInput && input.kind() == CommandRisk.Input.Kind.TEXT
                ? ShellFacts.of(input.text(), level + 1).risk() : UNKNOWN;
    }

    /** What runs on another machine is never taken for harmless. */
    private Risk remote() {
        int host = 1;
        while (host < words.size() && words.get(host).startsWith("-")) {
            host += words.get(host).matches("-[bcDEeFIiJLlmOopQRSWw]") ? 2 : 1;
        }
        if (host + 1 >= words.size()) {
            return UNKNOWN;
        }
        String text = String.join(" ", words.subList(host + 1, words.size()));
        return ShellFacts.of(text, level + 1).risk().max(UNKNOWN);
    }

    private Risk find() {
        if (has("-delete")) {
            return DESTRUCTIVE;
        }
        for (String exec : List.of("-exec", "-execdir", "-ok", "-okdir")) {
            int at = words.indexOf(exec);
            if (at >= 0 && at + 1 < words.size()) {
                return new ProgramRisk(words.subList(at + 1, words.size()), input, level + 1).risk();
            }
        }
        boolean writes = words.stream().anyMatch(w -> w.startsWith("-fprint") || w.equals("-fls"));
        return writes ? WRITE : READ_ONLY;
    }

    private boolean has(String... options) {
        return List.of(options).stream().anyMatch(words::contains);
    }
}

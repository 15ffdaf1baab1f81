package dev.stepmark.classify;

import dev.stepmark.shell.ShellFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Takes output off that follows commands without any prompt (pattern 8): where the first printed line is, and whether all below is printed. */
final class Unprompted {

    /** What the lines say. */
    enum Found {
        /** No line is one that only a program prints. */
        COMMANDS,
        /** Commands, then output up to the end. */
        OUTPUT_BELOW,
        /** Output with something like a command below it. */
        UNCLEAR
    }

    /** Characters that are looked through: whether a command has ended costs all of it for each line. */
    private static final int MAX_LENGTH = 20_000;

    private final List<String> lines;
    private final Found found;
    private final int printedFrom;

    private Unprompted(List<String> lines) {
        this.lines = lines;
        this.printedFrom = firstPrinted(lines.subList(0, Math.min(lines.size(), Stripped.MAX_CONTINUED)));
        this.found = printedFrom < 0 ? Found.COMMANDS : commandBelow() ? Found.UNCLEAR : Found.OUTPUT_BELOW;
    }

    static Unprompted of(String text) {
        return new Unprompted(text.lines().toList());
    }

    Found found() {
        return found;
    }

    /** The commands above the output; empty unless there is output below. */
    Optional<Stripped> commands() {
        if (found != Found.OUTPUT_BELOW) {
            return Optional.empty();
        }
        return Optional.of(new Stripped(String.join("\n", lines.subList(0, printedFrom)) + "\n",
                IntStream.range(0, printedFrom).boxed().toList(), true, true));
    }

    /** The first line, where a command begins, that only a program prints; lines inside of a command are the command's. */
    private static int firstPrinted(List<String> lines) {
        List<String> command = new ArrayList<>();
        boolean seen = false;
        int length = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean begins = command.isEmpty();
            if (begins && seen && printed(line)) {
                return i;
            }
            if (line.isEmpty() && begins || line.startsWith("#") && begins) {
                continue;
            }
            seen = true;
            command.add(lines.get(i));
            length += lines.get(i).length();
            if (length > MAX_LENGTH) {
                return -1;
            }
            if (complete(command)) {
                command.clear();
            }
        }
        return -1;
    }

    private static boolean complete(List<String> command) {
        String last = command.get(command.size() - 1);
        return !last.stripTrailing().endsWith("\\")
                && ShellFacts.of(Placeholders.neutral(String.join("\n", command))).complete();
    }

    private static boolean printed(String line) {
        return !line.isEmpty() && OutputShapes.isPrinted(line) && !ShellRules.isCommand(line);
    }

    private boolean commandBelow() {
        return lines.subList(printedFrom, lines.size()).stream().anyMatch(l -> !l.isBlank() && ShellRules.isCommand(l));
    }
}

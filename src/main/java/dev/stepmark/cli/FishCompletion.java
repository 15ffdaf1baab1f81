package dev.stepmark.cli;

/** The completion script for fish. */
final class FishCompletion {

    private static final String HEAD = """
            # fish completion for stepmark; made by "stepmark completion fish"
            #   stepmark completion fish >~/.config/fish/completions/stepmark.fish

            # Asks stepmark: one candidate a line, a tab and words about it.
            function __stepmark_ask
                set -l line (commandline -opc)
                set -l typed (commandline -ct)
                # of --connect=NAME only what is behind the first = is the value
                if string match -qr -- '^--[a-z-]+=' $typed
                    set typed (string replace -r -- '^--[a-z-]+=' '' $typed)
                end
                $line[1] __complete $argv[1] "$typed" $line[2..-1] 2>/dev/null
            end

            function __stepmark_runbooks
                set -l typed (commandline -ct)
                __fish_complete_directories $typed
                for file in $typed*.md $typed*.markdown $typed*.mdx
                    echo $file
                end
            end

            complete -c stepmark -f
            complete -c stepmark -n __fish_use_subcommand -s h -l help -d 'this text'
            complete -c stepmark -n __fish_use_subcommand -s V -l version -d 'the version'
            """;

    private FishCompletion() { }

    static String of(CommandModel model) {
        StringBuilder out = new StringBuilder(HEAD);
        model.commands().forEach(c -> out.append("complete -c stepmark -n __fish_use_subcommand -a ").append(c.name())
                .append(" -d ").append(quoted(c.description())).append('\n'));
        for (CommandModel.Command command : model.commands()) {
            String start = "complete -c stepmark -n '__fish_seen_subcommand_from " + command.name() + "'";
            command.options().forEach(o -> out.append(option(start, o)).append('\n'));
            command.operands().stream().findFirst().map(FishCompletion::candidates).filter(a -> !a.isEmpty())
                    .ifPresent(a -> out.append(start).append(a).append('\n'));
        }
        return out.toString();
    }

    private static String option(String start, CommandModel.Option option) {
        StringBuilder out = new StringBuilder(start);
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.value() != null) {
            out.append(option.value().kind().equals("file") ? " -r -F" : " -x" + candidates(option.value()));
        }
        return out.append(" -d ").append(quoted(option.description())).toString();
    }

    private static String candidates(CommandModel.Value value) {
        return switch (value.kind()) {
            case "" -> "";
            case "words" -> " -a '" + String.join(" ", value.words()) + "'";
            case "file" -> " -F";
            case "directory" -> " -a '(__fish_complete_directories (commandline -ct))'";
            case "runbook" -> " -a '(__stepmark_runbooks)'";
            default -> " -a '(__stepmark_ask " + value.kind() + ")'";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

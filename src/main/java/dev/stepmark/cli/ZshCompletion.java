package dev.stepmark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for zsh: a function for a directory of {@code fpath}, or to be sourced. */
final class ZshCompletion {

    private static final String HEAD = """
            #compdef stepmark
            # zsh completion for stepmark; made by "stepmark completion zsh"
            #   put it as _stepmark into a directory of $fpath, or: source <(stepmark completion zsh)

            # Asks stepmark: one candidate a line, a tab and words about it.
            _stepmark_ask() { # kind, behind what _arguments puts in front
              local -a plain going shown goingshown
              local typed=${(Q)PREFIX} line value about
              while IFS= read -r line; do
                value=${line%%$'\\t'*} about=${line#*$'\\t'}
                if [[ $value == *= ]]; then
                  going+=("$value") goingshown+=("$value  $about")
                else
                  plain+=("$value") shown+=("$value  $about")
                fi
              done < <(${~_stepmark_line[1]} __complete ${@[-1]} "$typed" "${_stepmark_line[2,-1][@]}" 2>/dev/null)
              local found=1
              (( $#plain )) && compadd -l -d shown -- "${plain[@]}" && found=0
              (( $#going )) && compadd -S '' -l -d goingshown -- "${going[@]}" && found=0
              return $found
            }

            _stepmark_runbooks() {
              _files -g '*.(#i)(md|markdown|mdx)(-.)'
            }

            _stepmark() {
              local -a commands
              local curcontext=$curcontext state
              typeset -A opt_args
              # below, words is what follows the command
              local -a _stepmark_line=("${(@Q)words[1,CURRENT-1]}")
            """;

    private ZshCompletion() { }

    static String of(CommandModel model) {
        StringBuilder out = new StringBuilder(HEAD);
        out.append("  commands=(\n");
        model.commands().forEach(c -> out.append("    ").append(quoted(c.name() + ":" + c.description())).append('\n'));
        out.append("""
                  )
                  _arguments -C '(- *)'{-h,--help}'[this text]' '(- *)'{-V,--version}'[the version]' \\
                    '1: :->command' '*:: :->rest' && return 0
                  case $state in
                    command) _describe -t commands command commands ;;
                    rest)
                      local program=${words[1]}
                      case $program in
                """);
        for (CommandModel.Command command : model.commands()) {
            out.append("        ").append(command.name()).append(")\n          _arguments -S ").append(arguments(command).stream()
                    .collect(Collectors.joining(" \\\n            "))).append(" ;;\n");
        }
        return out.append("""
                      esac
                      ;;
                  esac
                }

                if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
                  _stepmark "$@"
                else
                  compdef _stepmark stepmark
                fi
                """).toString();
    }

    private static List<String> arguments(CommandModel.Command command) {
        List<String> out = new ArrayList<>();
        for (CommandModel.Option option : command.options()) {
            for (String name : option.names()) {
                boolean value = option.value() != null;
                String many = option.many() ? "*" : "";
                String equals = value && name.startsWith("--") ? "=" : "";
                out.add(quoted(many + name + equals + "[" + bracket(option.description()) + "]" + (value ? action(
                        option.value()) : "")));
            }
        }
        int position = 1;
        for (CommandModel.Value operand : command.operands()) {
            out.add(quoted(position + ":" + action(operand)));
            position++;
        }
        return out;
    }

    private static String action(CommandModel.Value value) {
        String label = value.label().replaceAll("[\\[\\]:]", "");
        return ":" + label + ":" + switch (value.kind()) {
            case "" -> "";
            case "words" -> "(" + String.join(" ", value.words()) + ")";
            case "file" -> "_files";
            case "directory" -> "_files -/";
            case "runbook" -> "_stepmark_runbooks";
            default -> "_stepmark_ask " + value.kind();
        };
    }

    private static String bracket(String text) {
        return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

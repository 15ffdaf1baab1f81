package dev.stepmark.cli;

import java.util.ArrayList;
import java.util.List;

/** The completion script for bash, 3.2 and newer; it needs no package of completions. */
final class BashCompletion {

    private static final String HEAD = """
            # bash completion for stepmark; made by "stepmark completion bash"
            #   source <(stepmark completion bash)

            # Which options a command has, and what follows an option: "operand" stands for what is no option.
            """;

    private static final String BODY = """

            # Readline cuts words at = and :, so they are put together again.
            _stepmark_line() {
              local i word glue=
              _stepmark_words=()
              for ((i = 0; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if ((i > 1)) && [[ $word == [=:]* && $word != *[!=:]* ]]; then
                  _stepmark_words[${#_stepmark_words[@]}-1]+=$word
                  glue=1
                elif [[ -n $glue ]]; then
                  _stepmark_words[${#_stepmark_words[@]}-1]+=$word
                  glue=
                else
                  _stepmark_words[${#_stepmark_words[@]}]=$word
                fi
              done
            }

            # Adds candidates that begin with what is typed; nothing in them is expanded. One that ends with = goes on.
            _stepmark_add() { # typed, strip, then candidates
              local typed=$1 strip=$2 candidate
              shift 2
              for candidate in "$@"; do
                if [[ $candidate == "$typed"* ]]; then
                  COMPREPLY[${#COMPREPLY[@]}]=${candidate#"$strip"}
                  [[ $candidate != *= ]] || compopt -o nospace 2>/dev/null
                fi
              done
            }

            _stepmark_files() { # typed, strip, pattern of compgen -X
              local typed=$1 strip=$2 file
              compopt -o filenames 2>/dev/null
              while IFS= read -r file; do
                COMPREPLY[${#COMPREPLY[@]}]=${file#"$strip"}
              done < <(compgen -d -- "$typed"; [[ $3 == none ]] || compgen -f ${3:+-X "$3"} -- "$typed")
            }

            _stepmark_value() { # kind, typed, strip
              local program=${COMP_WORDS[0]/#\\~/$HOME} line
              case $1 in
                '') ;;
                words:*) IFS=' ' read -ra _stepmark_list <<<"${1#words:}"; _stepmark_add "$2" "$3" "${_stepmark_list[@]}" ;;
                file) _stepmark_files "$2" "$3" '' ;;
                directory) _stepmark_files "$2" "$3" none ;;
                runbook) _stepmark_files "$2" "$3" '!*.[mM]@(d|arkdown|dx)' ;;
                *)
                  while IFS= read -r line; do
                    _stepmark_add "$2" "$3" "${line%%$'\\t'*}"
                  done < <("$program" __complete "$1" "$2" "${_stepmark_words[@]:1}" 2>/dev/null)
                  ;;
              esac
            }

            _stepmark() {
              COMPREPLY=()
              local _stepmark_words _stepmark_list current before command kind strip= extglob
              extglob=$(shopt -p extglob)
              shopt -s extglob
              _stepmark_line
              current=${_stepmark_words[${#_stepmark_words[@]}-1]}
              before=${_stepmark_words[${#_stepmark_words[@]}-2]}
              command=${_stepmark_words[1]}
              # what readline does not replace has to be left out
              [[ $current != *[=:]* ]] || strip=${current%"${current##*[=:]}"}
              if ((${#_stepmark_words[@]} <= 2)); then
                IFS=' ' read -ra _stepmark_list <<<"$(_stepmark_commands) --help --version"
                _stepmark_add "$current" '' "${_stepmark_list[@]}"
              elif [[ $current == --*=* ]]; then
                kind=$(_stepmark_kind "$command" "${current%%=*}")
                _stepmark_value "$kind" "${current#*=}" "${strip#"${current%%=*}="}"
              elif [[ $before == -* ]] && kind=$(_stepmark_kind "$command" "$before"); then
                _stepmark_value "$kind" "$current" "$strip"
              elif [[ $current == -* ]]; then
                IFS=' ' read -ra _stepmark_list <<<"$(_stepmark_options "$command")"
                _stepmark_add "$current" '' "${_stepmark_list[@]}"
              else
                kind=$(_stepmark_kind "$command" operand)
                _stepmark_value "$kind" "$current" "$strip"
              fi
              eval "$extglob"
            }

            complete -F _stepmark stepmark
            """;

    private BashCompletion() { }

    static String of(CommandModel model) {
        StringBuilder out = new StringBuilder(HEAD);
        out.append("_stepmark_commands() {\n  echo '").append(String.join(" ", model.commands().stream()
                .map(CommandModel.Command::name).toList())).append("'\n}\n\n_stepmark_options() {\n  case $1 in\n");
        model.commands().forEach(c -> out.append("    ").append(c.name()).append(") echo '").append(String.join(" ",
                c.options().stream().flatMap(o -> o.names().stream()).toList())).append("' ;;\n"));
        out.append("  esac\n}\n\n# Fails for an option that nothing follows.\n_stepmark_kind() {\n  case \"$1 $2\" in\n");
        model.commands().forEach(c -> kinds(c).forEach(k -> out.append("    ").append(k).append(" ;;\n")));
        return out.append("    *) return 1 ;;\n  esac\n}\n").append(BODY).toString();
    }

    private static List<String> kinds(CommandModel.Command command) {
        List<String> out = new ArrayList<>();
        for (CommandModel.Option option : command.options()) {
            if (option.value() != null) {
                List<String> names = option.names().stream().map(n -> "'" + command.name() + " " + n + "'").toList();
                out.add(String.join(" | ", names) + ") echo '" + kind(option.value()) + "'");
            }
        }
        command.operands().stream().findFirst().ifPresent(o -> out.add("'" + command.name() + " operand') echo '" + kind(o)
                + "'"));
        return out;
    }

    private static String kind(CommandModel.Value value) {
        return value.kind().equals("words") ? "words:" + String.join(" ", value.words()) : value.kind();
    }
}

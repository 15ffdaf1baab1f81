package dev.stepmark.session.bash;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of the framing: what is written to the shell around a block. It uses builtins only, through
 * {@code \builtin}, so that aliases and functions of the block cannot take their place.
 *
 * <p>A block is three top-level lines in one write. The first holds the block as one quoted word. The second sources a
 * fixed line that runs it: in a sourced file bash is not interactive, so it announces no jobs, and an interrupt still
 * throws it out to the top level only. The third prints the end markers; it runs also when the second was thrown away.
 */
final class BashScript {

    /** Begins every name that the framing defines in the shell. */
    static final String PREFIX = "__sm_";

    /** Kinds of markers. */
    static final char END = 'X';
    static final char TRAPS = 'T';
    static final char DIRECTORY = 'P';
    static final char VARIABLES = 'V';
    static final char FUNCTIONS = 'F';
    static final char PROBLEM = 'E';
    static final char READY = 'R';
    static final char JOBS = 'J';
    /** Only of a shell that has no channel for markers alone. */
    static final char GOODBYE = 'D';
    static final char CLOCK = 'U';
    static final char PROMPT = 'Q';
    static final char REFUSED = 'S';

    /** Records a failed command, as an ERR trap. */
    static final String ERR_TRAP = "__sm_t \"$?\" \"$LINENO\" \"$BASH_COMMAND\" \"${PIPESTATUS[@]}\"";

    /** Looks at the members of the last pipe, as a DEBUG trap: it runs before each simple command. */
    static final String DEBUG_TRAP =
            "case ${#PIPESTATUS[@]} in 1) __sm_l=;; *) __sm_m \"$?\" \"${PIPESTATUS[@]}\";; esac; "
            + "__sm_b=$LINENO:${#BASH_LINENO[@]}:${BASH_LINENO[${#BASH_LINENO[@]}>1?${#BASH_LINENO[@]}-2:0]} "
            + "__sm_d=$BASH_COMMAND";

    /** The same trap for a block that may trace: nobody should see it in the trace, and hiding it costs. */
    static String untraced(String trap) {
        return "{ " + trap + "; } 2>/dev/null";
    }

    /** Saves what the block left and makes the shell fit for framing; once only for each block, whoever comes first. */
    private static final String QUIET = "case $__sm_w in 1) "
            + "case $__sm_n in 0) __sm_s=$?;; esac; __sm_f=$- __sm_w=0; \\builtin set +aeuxvmET; "
            + "\\builtin printf '\\036%s%sT\\036' \"$__sm_h1\" \"$__sm_h2\" >&63; "
            + "\\builtin trap -p DEBUG ERR INT >&63; \\builtin trap - DEBUG ERR; "
            + "__sm_v=(\"${PS1-}\" \"${PS2-}\" \"${PS0-}\" \"${PROMPT_COMMAND-}\" \"${TMOUT-}\"); "
            + "PS1= PS2= PS0=; \\builtin unset -v PROMPT_COMMAND TMOUT;; esac";

    /**
     * Only here, inside the sourced line, may the URG trap throw: bash 5.2 dies of it while it reads a top-level line.
     * Before and after it leaves a mark, and a block that has not begun then does not begin.
     */
    private static final String RUN = "\\builtin exec 60<&-; __sm_w=1; "
            + "case $__sm_z in 0) \\builtin eval \"$__sm_t\"; { __sm_s=$? __sm_n=1; } >/dev/null 2>&1;; esac; "
            + "{ \\builtin eval \"$__sm_q\"; } >/dev/null 2>&1";

    private static final String FUNCTIONS_TEXT = """
            __sm_r() { \\builtin return "$1"; }
            __sm_p() {
              PS1=${__sm_v[0]} PS2=${__sm_v[1]} PS0=${__sm_v[2]}
              case ${__sm_v[3]} in ?*) PROMPT_COMMAND=${__sm_v[3]};; esac
              case ${__sm_v[4]} in ?*) TMOUT=${__sm_v[4]};; esac
              \\builtin eval "$__sm_i"
              __sm_i=
            }
            __sm_a() {
              case $__sm_w in
                1)
                  \\builtin kill -INT "$$"
                  __sm_i=$(\\builtin trap -p INT)
                  \\builtin trap - INT
                  \\builtin kill -INT "$$";;
                *) __sm_z=1;;
              esac
            }
            __sm_o() {
              \\builtin printf '\\036%s%sE\\037%s\\037%s\\037%s\\037%s\\037%s\\036' "$__sm_h1" "$__sm_h2" "$__sm_N" "$@"
            } 2>/dev/null >&63
            __sm_t() {
              \\builtin local __sm_1="$1" __sm_2="$2" __sm_3="${3:0:300}" __sm_4="${#BASH_LINENO[@]}" __sm_5= __sm_6
              if [[ $__sm_c -lt 1000 ]]; then
                __sm_c=$((__sm_c + 1))
                if [[ $__sm_4 -gt 2 ]]; then __sm_2=${BASH_LINENO[__sm_4 - 2]}; fi
                for __sm_6 in "${@:4}"; do __sm_5=$__sm_5${__sm_5:+|}$__sm_6; done
                case $# in 4) __sm_5=$__sm_1;; esac
                __sm_o "$__sm_2" "${__sm_3//[[:cntrl:]]/ }" "$__sm_5" e
              fi
              \\builtin return "$__sm_1"
            }
            __sm_m() {
              \\builtin local __sm_1="$1" __sm_3="${__sm_b%%:*}" __sm_5= __sm_6 __sm_7=0 __sm_8=t
              case $__sm_b in *:1:*) ;; *) __sm_3=${__sm_b##*:} __sm_8=f;; esac
              \\builtin shift
              for __sm_6 in "$@"; do
                case $__sm_6 in 0|141) ;; *) __sm_7=1;; esac
                __sm_5=$__sm_5${__sm_5:+|}$__sm_6
              done
              if [[ $__sm_5 == "$__sm_l" ]]; then __sm_8=${__sm_8}s; fi
              __sm_l=$__sm_5
              if [[ $__sm_1 == 0 && ${@: -1} == 0 && $__sm_7 == 1 && $__sm_c -lt 1000 ]]; then
                __sm_c=$((__sm_c + 1))
                __sm_6=${__sm_d:0:300}
                __sm_o "$__sm_3" "${__sm_6//[[:cntrl:]]/ }" "$__sm_5" "$__sm_8"
              fi
            }
            __sm_k() {
              \\builtin printf '\\036%s%sR\\037\\036' "$__sm_h1" "$__sm_h2" >&63
              IFS= \\builtin read -r -d '' "$1" && \\builtin export "$1"
              \\builtin printf '\\036%s%sR\\037%s\\036' "$__sm_h1" "$__sm_h2" "$?" >&63
            }
            __sm_x() {
              \\builtin printf '\\036%s%sX\\037%s\\037%s\\037%s\\037%s\\036' "$__sm_h1" "$__sm_h2" "$@"
            }
            __sm_e() {
              __sm_z=0
              \\builtin unset -v __sm_t "${@:2}"
              {
                \\builtin printf '\\036%s%sP\\036' "$__sm_h1" "$__sm_h2"
                \\builtin pwd
                \\builtin printf '\\036%s%sV\\036' "$__sm_h1" "$__sm_h2"
                \\builtin declare -p
                case $__sm_g in
                  1) \\builtin printf '\\036%s%sF\\036' "$__sm_h1" "$__sm_h2"; \\builtin declare -f;;
                esac
                __sm_x "$1" "$__sm_s" "$__sm_n" "$__sm_f"
              } 2>/dev/null >&63
              {
                __sm_x "$1" "$__sm_s" "$__sm_n" "" >&61
                __sm_x "$1" "$__sm_s" "$__sm_n" "" >&62
                case $__sm_y in 1) __sm_x "$1" "$__sm_s" "$__sm_n" "" >/dev/tty;; esac
              } 2>/dev/null
            }
            """;

    /** Where a block's input and output are. */
    static final String CAPTURED = "</dev/null";
    static final String ATTACHED = "</dev/tty >/dev/tty 2>&1";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=:,@%+ -]*");
    private static final Set<String> NOT_PLAIN = Set.of("if", "then", "elif", "else", "fi", "for", "while", "until",
            "do", "done", "case", "esac", "select", "function", "in", "time", "coproc", ".", "source", "eval", "unset");
    private static final Pattern TRACES = Pattern.compile("set\\s+-|xtrace|\\bsource\\s|(^|\\s)\\.\\s");
    private static final Pattern PIPE = Pattern.compile("(?<![|>])\\|(?!\\|)");
    private static final Pattern ERR = Pattern.compile("\\bERR\\b");
    private static final Pattern DEBUG_OR_RETURN = Pattern.compile("\\b(DEBUG|RETURN)\\b");

    private BashScript() { }

    /** The first text of a session: sets the shell up and reports what it is. */
    static String opening(String nonce, String fifo, boolean terminal) {
        return opening(nonce, "exec 61>&1 62>&2 63<>" + quote(fifo), terminal ? "1" : "0", "");
    }

    /** The first text of a session that has three streams only: the markers go among what it prints. */
    static String farOpening(String nonce) {
        return opening(nonce, "exec 61>&1 62>&2 63>&2", "$( (: >/dev/tty) 2>/dev/null && printf 1 || printf 0)",
                "__sm_d() { \\builtin printf '\\036%s%sD\\037%s\\036' \"$__sm_h1\" \"$__sm_h2\" \"$1\" >&63; }\n"
                + "__sm_U() { \\builtin local __sm_1 __sm_2; { IFS=' ' \\builtin read -r __sm_1 __sm_2 </proc/uptime"
                + " && \\builtin printf '\\036%s%sU\\037%s\\036' \"$__sm_h1\" \"$__sm_h2\" \"$__sm_1\" >&63; } 2>/dev/null; }\n"
                + "readonly -f __sm_d __sm_U\n__sm_T=$(case $__sm_y in 1) tty </dev/tty;; esac 2>/dev/null)\ntrap '__sm_d \"$?\"' EXIT\n");
    }

    private static String opening(String nonce, String descriptors, String terminal, String further) {
        int half = nonce.length() / 2;
        return descriptors + "\n"
                + "unset HISTFILE PROMPT_COMMAND PS0 TMOUT; set +o history +aeuxvHm; shopt -s execfail; PS1= PS2=\n"
                + "__sm_h1=" + nonce.substring(0, half) + " __sm_h2=" + nonce.substring(half)
                + " __sm_y=" + terminal + "\n"
                + "__sm_N=0 __sm_c=0 __sm_w=0 __sm_z=0 __sm_n=1 __sm_s=0 __sm_f= __sm_i="
                + " __sm_v=('' '' '' '' '') __sm_b=0:1:0 __sm_d= __sm_l= __sm_g=1\n"
                + "__sm_q=" + quote(QUIET) + " __sm_u=" + quote(RUN) + "\n"
                + FUNCTIONS_TEXT
                + "readonly __sm_h1 __sm_h2 __sm_q __sm_u __sm_y\n"
                + "readonly -f __sm_r __sm_p __sm_a __sm_o __sm_t __sm_m __sm_k __sm_x __sm_e\n"
                // Nobody sends URG to a shell; here it throws away the rest of a block that was cancelled.
                + "trap __sm_a URG\n" + further
                + "printf '\\036%s%sR\\037%s\\037%s\\037%s\\037%s\\037%s\\037%s\\037%s\\036' \"$__sm_h1\" \"$__sm_h2\""
                + " \"$HOSTNAME\" \"$(id -un 2>/dev/null)\" \"$$\" \"$PWD\" \"$BASH_VERSION\" \"$__sm_y\""
                + " \"$__sm_T\" >&63\n";
    }

    /** A block as the shell gets it. */
    static String block(long number, String text, Framing framing, int status, Collection<String> secretNames) {
        String flags = framing.flags();
        String before = "{ __sm_p; \\builtin trap -- \"$__sm_j\" ERR; "
                + (flags.isEmpty() ? "" : "\\builtin set -" + flags + "; ")
                + (framing.debugTrap().isEmpty() ? "" : "\\builtin trap -- \"$__sm_D\" DEBUG; ")
                + "__sm_r " + status + " && :; } >/dev/null 2>&1; ";
        // Any simple command: before it runs, the DEBUG trap sees the last pipe.
        String after = framing.watchesPipes() ? "\n\n{ __sm_r \"$?\" && :; } >/dev/null 2>&1" : "";
        return "__sm_N=" + number + " __sm_c=0 __sm_n=0 __sm_b=0:1:0 __sm_d= __sm_l= __sm_g=" + (isPlain(text) ? 0 : 1)
                + " __sm_j=" + quote(framing.errTrap()) + " __sm_D="
                + quote(framing.debugTrap()) + " __sm_t=" + quote(before + text + after) + "\n"
                + "\\builtin source /dev/fd/60 60<<<\"$__sm_u\" "
                + (framing.attached() ? ATTACHED : CAPTURED) + "\n"
                + end(number, secretNames, framing.attached() ? jobs(number) : "");
    }

    /** Tells which jobs of a block that had the terminal were suspended. */
    private static String jobs(long number) {
        return "{ \\builtin printf '\\036%s%sJ\\037%s\\037%s\\036' \"$__sm_h1\" \"$__sm_h2\" "
                + number + " \"$(\\builtin jobs -s)\" >&63; } 2>/dev/null; ";
    }

    /** The line that prints the end markers; it can be sent again when an interrupt may have swallowed it. */
    static String end(long number, Collection<String> secretNames) {
        return end(number, secretNames, "");
    }

    private static String end(long number, Collection<String> secretNames, String before) {
        StringBuilder line = new StringBuilder("{ \\builtin eval \"$__sm_q\"; } >/dev/null 2>&1; " + before + "__sm_e ");
        line.append(number);
        secretNames.forEach(name -> line.append(' ').append(name));
        return line.append('\n').toString();
    }

    /** Asks for the value of a variable; it is written after the shell has said that it reads. */
    static String secret(String name) {
        return "{ __sm_k " + name + "; } 2>/dev/null\n";
    }

    /**
     * Whether a text is words on one line, without quoting, keyword or shell syntax. Such a text is never incomplete
     * and defines no function, unless by reading or building another text.
     */
    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && Arrays.stream(text.split(" ")).noneMatch(NOT_PLAIN::contains);
    }

    /** Whether a text holds a pipe: only then is the price of watching its members paid. */
    static boolean hasPipe(String text) {
        return PIPE.matcher(text).find();
    }

    /** Whether a text may switch the trace on. */
    static boolean mayTrace(String text) {
        return TRACES.matcher(text).find();
    }

    static boolean namesErr(String text) {
        return ERR.matcher(text).find();
    }

    static boolean namesDebugOrReturn(String text) {
        return DEBUG_OR_RETURN.matcher(text).find();
    }

    /** One word, in single quotes. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

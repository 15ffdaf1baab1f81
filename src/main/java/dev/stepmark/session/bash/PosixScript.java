package dev.stepmark.session.bash;

import java.util.Collection;

/**
 * The framing for what every POSIX shell understands (dash, the ash of busybox): descriptors of one digit, builtins only.
 * Such a shell throws away what it has read ahead when a builtin fails or an interrupt comes, the end of its line
 * included; its prompt, which carries the number of the block, tells, and then the end is sent again.
 */
final class PosixScript implements Script {

    private static final String FUNCTIONS = """
            __sm_x() { printf '\\036%s%sX\\037%s\\037%s\\037%s\\037%s\\036' "$__sm_h1" "$__sm_h2" "$@"; }
            __sm_d() { printf '\\036%s%sD\\037%s\\036' "$__sm_h1" "$__sm_h2" "$1" >&9; }
            __sm_r() { return "$1"; }
            __sm_k() {
              printf '\\036%s%sR\\037\\036' "$__sm_h1" "$__sm_h2" >&9
              IFS= read -r __sm_1 && export "$1=$__sm_1"
              __sm_1=$?
              printf '\\036%s%sR\\037%s\\036' "$__sm_h1" "$__sm_h2" "$__sm_1" >&9
            }
            __sm_U() {
              { IFS=' ' read -r __sm_1 __sm_2 </proc/uptime
                printf '\\036%s%sU\\037%s\\036' "$__sm_h1" "$__sm_h2" "${__sm_1:-0}" >&9; } 2>/dev/null
            }
            __sm_c() {
              __sm_1=$(printf '%s\\n' "$__sm_t" | sh -n 2>&1) && return 0
              printf '\\036%s%sS\\037%s\\037%s\\036' "$__sm_h1" "$__sm_h2" "$__sm_N" \\
                "$(printf '%s' "sh: ${__sm_1:-it cannot be read}" | head -c 2000 | tr '\\036\\037\\000' '???')" >&9
              return 1
            }
            __sm_e() {
              { printf '\\036%s%sP\\036' "$__sm_h1" "$__sm_h2"
                pwd
                printf '\\036%s%sV\\036' "$__sm_h1" "$__sm_h2"
                export -p
                set
                __sm_x "$1" "$__sm_s" "$__sm_n" "$__sm_f"; } >&9 2>/dev/null
              { __sm_x "$1" "$__sm_s" "$__sm_n" "" >&8; __sm_x "$1" "$__sm_s" "$__sm_n" "" >&9
                case $__sm_y in 1) __sm_x "$1" "$__sm_s" "$__sm_n" "" >/dev/tty;; esac; } 2>/dev/null
            }
            """;

    /** The first text: what the shell is, in the same order as bash tells it. */
    static String opening(String nonce) {
        int half = nonce.length() / 2;
        String prompt = "\u001e" + nonce + "Q\u001f$__sm_N\u001e";
        return "exec 8>&1 9>&2; set +aeuxv; PS2=; __sm_N=0 __sm_n=1 __sm_s=0 __sm_f= __sm_t=; PS1='" + prompt + "'\n"
                + "__sm_h1=" + nonce.substring(0, half) + " __sm_h2=" + nonce.substring(half)
                + " __sm_y=$( (: >/dev/tty) 2>/dev/null && printf 1 || printf 0)\n"
                + FUNCTIONS
                + "readonly __sm_h1 __sm_h2 __sm_y; trap '__sm_d \"$?\"' EXIT\n"
                + "printf '\\036%s%sR\\037%s\\037%s\\037%s\\037%s\\037%s\\037%s\\037%s\\036' \"$__sm_h1\" \"$__sm_h2\""
                + " \"$(hostname 2>/dev/null || uname -n)\" \"$(id -un 2>/dev/null)\" \"$$\" \"$PWD\" \"\" \"$__sm_y\""
                + " \"$(case $__sm_y in 1) tty </dev/tty;; esac"
                + " 2>/dev/null)\" >&9\n";
    }

    @Override
    public char secretEnd() {
        return '\n';
    }

    @Override
    public String block(long number, String text, Framing framing, int status, Collection<String> secretNames) {
        String flags = framing.flags().replaceAll("[^aeuxv]", "");
        String set = flags.isEmpty() ? "" : "set -" + flags + "; ";
        String check = BashScript.isPlain(text) ? ":" : "__sm_c";
        // one line: what is thrown away is thrown away as a whole, and nothing of it is read as input by a program
        return "__sm_t=" + BashScript.quote(text) + " __sm_N=" + number + " __sm_n=0 __sm_s=2 __sm_f=; __sm_U; if " + check
                + "; then { " + set + "__sm_r " + status + " && :; } 2>/dev/null; eval \"$__sm_t\" </dev/null; { __sm_s=$? __sm_n=1 __sm_f=$-;"
                + " set +aeuxv; } 2>/dev/null; fi; " + end(number, secretNames);
    }

    @Override
    public String end(long number, Collection<String> secretNames) {
        StringBuilder line = new StringBuilder("{ case $__sm_f in '') __sm_f=$-; set +aeuxv;; esac; } 2>/dev/null; "
                + "unset __sm_t");
        secretNames.forEach(name -> line.append(' ').append(name));
        return line + "; __sm_e " + number + "\n";
    }
}

package dev.stepmark.classify;

import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.shell.ShellVariables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Variables of the shell that no block before has set (pattern 21): the reader is meant to set them. What a shell or a
 * login sets is none, nor what the front matter declares.
 */
final class UnsetVariables {

    private static final Pattern COMMON = Pattern.compile("HOME|USER|LOGNAME|PATH|PWD|OLDPWD|SHELL|TERM|LANG|HOSTNAME|HOSTTYPE|"
            + "OSTYPE|MACHTYPE|TMPDIR|TMP|TEMP|EDITOR|VISUAL|PAGER|UID|EUID|GID|PPID|RANDOM|SRANDOM|SECONDS|LINENO|IFS|PS[0-4]|OPT(ARG|IND)|"
            + "REPLY|PIPESTATUS|FUNCNAME|SHLVL|COLUMNS|LINES|DISPLAY|EPOCHSECONDS|CI|DEBIAN_FRONTEND|(BASH|LC|XDG|SSH|SUDO|DBUS|HIST|"
            + "COMP)_?[A-Z0-9_]*|MAIL|GROUPS|DIRSTACK|KUBECONFIG|[A-Z]*_?HOME|GOPATH|GOROOT|PYTHONPATH|VIRTUAL_ENV|NF|NR|FS|OFS|FNR|EOF");

    private final Set<String> known = new HashSet<>();
    private boolean opaque;

    UnsetVariables(FrontMatter frontMatter) {
        frontMatter.variables().forEach(v -> known.add(v.name()));
    }

    /** The holes of a text that a shell of this machine runs; what it sets is known from here on. */
    List<Placeholder> in(String text) {
        ShellVariables variables = ShellVariables.of(text);
        List<Placeholder> out = new ArrayList<>();
        opaque |= variables.opaque();
        variables.used().forEach((name, written) -> {
            boolean set = known.contains(name) || variables.set().contains(name) || COMMON.matcher(name).matches();
            if (!opaque && !set) {
                out.add(new Placeholder(name, written, Placeholders.soundsSecret(name)));
            }
        });
        known.addAll(variables.set());
        return out;
    }
}

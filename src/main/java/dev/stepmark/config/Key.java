package dev.stepmark.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be configured besides connections. */
public enum Key {

    /** Colour: as {@code --color}. */
    COLOR("defaults.color", "auto", Form.COLOR_MODE, Scope.ANYWHERE),
    /** Where runs are kept: as {@code --journal}. */
    JOURNAL("defaults.journal", "", Form.DIRECTORY, Scope.USER_ONLY),
    /** No cursor movement, letters spelled out. */
    ACCESSIBLE("accessible", "false", Form.FLAG, Scope.ANYWHERE, "ACCESSIBLE"),
    /** One BEL when a question follows a long step. */
    BELL("bell", "true", Form.FLAG, Scope.ANYWHERE),
    /** What a long step is. */
    NOTIFY_AFTER("notify.after", "60s", Form.DURATION, Scope.ANYWHERE),
    /** Run when a long step ended or a question waits. */
    NOTIFY_COMMAND("notify.command", "", Form.COMMAND, Scope.USER_ONLY),
    /** Whether it is run when nobody is at a terminal, too. */
    NOTIFY_UNATTENDED("notify.unattended", "false", Form.FLAG, Scope.USER_ONLY),
    /** The editor for {@code e}. */
    EDITOR("editor", "vi", Form.COMMAND, Scope.USER_ONLY, "VISUAL", "EDITOR"),
    /** The pager for {@code o}. */
    PAGER("pager", "less -FIRX", Form.COMMAND, Scope.USER_ONLY, "PAGER");

    private final String path;
    private final String byDefault;
    private final Form form;
    private final Scope scope;
    private final List<String> variables;

    Key(String path, String byDefault, Form form, Scope scope, String... variables) {
        this.path = path;
        this.byDefault = byDefault;
        this.form = form;
        this.scope = scope;
        this.variables = List.of(variables);
    }

    /** What its value must look like. */
    enum Form { FLAG, COLOR_MODE, DURATION, DIRECTORY, COMMAND }

    /** Which files may set it: a project file comes from a repository and starts no program. */
    enum Scope { ANYWHERE, USER_ONLY }

    /** As it is written in a file: {@code notify.after}. */
    public String path() {
        return path;
    }

    /** What holds when nobody says anything; empty for nothing. */
    public String byDefault() {
        return byDefault;
    }

    Form form() {
        return form;
    }

    Scope scope() {
        return scope;
    }

    /** Variables of the environment that say it, the first that is set counts. */
    List<String> variables() {
        return variables;
    }

    static Optional<Key> of(String path) {
        return Arrays.stream(values()).filter(k -> k.path.equals(path)).findFirst();
    }
}

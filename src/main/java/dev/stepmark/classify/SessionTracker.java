package dev.stepmark.classify;

import dev.stepmark.runbook.Attributes;
import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.SessionDeclaration.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions that a text opens and closes, as a stack (patterns 12 to 18): what is typed goes to the innermost one
 * that can take it. A command for the shell while psql is open goes to the shell around it; later SQL goes back to psql.
 */
final class SessionTracker {

    private static final class Open {
        private final SessionDeclaration declaration;
        private int closedBy;

        private Open(SessionDeclaration declaration) {
            this.declaration = declaration;
        }

        private Kind kind() {
            return declaration.kind();
        }

        private boolean isShell() {
            return kind() == Kind.SHELL || kind() == Kind.REMOTE_SHELL;
        }
    }

    private final Map<String, Open> all = new LinkedHashMap<>();
    private final List<Open> stack = new ArrayList<>();
    private final FrontMatter frontMatter;
    private CodeView.Typed typed = CodeView.Typed.SHELL;
    private int psqlCount;

    SessionTracker(FrontMatter frontMatter) {
        this.frontMatter = frontMatter;
    }

    /** Who reads what is typed now. */
    CodeView.Typed typed() {
        return typed;
    }

    /** All sessions in the order in which the text first speaks of them. */
    List<SessionDeclaration> declarations() {
        return all.values().stream().map(o -> new SessionDeclaration(o.declaration.id(), o.declaration.kind(),
                o.declaration.parent(), o.declaration.label(), o.declaration.openedBy(), o.closedBy,
                o.declaration.opener(), o.declaration.connection())).toList();
    }

    SessionDeclaration declaration(String id) {
        return all.get(id).declaration;
    }

    /** The session for a shell block. */
    String shell(Attributes attributes) {
        typed = CodeView.Typed.SHELL;
        if (attributes.get("session").isPresent()) {
            return named(attributes.get("session").get(), Kind.SHELL, "");
        }
        if (attributes.get("target").isPresent()) {
            String target = attributes.get("target").get();
            return all.containsKey(target) ? target
                    : add(target, Kind.REMOTE_SHELL, "", "shell on target " + target, 0, "", "").declaration.id();
        }
        return innermostShell().orElseGet(this::local).declaration.id();
    }

    /** The session for SQL: psql opened in the current shell, else one that nothing in the text opens. */
    String sql(Attributes attributes) {
        typed = CodeView.Typed.PSQL;
        Optional<String> connection = attributes.get("connection");
        if (attributes.get("session").isPresent()) {
            return named(attributes.get("session").get(), Kind.PSQL, connection.orElse(""));
        }
        if (connection.isPresent()) {
            return named(connection.get(), Kind.PSQL, connection.get());
        }
        return currentSql().map(o -> o.declaration.id()).orElseGet(this::unopened);
    }

    /** A session that a command or a person opens inside the current shell; the command has been given to it. */
    String open(Kind kind, String base, String label, int line, String opener) {
        String parent = innermostShell().map(o -> o.declaration.id()).orElse("");
        String id = kind == Kind.PSQL ? "psql" + ++psqlCount : base;
        for (int i = 2; all.containsKey(id); i++) {
            id = kind == Kind.PSQL ? "psql" + ++psqlCount : base + i;
        }
        stack.add(add(id, kind, parent, label, line, opener, ""));
        typed = kind == Kind.PSQL ? CodeView.Typed.PSQL : kind == Kind.MYSQL ? CodeView.Typed.MYSQL
                : kind == Kind.OTHER ? CodeView.Typed.OTHER : CodeView.Typed.SHELL;
        return id;
    }

    /** The kind of the client that is open inside the innermost shell, whatever was typed into that shell since. */
    Optional<Kind> openClient() {
        for (int i = stack.size() - 1; i >= 0 && !stack.get(i).isShell(); i--) {
            if (stack.get(i).kind() == Kind.PSQL || stack.get(i).kind() == Kind.MYSQL) {
                return Optional.of(stack.get(i).kind());
            }
        }
        return Optional.empty();
    }

    /** A shell on this machine beside all that is open: what is typed next goes there. */
    void newTerminal() {
        Open shell = local();
        stack.remove(shell);
        stack.add(shell);
        typed = CodeView.Typed.SHELL;
    }

    /** A database that something outside of the text opens: later SQL goes to it, and the operator says what it is. */
    void database() {
        typed = CodeView.Typed.PSQL;
        String parent = openRemoteShell().orElse("");
        stack.add(add(freeId("sql"), Kind.PSQL, parent, "the database", 0, "", ""));
    }

    /** The innermost session of a kind, inside the innermost shell; one that nothing in the text opens when there is none. */
    String client(Kind kind, String base, String label) {
        for (int i = stack.size() - 1; i >= 0 && !stack.get(i).isShell(); i--) {
            if (stack.get(i).kind() == kind) {
                return stack.get(i).declaration.id();
            }
        }
        for (Open open : all.values()) {
            if (open.kind() == kind && open.declaration.openedBy() == 0) {
                return open.declaration.id();
            }
        }
        return add(freeId(base), kind, openRemoteShell().orElse(""), label, 0, "", "").declaration.id();
    }

    /** Ends a session and all that were opened inside it; what is typed next goes to the shell around it. */
    void close(String id, int line) {
        Open open = all.get(id);
        int at = stack.indexOf(open);
        if (at >= 0) {
            stack.subList(at, stack.size()).clear();
        }
        open.closedBy = line;
        typed = CodeView.Typed.SHELL;
    }

    /** The psql session that SQL would go to now, when the text has opened one. */
    Optional<String> openSql() {
        return currentSql().map(o -> o.declaration.id());
    }

    /** The innermost shell that a person or a command has opened, when the text is inside one. */
    Optional<String> openRemoteShell() {
        return innermostShell().filter(o -> o.kind() == Kind.REMOTE_SHELL).map(o -> o.declaration.id());
    }

    /** The open session with this kind of thing in its id, for example {@code pod}. */
    Optional<String> openNamed(String base) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.get(i).declaration.id().matches(java.util.regex.Pattern.quote(base) + "\\d*")) {
                return Optional.of(stack.get(i).declaration.id());
            }
        }
        return Optional.empty();
    }

    private Optional<Open> innermostShell() {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.get(i).isShell()) {
                return Optional.of(stack.get(i));
            }
        }
        return Optional.empty();
    }

    private Optional<Open> currentSql() {
        for (int i = stack.size() - 1; i >= 0 && !stack.get(i).isShell(); i--) {
            if (stack.get(i).kind() == Kind.PSQL) {
                return Optional.of(stack.get(i));
            }
        }
        return Optional.empty();
    }

    private Open local() {
        Open shell = all.get("shell");
        if (shell == null || shell.kind() != Kind.SHELL) {
            shell = add(freeId("shell"), Kind.SHELL, "", "shell on this machine", 0, "", "");
        }
        if (!stack.contains(shell)) {
            stack.add(0, shell);
        }
        return shell;
    }

    /** SQL without a psql in the text: the operator's connection, and inside a remote shell one that belongs there. */
    private String unopened() {
        String parent = openRemoteShell().orElse("");
        for (Open open : all.values()) {
            boolean same = open.kind() == Kind.PSQL && open.declaration.openedBy() == 0
                    && open.declaration.parent().equals(parent) && open.declaration.id().startsWith("sql");
            if (same) {
                return open.declaration.id();
            }
        }
        String connection = frontMatter.connections().size() == 1 ? frontMatter.connections().keySet().iterator().next() : "";
        return add(freeId("sql"), Kind.PSQL, parent, "the database", 0, "", parent.isEmpty() ? connection : "")
                .declaration.id();
    }

    private String named(String id, Kind kind, String connection) {
        if (!all.containsKey(id)) {
            String use = kind == Kind.PSQL && connection.isEmpty() && frontMatter.connections().containsKey(id) ? id : connection;
            add(id, kind, "", kind == Kind.PSQL ? "database session " + id : "shell session " + id, 0, "", use);
        }
        return id;
    }

    private String freeId(String base) {
        String id = base;
        for (int i = 2; all.containsKey(id); i++) {
            id = base + i;
        }
        return id;
    }

    private Open add(String id, Kind kind, String parent, String label, int line, String opener, String connection) {
        Open open = new Open(new SessionDeclaration(id, kind, parent, label, line, 0, opener, connection));
        all.put(id, open);
        return open;
    }
}

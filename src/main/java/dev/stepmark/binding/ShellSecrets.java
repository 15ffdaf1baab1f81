package dev.stepmark.binding;

import dev.stepmark.binding.Interpreters.Language;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.shell.ShellPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Secrets in shell text: the hole becomes a reference to a variable that exists while the text runs. Where the shell
 * would hand the value to a program as an argument, which every user of the machine can read, a client of PostgreSQL or
 * MySQL gets it in its environment instead; of other programs it is said.
 */
final class ShellSecrets {

    private static final Set<String> BUILTINS = Set.of("echo", "printf", "export", "read", "test", "[", "[[", "declare",
            "local", "readonly", "typeset", "set", "eval", "alias", ":", "let", "unset");
    private static final Set<String> POSTGRES = Set.of("psql", "pg_dump", "pg_dumpall", "pg_restore", "pg_basebackup",
            "pg_isready", "createdb", "dropdb", "createuser", "dropuser", "vacuumdb", "reindexdb", "clusterdb", "pgbench");
    private static final Set<String> MYSQL = Set.of("mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck",
            "mariadb", "mariadb-dump", "mariadb-admin");

    private final Filling filling;
    private final String text;
    private final List<Runnable> moves = new ArrayList<>();

    ShellSecrets(Filling filling, String text) {
        this.filling = filling;
        this.text = text;
    }

    void fill(char mark, ShellPlace place) {
        Placeholder hole = filling.marked().placeholder(mark);
        Language language = Interpreters.of(place);
        if (language == Language.SQL) {
            throw new Unfit("the secret " + hole.name() + " cannot be put into SQL text, where the server would log it");
        }
        if (language != Language.NONE) {
            throw new Unfit("the secret " + hole.name() + " stands in code that another program reads");
        }
        int at = text.indexOf(mark);
        if (moved(mark, place, hole)) {
            return;
        }
        boolean url = UrlPart.of(place.word(), mark) != null;
        String name = filling.secret(hole, url);
        filling.edit(at, at + 1, switch (place.context()) {
            case UNQUOTED -> "\"${" + name + "}\"";
            case DOUBLE, HEREDOC -> "${" + name + "}";
            case SINGLE -> "'\"${" + name + "}\"'";
            case ANSI -> "'\"${" + name + "}\"$'";
            case COMMENT -> hole.raw();
            case HEREDOC_QUOTED -> throw new Unfit("the secret " + hole.name() + " stands in a here-document whose"
                    + " delimiter is quoted, where a variable is not expanded");
            default -> throw new Unfit("the secret " + hole.name() + " stands where a variable cannot");
        });
        if (place.index() > 0 && !BUILTINS.contains(place.command().get(0))) {
            filling.warn("the secret " + hole.name() + " becomes an argument of " + place.command().get(0)
                    + ", where other users of that machine can read it while it runs");
        }
    }

    /** Whether the client of a database takes the password from its environment instead. */
    private boolean moved(char mark, ShellPlace place, Placeholder hole) {
        if (place.start() < 0 || place.index() < 1) {
            return false;
        }
        String program = place.command().get(0).substring(place.command().get(0).lastIndexOf('/') + 1);
        int at = text.indexOf(mark);
        String word = place.word();
        int inWord = word.indexOf(mark);
        boolean password = word.matches("(?s)postgres(ql)?://[^@/]*:" + mark + "@.*");
        if (POSTGRES.contains(program) && password && text.startsWith(":" + mark + "@", at - 1)) {
            moves.add(() -> move("PGPASSWORD", hole, place.start(), at - 1, at + 1));
            return true;
        }
        String option = word.substring(0, inWord);
        boolean whole = inWord == word.length() - 1 && text.startsWith(option + mark, at - option.length());
        if (MYSQL.contains(program) && whole && (option.equals("-p") || option.equals("--password="))) {
            moves.add(() -> move("MYSQL_PWD", hole, place.start(), at - option.length(), at + 1));
            return true;
        }
        return false;
    }

    private void move(String variable, Placeholder hole, int command, int start, int end) {
        int blank = start > 0 && text.charAt(start - 1) == ' ' && !variable.equals("PGPASSWORD") ? start - 1 : start;
        filling.edit(blank, end, "");
        filling.edit(command, command, variable + "=\"${" + filling.secret(hole, false) + "}\" ");
    }

    /** Once the form of the text has been compared: this changes it, and is meant to. */
    void moveOutOfArguments() {
        moves.forEach(Runnable::run);
    }
}

package dev.stepmark.cli;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of a document uses a server, and what reaches beyond one: by its text, before anything is run. */
final class DatabasePrograms {

    private static final Pattern USES = Pattern.compile("\\b(psql|pg_\\w+|createdb|dropdb|createuser|dropuser|pgbench"
            + "|vacuumdb|reindexdb|clusterdb|PG(HOST|PORT|USER|DATABASE)|stepmark (run|demo))\\b");
    /** SQL that starts a program, reads or writes files of the machine, or connects elsewhere. */
    private static final Pattern BEYOND = Pattern.compile("(?is)\\bprogram\\b|`|\\bdblink|_fdw\\b"
            + "|\\blanguage\\s+'?(c|\\w+u)\\b|\\blo_(im|ex)port\\b|\\bpg_(read|ls|stat)_\\w*(file|dir)|\\bsubscription\\b"
            + "|\\balter\\s+system\\b|\\bcopy\\b[^;]*\\b(from|to)\\s+'|\\bload\\s+'"
            + "|\\\\(?!(d\\w*|l|x|q|t|a|timing|pset|echo|set|unset|if|elif|else|endif)\\b)");

    private DatabasePrograms() { }

    /** Whether a program that it runs in a shell looks for a server. */
    static boolean in(Runbook runbook) {
        return runbook.sessions().stream().anyMatch(s -> s.kind() == SessionDeclaration.Kind.PSQL)
                || executables(runbook).anyMatch(b -> USES.matcher(b.text()).find());
    }

    /**
     * The blocks that could reach beyond a throwaway server: every shell block, and SQL that starts programs or connects
     * elsewhere. SQL is judged by its words, and rather too strictly.
     */
    static List<Block> reachingOut(Runbook runbook) {
        List<Block> out = new ArrayList<>();
        executables(runbook).forEach(block -> {
            boolean opens = block.statements().stream().allMatch(s -> s.kind()
                    == dev.stepmark.runbook.Statement.Kind.OPENER);
            boolean sql = block.executor() == Executor.PSQL;
            boolean probe = block.attributes().verify().filter(v -> !sql || BEYOND.matcher(v).find()).isPresent();
            if (probe || !opens && (!sql || BEYOND.matcher(block.text()).find())) {
                out.add(block);
            }
        });
        return out;
    }

    private static Stream<Block> executables(Runbook runbook) {
        return runbook.mainSteps().stream().flatMap(s -> s.executables().stream());
    }
}

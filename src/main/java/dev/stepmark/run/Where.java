package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Risk;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.ConnectionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a block runs, in words: never left to be guessed. */
final class Where {

    private final Parts parts;

    Where(Parts parts) {
        this.parts = parts;
    }

    /** The words before the bracket: {@code Run 3 as shell on ops-1?}, {@code Run 6 on factory?}. */
    String prompt(String label, Block block) {
        if (!block.opens().isEmpty()) {
            return "Run " + label + ": open the session?";
        }
        if (block.closes()) {
            return "Run " + label + ": close the session?";
        }
        if (block.executor() == Executor.SHELL) {
            boolean overruled = !block.inferences().isEmpty();
            if (Jobs.takes(block)) {
                return "Run " + label + " in the background on " + host() + "?";
            }
            return "Run " + label + (overruled ? " as shell on " : " on ") + parts.stack().host(block.session())
                    .orElseGet(this::host) + "?";
        }
        return "Run " + label + " on " + database(block.session()) + "?";
    }

    /** Remarks before the text: which session is opened first, and how, and who gets the terminal. */
    List<String> remarks(Block block) {
        boolean closer = block.closes() || !block.opens().isEmpty();
        if (closer) {
            return List.of();
        }
        List<String> out = new ArrayList<>(parts.pool().announce(block.session()));
        new Variables(parts).in(block).forEach((name, value) -> out.add("with " + name + " = " + value));
        out.addAll(parts.attachments().remarks(block));
        out.addAll(Jobs.remarks(block));
        return out;
    }

    /** Labelled facts below the text: where it goes. */
    List<StepCard.Fact> facts(Block block) {
        List<StepCard.Fact> out = new ArrayList<>();
        if (!block.opens().isEmpty()) {
            openerFacts(block, out);
        } else {
            String id = block.session();
            String label = parts.pool().live(id).map(s -> s.opened().label()).orElse("");
            String belongs = belongs(id);
            boolean grave = block.risk() == Risk.DESTRUCTIVE;
            if (grave || !belongs.isEmpty()) {
                out.add(new StepCard.Fact("On", (label.isEmpty() ? host() : label) + belongs));
            }
            parts.stack().fact(id).ifPresent(out::add);
        }
        // the probe runs without a question of its own, so it is confirmed here
        block.attributes().verify().ifPresent(probe -> out.add(new StepCard.Fact("Then", "a probe proves it: "
                + parts.fill(probe, block).text())));
        return out;
    }

    /** A block that the document meant for another place says so each time. */
    private String belongs(String session) {
        SessionDeclaration root = parts.pool().declaration(parts.targets().root(session));
        return root.kind() == SessionDeclaration.Kind.REMOTE_SHELL && !parts.targets().nested(root.id()) ? "; the document means the " + root.label()
                + ", and you said: here" : "";
    }

    private void openerFacts(Block block, List<StepCard.Fact> out) {
        if (parts.pool().isClient(block.opens())) {
            out.addAll(new Clients(parts.desk()).facts(parts.fill(block.text(), block).text()));
            return;
        }
        SessionDeclaration opened = parts.pool().declaration(block.opens());
        if (opened.kind() != SessionDeclaration.Kind.PSQL) {
            out.addAll(parts.stack().opener(block, opened));
            return;
        }
        SessionFactory.ConnectionPlan plan = parts.pool().plan(opened, parts.fill(block.text(), block).text());
        if (!plan.problem().isEmpty()) {
            out.add(new StepCard.Fact("Cannot", plan.problem()));
        }
        plan.spec().ifPresent(spec -> out.add(new StepCard.Fact("Opens", spec.database() + " as " + spec.user() + " on "
                + spec.place() + sources(spec))));
        plan.needs().forEach(n -> out.add(new StepCard.Fact("Asks", "the " + n.field() + ": " + n.reason())));
        String label = parts.pool().declaration(block.opens()).label();
        if (!label.isEmpty() && plan.spec().isPresent()) {
            out.add(new StepCard.Fact("By", plan.spec().get().psql().map(psql -> psql.display() + ": "
                    + psql.reason()).orElse("Stepmark itself, over JDBC; no psql is started")));
        }
    }

    private static String sources(ConnectionSpec spec) {
        String from = String.join(", ", spec.sources().values().stream().distinct().sorted().toList());
        return from.isEmpty() ? "" : "  (" + from + ")";
    }

    /** This machine's name. */
    String host() {
        return Optional.ofNullable(parts.desk().log().state().started().host().get("name")).filter(h -> !h.isEmpty())
                .orElse("this machine");
    }

    String database(String session) {
        Map<String, String> identity = parts.pool().live(session).map(s -> s.opened().identity()).orElse(Map.of());
        String before = Replay.of(parts.desk().log(), session).map(Replay::database).orElse("");
        return identity.getOrDefault("database", before.isEmpty() ? parts.pool().declaration(session).label()
                : before);
    }
}

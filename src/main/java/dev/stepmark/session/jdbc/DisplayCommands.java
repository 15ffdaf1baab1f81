package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.PsqlBoolean;
import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import dev.stepmark.table.TableOptions.Format;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How results look: {@code \pset} with its short forms, and {@code \timing}. */
final class DisplayCommands {

    private static final Set<String> SILENT = Set.of("t", "tuples_only", "footer", "numericlocale");

    private DisplayCommands() { }

    static void register(Map<String, MetaCommands.Handler> handlers) {
        handlers.put("\\pset", DisplayCommands::pset);
        handlers.put("\\x", call -> set(call, "expanded", call.nextPlain()));
        handlers.put("\\t", call -> set(call, "tuples_only", call.nextPlain()));
        handlers.put("\\f", call -> set(call, "fieldsep", call.next()));
        handlers.put("\\C", call -> set(call, "title", call.nextPlain()));
        handlers.put("\\T", call -> set(call, "tableattr", call.next()));
        handlers.put("\\a", call -> set(call, "format", Optional.of(
                call.client().table().format() == Format.ALIGNED ? "unaligned" : "aligned")));
        handlers.put("\\H", DisplayCommands::html);
        handlers.put("\\html", DisplayCommands::html);
        handlers.put("\\timing", DisplayCommands::timing);
    }

    private static Outcome html(Call call) {
        return set(call, "format", Optional.of(call.client().table().format() == Format.HTML ? "aligned" : "html"));
    }

    private static Outcome pset(Call call) {
        Optional<String> name = call.next();
        if (name.isEmpty()) {
            call.output().out(Pset.all(call.client().table()));
            return call.run().done();
        }
        return set(call, name.get(), call.next());
    }

    private static Outcome set(Call call, String name, Optional<String> value) {
        TableOptions before = call.client().table();
        Pset.Applied applied = Pset.apply(before, name, value);
        if (!applied.accepted()) {
            return new Outcome.Refused(applied.text());
        }
        if (!applied.options().format().printable()) {
            return new Outcome.Refused("the format " + applied.options().format().word() + " is not supported; aligned,"
                    + " wrapped, unaligned and csv are");
        }
        call.client().table(applied.options());
        // psql says nothing about these when they are given a value
        boolean silent = value.isPresent() && SILENT.contains(name);
        if (!call.client().quiet() && !silent && !applied.text().isEmpty()) {
            call.output().out(applied.text() + "\n");
        }
        return call.run().done(applied.options().equals(before) ? Optional.empty()
                : change(name, value, applied.options()));
    }

    /** A switch that was turned is kept as what it is now. */
    private static Optional<Outcome.Change> change(String name, Optional<String> value, TableOptions now) {
        String command = "\\pset " + name;
        if (value.isPresent()) {
            return Changes.of(command, value.get());
        }
        return switch (name) {
            case "expanded", "x", "vertical" -> Changes.raw(command, onOff(now.expanded() != TableOptions.Expanded.OFF));
            case "tuples_only", "t" -> Changes.raw(command, onOff(now.tuplesOnly()));
            case "footer" -> Changes.raw(command, onOff(now.footer()));
            case "numericlocale" -> Changes.raw(command, onOff(now.numericLocale()));
            case "pager" -> Changes.raw(command, onOff(now.pager() != TableOptions.Pager.OFF));
            default -> Changes.raw(command, "");
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Outcome timing(Call call) {
        Optional<String> value = call.next();
        Optional<Boolean> on = value.isEmpty() ? Optional.of(!call.client().timing()) : PsqlBoolean.parse(value.get());
        if (on.isEmpty()) {
            return new Outcome.Refused("unrecognized value \"" + value.get() + "\" for \"\\timing\": Boolean expected");
        }
        call.client().timing(on.get());
        if (!call.client().quiet()) {
            call.output().out("Timing is " + onOff(on.get()) + ".\n");
        }
        return call.run().done(Changes.raw("\\timing", onOff(on.get())));
    }
}

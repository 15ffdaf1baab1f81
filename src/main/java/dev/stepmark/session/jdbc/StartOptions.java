package dev.stepmark.session.jdbc;

import dev.stepmark.table.Pset;
import dev.stepmark.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of a psql command that say how its session behaves and looks: {@code -A}, {@code -F ;}, {@code -v name=value}. */
public final class StartOptions {

    private static final Set<String> WAITING = Set.of("SINGLESTEP", "SINGLELINE");

    private StartOptions() { }

    /** Settings of the session that an option makes, as the commands that would make them; empty when it makes none. */
    private record Setting(String command, String name, Optional<String> value) { }

    /** The options among these that only a real psql has, as written. */
    public static List<String> beyond(List<String> options) {
        List<String> beyond = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            String value = valued(option) ? options.get(++i) : "";
            if (setting(option, value).filter(StartOptions::here).isEmpty()) {
                beyond.add((option + " " + value).strip());
            }
        }
        return beyond;
    }

    private static boolean here(Setting setting) {
        boolean waits = setting.command().equals("\\set") && WAITING.contains(setting.name());
        return !waits && (!setting.command().equals("\\pset") || Pset.apply(TableOptions.DEFAULTS, setting.name(),
                setting.value()).options().format().printable());
    }

    /** Whether psql itself would not start with these: why, in its words. */
    public static Optional<String> problem(List<String> options) {
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).equals("-P")) {
                String value = options.get(i + 1);
                Setting setting = pset(value);
                if (!Pset.apply(TableOptions.DEFAULTS, setting.name(), setting.value()).accepted()) {
                    return Optional.of("could not set printing parameter \"" + setting.name() + "\" (-P " + value + ")");
                }
            }
            i += valued(options.get(i)) ? 1 : 0;
        }
        return Optional.empty();
    }

    static void apply(List<String> options, Client client) {
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            setting(option, valued(option) ? options.get(++i) : "").ifPresent(setting -> {
                switch (setting.command()) {
                    case "\\pset" -> client.table(Pset.apply(client.table(), setting.name(), setting.value()).options());
                    case "\\set" -> client.variables().set(setting.name(), setting.value().orElse(""));
                    case "\\unset" -> client.variables().unset(setting.name());
                    default -> { }
                }
            });
        }
    }

    private static boolean valued(String option) {
        return "-F-R-P-v-T-L-o".contains(option) && option.length() == 2;
    }

    private static Optional<Setting> setting(String option, String value) {
        return Optional.ofNullable(switch (option) {
            case "-A" -> set("format", "unaligned");
            case "--csv" -> set("format", "csv");
            case "-H" -> set("format", "html");
            case "-t" -> set("tuples_only", "on");
            case "-x" -> set("expanded", "on");
            case "-F" -> set("fieldsep", value);
            case "-R" -> set("recordsep", value);
            case "-T" -> set("tableattr", value);
            case "-z" -> new Setting("\\pset", "fieldsep_zero", Optional.empty());
            case "-0" -> new Setting("\\pset", "recordsep_zero", Optional.empty());
            case "-P" -> pset(value);
            case "-v" -> variable(value);
            case "-q" -> new Setting("\\set", "QUIET", Optional.of("on"));
            // the queries of \d and what failed are shown by other means
            case "-E", "-b" -> new Setting("", "", Optional.empty());
            default -> null;
        });
    }

    private static Setting set(String name, String value) {
        return new Setting("\\pset", name, Optional.of(value));
    }

    private static Setting pset(String text) {
        int equals = text.indexOf('=');
        return new Setting("\\pset", equals < 0 ? text : text.substring(0, equals),
                equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
    }

    private static Setting variable(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? new Setting("\\unset", text, Optional.empty())
                : new Setting("\\set", text.substring(0, equals), Optional.of(text.substring(equals + 1)));
    }
}

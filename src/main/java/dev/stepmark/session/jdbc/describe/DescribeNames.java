package dev.stepmark.session.jdbc.describe;

import dev.stepmark.session.jdbc.describe.Describe.Action;
import java.util.Map;
import java.util.Optional;

/** Which command a name stands for: the letters after {@code \d} decide, {@code S} and {@code +} modify. */
final class DescribeNames {

    /** Commands whose first letters alone count; psql lets others follow. */
    private static final Map<String, Action> BY_BEGINNING = Map.ofEntries(
            Map.entry("a", Routines::aggregates),
            Map.entry("b", Clusters::tablespaces),
            Map.entry("c", Conversions::conversions),
            Map.entry("C", Conversions::casts),
            Map.entry("dp", Privileges::defaults),
            Map.entry("d", Comments::comments),
            Map.entry("D", Types::domains),
            Map.entry("g", Roles::roles),
            Map.entry("l", Clusters::largeObjects),
            Map.entry("L", Languages::languages),
            Map.entry("n", Clusters::schemas),
            Map.entry("o", Operators::operators),
            Map.entry("O", Conversions::collations),
            Map.entry("p", Privileges::privileges),
            Map.entry("T", Types::types),
            Map.entry("u", Roles::roles),
            Map.entry("x", Extensions::extensions),
            Map.entry("X", Statistics::statistics),
            Map.entry("y", Languages::eventTriggers),
            Map.entry("rds", Roles::settings),
            Map.entry("Rp", Replication::publications),
            Map.entry("Rs", Replication::subscriptions),
            Map.entry("Ac", AccessMethods::operatorClasses),
            Map.entry("Af", AccessMethods::operatorFamilies),
            Map.entry("Ao", AccessMethods::operators),
            Map.entry("Ap", AccessMethods::functions),
            Map.entry("Fp", TextSearch::parsers),
            Map.entry("Fd", TextSearch::dictionaries),
            Map.entry("Ft", TextSearch::templates),
            Map.entry("es", Foreign::servers),
            Map.entry("eu", Foreign::userMappings),
            Map.entry("ew", Foreign::wrappers),
            Map.entry("et", Foreign::tables),
            Map.entry("config", Settings::settings));
    private static final String RELATIONS = "tvmisE";

    private DescribeNames() { }

    static Optional<Action> action(String name) {
        if (name.startsWith("\\d")) {
            return described(name.substring(2));
        }
        String plain = name.replaceAll("[S+]+$", "");
        return switch (plain) {
            case "\\l", "\\list" -> Optional.of(Clusters::databases);
            case "\\z" -> Optional.of(Privileges::privileges);
            case "\\lo_list" -> Optional.of(Clusters::largeObjects);
            case "\\sf" -> Optional.of(Definitions::function);
            case "\\sv" -> Optional.of(Definitions::view);
            default -> Optional.empty();
        };
    }

    private static Optional<Action> described(String letters) {
        char first = letters.isEmpty() ? '+' : letters.charAt(0);
        if (first == '+' || first == 'S') {
            return Optional.of(Relations::describe);
        }
        if (RELATIONS.indexOf(first) >= 0) {
            return Optional.of(call -> Relations.list(call, letters));
        }
        char second = letters.length() > 1 ? letters.charAt(1) : '+';
        switch (first) {
            case 'f':
                return when("+Sanptw".indexOf(second) >= 0, call -> Routines.functions(call, letters));
            case 'P':
                return when("+tin".indexOf(second) >= 0, call -> Partitioned.list(call, letters));
            case 'A':
                if (second == '+') {
                    return Optional.of(AccessMethods::accessMethods);
                }
                break;
            case 'F':
                if (second == '+') {
                    return Optional.of(TextSearch::configurations);
                }
                break;
            default:
                break;
        }
        return byBeginning(letters);
    }

    private static Optional<Action> when(boolean known, Action action) {
        return known ? Optional.of(action) : Optional.empty();
    }

    private static Optional<Action> byBeginning(String letters) {
        String longest = "";
        for (String beginning : BY_BEGINNING.keySet()) {
            if (letters.startsWith(beginning) && beginning.length() > longest.length()) {
                longest = beginning;
            }
        }
        return Optional.ofNullable(BY_BEGINNING.get(longest));
    }
}

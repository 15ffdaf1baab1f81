package dev.stepmark.cli;

import dev.stepmark.runbook.FrontMatter.VersionSource;
import dev.stepmark.runbook.Gate;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.version.Bounds;
import dev.stepmark.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** With which version of the product a document for certain versions is tested. */
final class TestedVersion {

    /** What the throwaway server answers as any other would. */
    private static final Pattern OF_THE_SERVER = Pattern.compile("(?i)server_version|\\bversion\\s*\\(");

    private final Runbook runbook;

    TestedVersion(Runbook runbook) {
        this.runbook = runbook;
    }

    /**
     * The version to state: the one that was given, else one of the document's own bounds.
     *
     * @param given what was given, or empty
     * @return empty when nothing depends on a version, or when the throwaway server can be asked
     */
    Optional<String> of(String given) {
        if (!given.isEmpty()) {
            return Optional.of(given);
        }
        VersionSource source = runbook.frontMatter().version();
        boolean asks = source.kind() == VersionSource.Kind.SQL && OF_THE_SERVER.matcher(source.text()).find();
        return asks ? Optional.empty() : bound();
    }

    /** The first bound that the whole document accepts; a bound of one step when the document has none. */
    private Optional<String> bound() {
        List<Gate> document = runbook.frontMatter().gates();
        List<Gate> gates = !document.isEmpty() ? document : runbook.steps().stream().flatMap(s -> s.gates().stream())
                .toList();
        return Stream.concat(gates.stream().map(Gate::maximum), gates.stream().map(Gate::minimum)).filter(v -> !v.isEmpty())
                .filter(v -> document.stream().allMatch(g -> Bounds.check(g, Version.parse(v)).passes())).findFirst();
    }
}

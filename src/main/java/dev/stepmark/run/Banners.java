package dev.stepmark.run;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.ConnectionSpec;
import dev.stepmark.session.Session;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words such as PRODUCTION, shown right above every question whose answer makes something run there. */
final class Banners {

    private final Parts parts;

    Banners(Parts parts) {
        this.parts = parts;
    }

    /** The banners of every connection that is open, each once. */
    void opening() {
        Set<Banner> out = new LinkedHashSet<>();
        parts.pool().labels().keySet().stream().filter(parts.pool()::isSql).forEach(id -> of(id).ifPresent(out::add));
        out.forEach(parts.desk().operator()::banner);
    }

    /** Shows the banner of what a block would run on; returns its words, for the hash of what was shown. */
    String show(Block block) {
        Optional<Banner> banner = of(block);
        banner.ifPresent(parts.desk().operator()::banner);
        return banner.map(Banner::text).orElse("");
    }

    /** Shows the banner of a session. */
    void show(String session) {
        of(session).ifPresent(parts.desk().operator()::banner);
    }

    private Optional<Banner> of(Block block) {
        if (!block.opens().isEmpty()) {
            return opened(block);
        }
        return block.executor() == Executor.SHELL ? Optional.empty() : of(block.session());
    }

    private Optional<Banner> of(String session) {
        if (!parts.pool().isSql(session)) {
            return Optional.empty();
        }
        SessionDeclaration declaration = parts.pool().declaration(session);
        Optional<Session> live = parts.pool().live(session);
        Map<String, String> identity = live.map(s -> s.opened().identity()).orElse(Map.of());
        String label = live.map(s -> s.opened().label()).orElse(declaration.label()).split(",", 2)[0];
        return parts.desk().sessions().banner(connection(declaration), identity)
                .map(b -> new Banner(b.text(), b.color(), label));
    }

    /** A session that a command of the document opens is known by where it goes, not by a name. */
    static String connection(SessionDeclaration declaration) {
        return declaration.openedBy() != 0 ? "" : declaration.connection().isEmpty() ? declaration.id()
                : declaration.connection();
    }

    private Optional<Banner> opened(Block block) {
        SessionDeclaration declaration = parts.pool().declaration(block.opens());
        if (declaration.kind() != SessionDeclaration.Kind.PSQL) {
            return Optional.empty();
        }
        Optional<ConnectionSpec> spec = parts.pool().plan(declaration, parts.fill(block.text(), block).text()).spec();
        return spec.flatMap(s -> parts.desk().sessions().banner("", Map.of("host", s.host(), "port",
                Integer.toString(s.port()), "database", s.database())).map(b -> new Banner(b.text(), b.color(),
                        s.database() + " as " + s.user() + " on " + s.host() + ":" + s.port())));
    }
}

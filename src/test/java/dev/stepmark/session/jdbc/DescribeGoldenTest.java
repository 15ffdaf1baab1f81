package dev.stepmark.session.jdbc;

import dev.stepmark.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part of what {@link DescribeComparisonTest} compares, for machines without psql. */
class DescribeGoldenTest {

    private static final List<String> COMMANDS = List.of("\\d", "\\dt shop.*", "\\di+ shop.customer*", "\\d shop.customer",
            "\\d+ shop.customer", "\\d+ shop.basket", "\\d shop.all_off", "\\d shop.secret", "\\d shop.forced*",
            "\\d+ shop.event", "\\d+ shop.event_2025", "\\d shop.event_kind", "\\d+ shop.child", "\\d+ shop.typed",
            "\\d+ shop.names", "\\d+ shop.counted_names", "\\d shop.lonely", "\\d shop.counter_id_seq", "\\d+ shop.lines",
            "\\d+ shop.address", "\\d \"Odd Names\".*", "\\dP+ shop.*", "\\df shop.*", "\\df+ shop.standard", "\\da shop.*",
            "\\do shop.*", "\\dT+ shop.*", "\\dD+ shop.*", "\\dp shop.secret", "\\ddp", "\\dn+", "\\du+ describe*", "\\drds",
            "\\dx", "\\des+", "\\deu+", "\\dew+", "\\det+ shop.*", "\\dRp+", "\\dRs", "\\dy+", "\\dX shop.*", "\\dl+", "\\dO shop.*",
            "\\dc shop.*", "\\dC shop.*", "\\dd shop.*", "\\dF+ shop.*", "\\dAc btree int*", "\\sf+ shop.doubled(text)",
            "\\sv shop.checked", "\\d nosuch", "\\dt a.b.c.d", "\\dn a.b");

    @Test
    void describesTheObjects() throws Exception {
        JdbcFixture mine = DescribeFixture.get();
        mine.done("SHOW TimeZone");
        // RESET would bring back what the driver sent when it connected, and not what the server has
        String zone = mine.result().lines().skip(2).findFirst().orElseThrow().strip();
        mine.done("SET TimeZone = 'UTC'");
        StringBuilder all = new StringBuilder();
        for (String command : COMMANDS) {
            mine.run(command);
            all.append("===== ").append(command).append('\n').append(mine.out()).append(mine.err());
        }
        mine.done("SET TimeZone = '" + zone + "'");
        Golden.check("describe/objects.txt", all.toString().replace(mine.database, "DATABASE")
                .replaceAll("RI_ConstraintTrigger_([ac])_\\d+", "RI_ConstraintTrigger_$1_N")
                .replaceAll("postgres=\\S+/postgres", "postgres=ALL/postgres"));
    }
}

package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Alternative;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What excludes each other, and what only looks like it (pattern 22). */
class AlternativesTest {

    private static List<String> ways(Runbook runbook) {
        return runbook.alternatives().stream().flatMap(a -> a.ways().stream().map(w -> a.id() + " " + w.label() + " "
                + w.places().stream().map(p -> p.first() + "-" + p.last()).toList())).toList();
    }

    private static List<String> blocks(Runbook runbook) {
        return runbook.steps().stream().flatMap(s -> s.blocks().stream()).map(Block::alternative).toList();
    }

    @Test
    void tabsOfComponents() {
        Runbook runbook = Plans.of("# Install", "", "<Tabs>", "<TabItem value=\"deb\" label=\"Debian\">", "", "```bash",
                "sudo apt-get install agent", "```", "", "</TabItem>", "<TabItem value=\"rpm\" label=\"RHEL\">", "", "```bash",
                "sudo dnf install agent", "```", "", "</TabItem>", "</Tabs>", "", "```bash", "agent --version", "```");
        assertThat(ways(runbook)).containsExactly("debian-or-rhel Debian [4-10]", "debian-or-rhel RHEL [11-17]");
        assertThat(blocks(runbook)).containsExactly("debian-or-rhel:debian", "debian-or-rhel:rhel", "");
    }

    @Test
    void tabsThatAreMarkedByTheirIndentation() {
        Runbook runbook = Plans.of("# Install", "", "=== \"Debian\"", "", "    sudo apt-get install agent", "", "=== \"RHEL\"", "",
                "    sudo dnf install agent", "", "Start it:", "", "```bash", "agent start", "```");
        assertThat(ways(runbook)).containsExactly("debian-or-rhel Debian [3-6]", "debian-or-rhel RHEL [7-10]");
        assertThat(blocks(runbook)).containsExactly("debian-or-rhel:debian", "debian-or-rhel:rhel", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{< tabs name=\"x\" >}}|{{% tab name=\"Linux\" %}}|{{% /tab %}}|{{% tab name=\"macOS\" %}}|{{% /tab %}}|{{< /tabs >}}",
        "::Tabs|:::TabTitle Linux||:::TabTitle macOS||::EndTabs", "<Tabs>|<Tab title=\"Linux\">|</Tab>|<Tab title=\"macOS\">|</Tab>|</Tabs>",
        "{% tabs %}|{% tab title=\"Linux\" %}|{% endtab %}|{% tab title=\"macOS\" %}|{% endtab %}|{% endtabs %}",
        "::::{tab-set}|:::{tab-item} Linux||:::{tab-item} macOS||::::"})
    void tabsOfOtherGenerators(String form) {
        String[] m = form.split("\\|", -1);
        Runbook runbook = Plans.of("# Install", "", m[0], m[1], "", "```bash", "agent start --linux", "```", "", m[2], m[3], "", "```bash",
                "agent start --mac", "```", "", m[4], m[5]);
        assertThat(blocks(runbook)).containsExactly("linux-or-macos:linux", "linux-or-macos:macos");
    }

    @Test
    void headingsThatNameSystems() {
        Runbook runbook = Plans.of("# Upgrade", "## Stop it", "```bash", "agent stop", "```", "## Install on Debian/Ubuntu", "```bash",
                "sudo apt-get install agent", "```", "### Check", "```bash", "dpkg -l agent", "```", "## Install on RHEL 9", "```bash",
                "sudo dnf install agent", "```", "## Start it", "```bash", "agent start", "```");
        assertThat(ways(runbook)).containsExactly("debian-ubuntu-or-rhel-9 Debian/Ubuntu [6-13]", "debian-ubuntu-or-rhel-9 RHEL 9 [14-17]");
    }

    @Test
    void theSameWaysInTwoPlacesAreOneQuestion() {
        Runbook runbook = Plans.of("# Upgrade", "## With MySQL", "```sql", "SELECT 1;", "```", "## With PostgreSQL", "```sql", "SELECT 2;",
                "```", "## Check", "For PostgreSQL:", "", "```sql", "SELECT 3;", "```", "For MySQL however, run:", "", "```sql", "SELECT 4;", "```");
        assertThat(ways(runbook)).containsExactly("mysql-or-postgresql MySQL [2-5, 18-20]", "mysql-or-postgresql PostgreSQL [6-9, 13-15]");
        assertThat(runbook.steps().stream().flatMap(s -> s.executables().stream()).map(Block::executor))
                .containsExactly(Executor.MYSQL, Executor.PSQL, Executor.PSQL, Executor.MYSQL);
    }

    @Test
    void theBlockBehindOr() {
        Runbook runbook = Plans.of("# Start", "Start the agent:", "", "```bash", "systemctl start agent", "```", "",
                "Or, where there is no systemd:", "", "```bash", "service agent start", "```", "", "Then look:", "", "```bash", "agent status", "```");
        assertThat(ways(runbook)).extracting(w -> w.replaceFirst("^\\S+ ", "")).containsExactly("systemctl start agent [4-6]",
                "service agent start [10-12]");
        assertThat(blocks(runbook).get(2)).isEmpty();
    }

    @Test
    void aConditionThatOnlyNamesAWayIsNotAskedASecondTime() {
        Runbook runbook = Plans.of("# Restart", "1. If you use Docker, run:", "   ```bash", "   docker restart agent", "   ```",
                "2. If you use Kubernetes, run:", "   ```bash", "   kubectl rollout restart deploy/agent", "   ```");
        assertThat(ways(runbook)).hasSize(2);
        assertThat(runbook.steps()).allMatch(s -> s.condition().isEmpty());
    }

    @Test
    void aWayAloneIsAConditionAndNoAlternative() {
        Runbook runbook = Plans.of("# Restart", "1. If you use Docker, run:", "   ```bash", "   docker restart agent", "   ```",
                "2. Look at it:", "   ```bash", "   agent status", "   ```");
        assertThat(runbook.alternatives()).isEmpty();
        assertThat(runbook.steps().get(0).condition()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade PostgreSQL|Upgrade MySQL", "Docker|Kubernetes", "Install kubectl|Install Helm", "Redis|Debian",
        "PostgreSQL settings|MySQL settings", "Linux|Linux", "Back up the database|Back up the files"})
    void headingsThatMayBothBeMeant(String headings) {
        String[] h = headings.split("\\|");
        assertThat(Plans.of("# All", "## " + h[0], "```bash", "agent one", "```", "## " + h[1], "```bash", "agent two", "```").alternatives())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Or later versions work, too. Run:", "Order the disks:", "On the primary, run:", "With this, run:",
        "In the next hour, run:", "For example, run:"})
    void wordsThatNameNoWay(String words) {
        assertThat(Plans.of("# All", "On the standby, run:", "", "```bash", "agent one", "```", "", words, "", "```bash", "agent two", "```")
                .alternatives().stream().filter(a -> !words.startsWith("Or "))).isEmpty();
    }

    @Test
    void tabsWithoutAnythingToDoAreWordsToRead() {
        assertThat(Plans.of("# All", "<Tabs>", "<Tab title=\"A\">", "", "Words.", "", "</Tab>", "<Tab title=\"B\">", "", "Words.", "", "</Tab>",
                "</Tabs>", "```bash", "agent one", "```").alternatives()).isEmpty();
    }

    @Test
    void markersInAFenceAreText() {
        assertThat(Plans.of("# All", "```bash", "cat <<E", "=== \"A\"", "=== \"B\"", "<Tabs>", "<Tab title=\"A\">", "<Tab title=\"B\">", "E", "```")
                .alternatives()).isEmpty();
    }

    @Test
    void tabsThatAreNeverClosedEndWithTheDocument() {
        Runbook runbook = Plans.of("# All", "<Tabs>", "<Tab title=\"A\">", "", "```bash", "agent one", "```", "", "<Tab title=\"B\">", "", "```bash",
                "agent two", "```");
        assertThat(blocks(runbook)).containsExactly("a-or-b:a", "a-or-b:b");
    }

    @Test
    void whatAnAnswerMeans() {
        Alternative alternative = new Alternative("a-or-b", List.of(new Alternative.Way("a", "A", List.of(new Span(1, 4))),
                new Alternative.Way("b", "B", List.of(new Span(5, 8), new Span(20, 22)))));
        assertThat(alternative.against("a", new Span(6, 7)).orElseThrow().label()).isEqualTo("B");
        assertThat(alternative.against("b", new Span(6, 7))).isEmpty();
        assertThat(alternative.against("a", new Span(9, 9))).isEmpty();
        assertThat(alternative.against(Alternative.ALL, new Span(6, 7))).isEmpty();
        assertThat(alternative.understands("c")).isFalse();
    }
}

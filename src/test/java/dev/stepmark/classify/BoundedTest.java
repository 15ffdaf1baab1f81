package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.FrontMatter;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.Runbook;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What reading may cost (promise P21): bounds with their edges, and what once cost the square of its size. */
class BoundedTest {

    private static List<Block> blocks(String text) {
        return Plans.of(text).steps().stream().flatMap(s -> s.blocks().stream()).toList();
    }

    private static String commands(int characters) {
        return "ls -l /srv\n".repeat(characters / 11) + "#".repeat(characters % 11 - 1) + "\n";
    }

    @Test
    void aBlockThatIsTooLongIsAskedAboutAndNeverRun() {
        assertThat(commands(BlockPass.MAX_BLOCK)).hasSize(BlockPass.MAX_BLOCK);
        assertThat(blocks("# T\n\n```bash\n" + commands(BlockPass.MAX_BLOCK) + "```\n").get(0).role()).isEqualTo(Role.EXECUTE);
        Block long1 = blocks("# T\n\n```bash\n" + commands(BlockPass.MAX_BLOCK) + "l\n```\n").get(0);
        assertThat(long1.role()).isEqualTo(Role.MALFORMED);
        assertThat(long1.why()).startsWith("131,074 characters, more than 131,072, are not read as commands");
    }

    @Test
    void whatIsBeyondAllThatIsReadIsAskedAbout() {
        String block = "```bash\n" + commands(BlockPass.MAX_BLOCK) + "```\n\n";
        List<Role> roles = blocks("# T\n\n" + block.repeat(2) + "```bash\nls\n```\n\n```\nYou saw it.\n```\n").stream().map(Block::role).toList();
        assertThat(roles.subList(0, 2)).containsOnly(Role.EXECUTE);
        assertThat(roles.subList(2, 4)).containsOnly(Role.MALFORMED);
    }

    /** Every name was looked for in the whole text: for 60,000 of them, minutes. */
    @Test
    void manyPlaceholdersOfDifferentNames() {
        String text = IntStream.range(0, 60_000).mapToObj(n -> "echo <name_" + n + ">\n").collect(Collectors.joining());
        assertThat(new Placeholders(FrontMatter.EMPTY, List.of()).in(text, true)).hasSize(60_000);
    }

    @Test
    void elementsThatAreClosedAreStillNoPlaceholders() {
        String text = "<name>a</name> <other>\n";
        assertThat(new Placeholders(FrontMatter.EMPTY, List.of()).in(text, true)).extracting(p -> p.name()).containsExactly("other");
    }

    /** Each was compared with all of ours, letter by letter. */
    @Test
    void attributesAreBounded() {
        String most = IntStream.range(0, Annotations.MAX_KEYS).mapToObj(n -> "key" + n + "=v").collect(Collectors.joining(" "));
        Runbook runbook = Plans.of("# T\n\n```bash {" + most + "}\nls\n```\n");
        assertThat(runbook.steps().get(0).blocks().get(0).attributes().foreign()).hasSize(Annotations.MAX_KEYS);
        assertThat(assertThrows(StepmarkException.class, () -> Plans.of("# T\n\n```bash {" + most + " more=1}\nls\n```\n")).message().what())
                .isEqualTo("a.md:3: 201 attributes, more than 200");
    }
}

package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.markdown.Document;
import dev.stepmark.markdown.DocumentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the list takes what it is for, and leaves alone what only looks like it. */
class RulesTest {

    record Case(String rule, boolean takes, String document) { }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        String rule = "";
        for (String line : Files.readAllLines(Path.of("src/test/resources/classify/rules.txt"))) {
            if (line.startsWith("+ ") || line.startsWith("- ")) {
                cases.add(new Case(rule, line.startsWith("+"), document(line.substring(2))));
            } else if (!line.startsWith("#")) {
                rule = line.strip();
            }
        }
        return cases;
    }

    private static String document(String text) {
        if (text.startsWith("doc: ")) {
            return text.substring(5).replace(" / / ", "\n\n").replaceAll(" / (?=\\s*)", "\n").replace("\n/ ", "\n\n") + "\n";
        }
        String[] columns = text.split("\\|", 3);
        return "# T\n\n" + columns[0].strip() + "\n\n```" + columns[1].strip() + "\n" + columns[2].strip().replace(" / ", "\n") + "\n```\n";
    }

    @ParameterizedTest
    @MethodSource("cases")
    void takesWhatItIsForAndNothingElse(Case each) {
        Document document = DocumentReader.read("a.md", each.document().getBytes(StandardCharsets.UTF_8));
        List<BlockDraft> blocks = new BlockPass(document).decide(Outline.of(document)).stream().flatMap(s -> s.blocks.stream()).toList();
        assertThat(blocks).as(each.document()).isNotEmpty();
        Verdict verdict = blocks.get(blocks.size() - 1).verdict;
        if (each.takes()) {
            assertThat(verdict.rule()).as(each.document()).isEqualTo(each.rule());
        } else {
            assertThat(verdict.rule()).as(each.document()).isNotEqualTo(each.rule());
        }
        assertThat(verdict.why()).as("a reason in one sentence").isNotBlank().doesNotContain("\n");
    }

    @Test
    void everyRuleHasBoth() throws IOException {
        List<String> rules = BlockRules.ORDERED.stream().map(BlockRule::name).toList();
        assertThat(cases().stream().filter(Case::takes).map(Case::rule)).containsExactlyElementsOf(rules);
        assertThat(cases().stream().filter(c -> !c.takes()).map(Case::rule)).containsExactlyElementsOf(rules);
    }
}

package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Block;
import org.junit.jupiter.api.Test;

/** Pattern 28: what runs in the background, and what must not. */
class EndlessTest {

    @Test
    void whatComesToNoEndRunsInTheBackgroundAndSaysWhy() {
        Block block = Plans.block("bash", "kubectl port-forward svc/<NAME> 8080:80");
        assertThat(block.attributes().background()).isTrue();
        assertThat(block.why()).endsWith("kubectl port-forward comes to no end by itself, so it runs in the background");
        assertThat(Plans.block("console", "$ tail -f a.log").attributes().background()).isTrue();
    }

    @Test
    void theAuthorDecidesOtherwise() {
        assertThat(Plans.block("bash {background=false}", "tail -f a.log").attributes().background()).isFalse();
        assertThat(Plans.block("bash {interactive=true}", "tail -f a.log").attributes().background()).isFalse();
        assertThat(Plans.block("bash {background=true}", "make all").attributes().background()).isTrue();
        assertThat(Plans.block("bash {background=true}", "make all").why()).doesNotContain("background");
    }

    @Test
    void whatEndsOrWantsATerminalOrIsOnlyShownDoesNot() {
        assertThat(Plans.block("bash", "tail -n 5 a.log").attributes().background()).isFalse();
        assertThat(Plans.block("bash", "watch kubectl get pods").attributes().background()).isFalse();
        assertThat(Plans.block("bash {run=false}", "tail -f a.log").attributes().background()).isFalse();
        assertThat(Plans.block("bash", "kubectl port-forward x 1\ncurl localhost:1").attributes().background()).isFalse();
    }

    @Test
    void anEditIsLookedAtAnew() {
        Block block = Plans.block("bash", "tail -f a.log");
        Block edited = Reparser.reparse(new Block(block.id(), block.span(), block.syntax(), block.info(), "tail -n 5 a.log",
                block.role(), block.executor(), block.session(), block.opens(), block.closes(), block.statements(),
                block.placeholders(), block.risk(), block.alternative(), block.runByDefault(), block.why(),
                block.inferences(), block.attributes()));
        assertThat(edited.attributes().background()).isFalse();
    }
}

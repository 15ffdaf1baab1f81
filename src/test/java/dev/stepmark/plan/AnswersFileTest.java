package dev.stepmark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.message.StepmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers files as people write them. */
class AnswersFileTest {

    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("answers.yaml"), text);
    }

    @Test
    void valuesAreTextAndWhatIsNotFilledInIsLeftOut() throws IOException {
        assertThat(AnswersFile.read(file("# a comment\nstep-1:\nstep-2: yes\ncount: 007\nname: 'a b'\nnone: null\n")))
                .containsOnly(java.util.Map.entry("step-2", "yes"), java.util.Map.entry("count", "007"),
                        java.util.Map.entry("name", "a b"), java.util.Map.entry("none", "null"));
    }

    @Test
    void anEmptyFileHasNoAnswers() throws IOException {
        assertThat(AnswersFile.read(file("# nothing yet\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "a: [1, 2]\n", "a: 1\na: 2\n", "a: {b: c}\n", "just words\n", "a: \"open\n"})
    void anythingElseIsRefusedWithTheNameOfTheFile(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> AnswersFile.read(file)).isInstanceOfSatisfying(StepmarkException.class,
                e -> assertThat(e.message().what()).containsPattern("answers.yaml(:\\d+)?: .+"));
    }
}

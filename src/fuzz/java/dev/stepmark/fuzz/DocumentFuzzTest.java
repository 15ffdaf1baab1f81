package dev.stepmark.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stepmark.classify.Classifier;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlanJson;
import java.util.List;

/** Any bytes give a plan or an explanation, never an exception. Runs with the profile {@code fuzz} only. */
class DocumentFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyBytesGiveAPlanOrAnExplanation(byte[] bytes) {
        try {
            PlanJson.write(Classifier.classify(DocumentReader.read("fuzz.md", bytes)), List.of(), false);
        } catch (StepmarkException e) {
            if (e.message().what().isBlank()) {
                throw new AssertionError("an explanation says what happened", e);
            }
        }
    }
}

package dev.stepmark.classify;

import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Short ways for tests to a classified document. */
final class Plans {

    private Plans() {
    }

    static Runbook of(String markdown) {
        return Classifier.classify(DocumentReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8)));
    }

    static Runbook of(String... lines) {
        return of(String.join("\n", lines) + "\n");
    }

    /** A document written for the tests. */
    static Runbook resource(String name) {
        try (InputStream in = Plans.class.getResourceAsStream("/documents/" + name)) {
            return Classifier.classify(DocumentReader.read(name, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only code block of a document with this lead-in and this fence. */
    static Block block(String leadIn, String info, String text) {
        return of("# Title\n\n" + leadIn + "\n\n```" + info + "\n" + text + "\n```\n").steps().get(0).blocks().get(0);
    }

    static Block block(String info, String text) {
        return block("Do this:", info, text);
    }
}

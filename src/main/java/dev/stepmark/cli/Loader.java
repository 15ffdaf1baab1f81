package dev.stepmark.cli;

import dev.stepmark.classify.Classifier;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.runbook.Runbook;
import java.nio.file.Path;

/** A file to a plan. */
final class Loader {

    private Loader() { }

    static Runbook load(Path file) {
        return Classifier.classify(DocumentReader.read(file));
    }
}

package dev.stepmark.run;

import dev.stepmark.runbook.Runbook;
import java.util.Map;

/** Reads a document once more, with what an operator says that some of its blocks are. Executes nothing. */
@FunctionalInterface
public interface Rereader {

    /** A run that cannot read its document again. */
    Rereader NONE = (path, document, as) -> {
        throw new UnsupportedOperationException("this run cannot read its document again");
    };

    /**
     * The document as a runbook.
     *
     * @param path     for messages
     * @param document its bytes
     * @param as       first line of a block to what it is ({@code shell}, {@code sql}, {@code mysql}, {@code hand},
     *                 {@code output})
     * @throws dev.stepmark.message.StepmarkException when it cannot be read
     */
    Runbook read(String path, byte[] document, Map<Integer, String> as);
}

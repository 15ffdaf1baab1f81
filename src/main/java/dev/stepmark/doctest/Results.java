package dev.stepmark.doctest;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Results as JSON: for programs, and from the sandbox outward. */
public final class Results {

    /** Names the form of {@code --format json}. */
    public static final String SCHEMA = "stepmark-test/1";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(SerializationFeature.INDENT_OUTPUT).build();

    private Results() { }

    /** Puts a value of this package into a file. */
    public static void write(Path file, Object value) {
        try {
            Files.write(file, MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value that was put there. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(Files.readAllBytes(file), type);
    }

    /** All results for programs. */
    public static String json(List<DocumentResult> documents) {
        ObjectNode all = MAPPER.createObjectNode().put("schema", SCHEMA);
        documents.forEach(document -> {
            ObjectNode node = MAPPER.valueToTree(document);
            node.put("verdict", word(document.verdict()));
            node.withArray("steps").forEach(step -> ((ObjectNode) step).put("verdict", word(Verdict.valueOf(step.get(
                    "verdict").asText()))));
            all.withArray("documents").add(node);
        });
        try {
            return MAPPER.writeValueAsString(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(Verdict verdict) {
        return verdict.word().replace(' ', '_').toLowerCase(Locale.ROOT);
    }
}

package dev.stepmark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.stepmark.classify.Classifier;
import dev.stepmark.markdown.DocumentReader;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stored plan is what it was when databind wrote it, and comes back as it was. */
class PlanCodecTest {

    private static final ObjectMapper DATABIND = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static List<Path> documents() throws IOException {
        try (Stream<Path> own = Files.list(Path.of("runbooks"));
                Stream<Path> corpus = Files.walk(Path.of("src/test/resources"))) {
            return Stream.concat(own, corpus).filter(p -> p.toString().endsWith(".md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void bytesOfAPlan(Path document) throws Exception {
        Runbook runbook = Classifier.classify(DocumentReader.read(document));
        byte[] written = PlanCodec.write(runbook);

        assertThat(PlanCodec.read(written)).isEqualTo(runbook);
        JsonNode kinds = DATABIND.readTree(written);
        assertThat(withoutKinds(kinds)).isEqualTo(databind(runbook));
        for (Step step : runbook.steps()) {
            for (Block block : step.blocks()) {
                assertThat(new String(PlanCodec.writeBlock(block), StandardCharsets.UTF_8))
                        .isEqualTo(databind(block));
                assertThat(PlanCodec.readBlock(PlanCodec.writeBlock(block))).isEqualTo(block);
            }
        }
        assertThat(kinds.findValuesAsText("part")).allMatch(k -> k.equals("words") || k.equals("code"))
                .hasSize((int) runbook.steps().stream().mapToLong(s -> s.parts().size()).sum());
    }

    /** The same without the fields that only tell records apart; the rest keeps its order. */
    private static String withoutKinds(JsonNode node) throws IOException {
        JsonNode copy = node.deepCopy();
        remove(copy);
        return databind(copy);
    }

    private static String databind(Object value) throws IOException {
        return new String(DATABIND.writeValueAsBytes(value), StandardCharsets.UTF_8);
    }

    private static void remove(JsonNode node) {
        if (node instanceof ObjectNode object) {
            // the content of words is called prose too, and is no text
            List.of("part", "prose").stream().filter(name -> object.path(name).isTextual()).forEach(object::remove);
        }
        node.forEach(PlanCodecTest::remove);
    }
}

package dev.stepmark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written by hand is what a library for JSON writes and reads. */
class JsonLineTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    @TempDir
    private Path runs;

    @Test
    void everyTypeOfEventIsWrittenAsJacksonWritesIt() throws Exception {
        List<Envelope> all = JournalReader.read(Sample.whole(runs).journal()).events();
        assertThat(all.stream().map(e -> e.event().getClass()).distinct()).hasSize(
                Event.class.getPermittedSubclasses().length);
        for (Envelope envelope : all) {
            String line = EventCodec.encode(envelope);
            JsonNode read = JSON.readTree(line);
            ObjectNode event = ((ObjectNode) read.get("event")).deepCopy();
            assertThat(event.remove("type").asText()).isEqualTo(envelope.event().getClass().getSimpleName());
            assertThat(JSON.writeValueAsString(event)).isEqualTo(JSON.writeValueAsString(envelope.event()));
            assertThat(EventCodec.decode(line)).isEqualTo(envelope);
        }
    }

    @Test
    void anyTextComesBackAndNothingOfItIsInvisible() throws Exception {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int range = random.nextInt(4);
                text.appendCodePoint(range == 0 ? random.nextInt(0x20) : range == 1 ? random.nextInt(0x100)
                        : range == 2 ? random.nextInt(0x10000) : random.nextInt(0x110000));
            }
            String line = new JsonLine().field("text", text.toString()).field(text.toString(), List.of(1, true)).end();
            assertThat(line.codePoints().filter(c -> Character.getType(c) == Character.CONTROL
                    || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE))
                    .isEmpty();
            if (!text.toString().equals("text")) {
                assertThat(JSON.readTree(line).get("text").textValue()).isEqualTo(text.toString());
                assertThat(JSON.readTree(line).get(text.toString())).hasSize(2);
            }
        }
    }

    @Test
    void mapsAreInTheOrderOfTheirKeysAndRecordsInThatOfTheirFields() {
        Event event = new Event.RunAttached("r", 1, "b", Map.of("z", "1", "a", "2", "m", "\u00a0\u001b\"\\"));
        assertThat(new JsonLine().field("event", "type", "T", (Record) event).end()).isEqualTo("{\"event\":{\"type\":"
                + "\"T\",\"reason\":\"r\",\"tornTail\":1,\"runbook\":\"b\",\"host\":{\"a\":\"2\",\"m\":"
                + "\"\\u00A0\\u001B\\\"\\\\\",\"z\":\"1\"}}}");
    }

    @Test
    void anEventWithoutAFieldIsNoneAndNothingIsWritten() {
        RunDirectory run = Sample.directory(runs, Sample.ID);
        try (Journal journal = Sample.create(run)) {
            assertThatThrownBy(() -> journal.append(new Event.RunStarted("p", "", null, "", "", "", Map.of(), Map.of(),
                    false))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("runbook is null");
            assertThat(run.journal()).isEmptyFile();
        }
    }

    @Test
    void whatHoldsNoSecretStaysTheSameObject() {
        Event event = new Event.RunEnded("finished", 0, List.of("a text"));
        assertThat(EventCodec.rewrite(event, text -> text)).isSameAs(event);
        assertThat(EventCodec.rewrite(event, text -> text.replace("text", "***")))
                .isEqualTo(new Event.RunEnded("finished", 0, List.of("a ***")));
    }
}

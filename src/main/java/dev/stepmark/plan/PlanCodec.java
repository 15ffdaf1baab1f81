package dev.stepmark.plan;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Runbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The stored plan: the classified runbook as an artefact of the run. What was shown is stored, and what is stored is
 * what runs, also when a later version of Stepmark, which might classify the document differently, goes on with it.
 */
public final class PlanCodec {

    private static final String PART = "part";
    private static final String PROSE = "prose";

    private static final RecordJson WRITER = new RecordJson(Map.of(
            Part.Words.class, new RecordJson.Kind(PART, "words"),
            Part.Code.class, new RecordJson.Kind(PART, "code"),
            Prose.Paragraph.class, new RecordJson.Kind(PROSE, "paragraph"),
            Prose.Heading.class, new RecordJson.Kind(PROSE, "heading"),
            Prose.Item.class, new RecordJson.Kind(PROSE, "item"),
            Prose.Quote.class, new RecordJson.Kind(PROSE, "quote"),
            Prose.Image.class, new RecordJson.Kind(PROSE, "image"),
            Prose.Verbatim.class, new RecordJson.Kind(PROSE, "verbatim")));

    private PlanCodec() { }

    /** The plan as bytes; the same runbook always gives the same bytes. */
    public static byte[] write(Runbook runbook) {
        return WRITER.write(runbook);
    }

    /**
     * The plan that was written.
     *
     * @throws IOException when the bytes are no stored plan
     */
    public static Runbook read(byte[] bytes) throws IOException {
        return Reader.MAPPER.readValue(bytes, Runbook.class);
    }

    /** A block that an operator edited, as an artefact. */
    public static byte[] writeBlock(Block block) {
        return WRITER.write(block);
    }

    /**
     * The edited block.
     *
     * @throws IOException when the bytes are no block
     */
    public static Block readBlock(byte[] bytes) throws IOException {
        return Reader.MAPPER.readValue(new String(bytes, StandardCharsets.UTF_8), Block.class);
    }

    /** Only who reads a plan loads what reads it. */
    private static final class Reader {

        static final ObjectMapper MAPPER = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Part.class, PartTypes.class)
                .addMixIn(Prose.class, ProseTypes.class)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = PART)
    @JsonSubTypes({@JsonSubTypes.Type(value = Part.Words.class, name = "words"),
        @JsonSubTypes.Type(value = Part.Code.class, name = "code")})
    private interface PartTypes { }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = PROSE)
    @JsonSubTypes({@JsonSubTypes.Type(value = Prose.Paragraph.class, name = "paragraph"),
        @JsonSubTypes.Type(value = Prose.Heading.class, name = "heading"),
        @JsonSubTypes.Type(value = Prose.Item.class, name = "item"),
        @JsonSubTypes.Type(value = Prose.Quote.class, name = "quote"),
        @JsonSubTypes.Type(value = Prose.Image.class, name = "image"),
        @JsonSubTypes.Type(value = Prose.Verbatim.class, name = "verbatim")})
    private interface ProseTypes { }
}

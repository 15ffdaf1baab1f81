package dev.stepmark.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stepmark.secret.Masker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Events as JSON: one line, the fields in the order of the records, maps by key, and no control character. Reading is
 * strict: what this version does not know is no record.
 */
final class EventCodec {

    /** The schema version that most records have. */
    static final int VERSION = 1;
    /** Types that came later, with their version: a record says the lowest version that knows it. */
    private static final Map<Class<?>, Integer> SINCE = Map.of(Event.WentTo.class, 2, Event.StillValid.class, 2,
            Event.OutputCompared.class, 2, Event.RollbackBegun.class, 2);
    private static final int NEWEST = 2;

    private static final String TYPE = "type";
    private static final List<String> ENVELOPE =
            List.of("v", "seq", "prev", "run", "epoch", "utc", "mono", "actor", "event");

    private EventCodec() { }

    /** A line is no record of this version; the message says why. */
    static final class NoRecord extends Exception {

        private static final long serialVersionUID = 1L;

        NoRecord(String reason) {
            super(reason, null, false, false);
        }
    }

    /** The schema version of a record with this event. */
    static int version(Event event) {
        return SINCE.getOrDefault(event.getClass(), VERSION);
    }

    /**
     * The event with every text in it replaced by the function; the same object when no text changes. Left as they are:
     * ids, which the fold rests on and which come from the plan and never from a value; words of the format; and
     * hashes, unless all of one is replaced.
     *
     * @throws IllegalArgumentException when a field is null
     */
    static Event rewrite(Event event, UnaryOperator<String> texts) {
        return (Event) rewrite("", event, texts);
    }

    private static Object rewrite(String field, Object value, UnaryOperator<String> texts) {
        if (value instanceof String text) {
            return Vocabulary.isId(field) ? text : rewrite(text, texts);
        }
        if (value instanceof Record record) {
            return Records.change(record, (name, component) -> rewrite(name, component, texts));
        }
        if (value instanceof List<?> list) {
            String element = Vocabulary.isId(field) ? field : "";
            List<Object> rewritten = new ArrayList<>();
            list.forEach(e -> rewritten.add(rewrite(element, e, texts)));
            return rewritten.equals(list) ? list : rewritten;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> rewritten = new LinkedHashMap<>();
            map.forEach((key, e) -> rewritten.put(rewrite((String) key, texts), rewrite((String) key, e, texts)));
            return rewritten.equals(map) ? map : rewritten;
        }
        return value;
    }

    private static String rewrite(String text, UnaryOperator<String> texts) {
        if (Vocabulary.contains(text)) {
            return text;
        }
        String replaced = texts.apply(text);
        return Hashes.isHash(text) && replaced.length() > Masker.MASK.length() ? text : replaced;
    }

    /** One line without its newline. */
    static String encode(Envelope envelope) {
        Event event = envelope.event();
        return new JsonLine().field("v", envelope.v()).field("seq", envelope.seq()).field("prev", envelope.prev())
                .field("run", envelope.run()).field("epoch", envelope.epoch()).field("utc", envelope.utc())
                .field("mono", envelope.mono()).field("actor", envelope.actor())
                .field("event", TYPE, event.getClass().getSimpleName(), (Record) event).end();
    }

    /** What only reading needs: a run that begins writes its first records without it. */
    private static final class Reading {

        static final Map<String, Class<?>> TYPES = types();
        static final JsonMapper JSON = JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build();

        private Reading() { }

        private static Map<String, Class<?>> types() {
            Map<String, Class<?>> types = new LinkedHashMap<>();
            for (Class<?> type : Event.class.getPermittedSubclasses()) {
                types.put(type.getSimpleName(), type);
            }
            return types;
        }
    }

    /**
     * Reads one line without its newline.
     *
     * @throws NoRecord when it is not exactly a record of this version
     */
    static Envelope decode(String line) throws NoRecord {
        JsonNode node = tree(line);
        if (!node.isObject()) {
            throw new NoRecord("not a JSON object");
        }
        if (!node.path("v").isInt()) {
            throw new NoRecord("no schema version");
        }
        int version = node.path("v").intValue();
        if (version < VERSION || version > NEWEST) {
            throw new NoRecord("schema version " + node.path("v").asText() + " is not known to this program");
        }
        if (!names(node).equals(ENVELOPE)) {
            throw new NoRecord("not the fields of a record: " + names(node));
        }
        Event event = event(node.get("event"));
        if (version != version(event)) {
            throw new NoRecord("schema version " + version + " is not that of " + event.getClass().getSimpleName());
        }
        return new Envelope(version, integer(node, "seq"), text(node, "prev"), text(node, "run"),
                (int) integer(node, "epoch"), text(node, "utc"), integer(node, "mono"), text(node, "actor"), event);
    }

    private static JsonNode tree(String line) throws NoRecord {
        try {
            return Reading.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new NoRecord("not JSON: " + e.getOriginalMessage());
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
            names.add(i.next());
        }
        return names;
    }

    private static Event event(JsonNode node) throws NoRecord {
        String name = node.path(TYPE).asText("");
        Class<?> type = Reading.TYPES.get(name);
        if (type == null) {
            throw new NoRecord("unknown event type \"" + name + "\"");
        }
        ObjectNode fields = ((ObjectNode) node).deepCopy();
        fields.remove(TYPE);
        try {
            return (Event) Reading.JSON.treeToValue(fields, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
            throw new NoRecord("not a " + name + ": " + String.valueOf(reason).lines().findFirst().orElse(""));
        }
    }

    private static String text(JsonNode node, String name) throws NoRecord {
        if (!node.get(name).isTextual()) {
            throw new NoRecord(name + " is no text");
        }
        return node.get(name).textValue();
    }

    private static long integer(JsonNode node, String name) throws NoRecord {
        if (!node.get(name).isIntegralNumber() || !node.get(name).canConvertToLong()) {
            throw new NoRecord(name + " is no number");
        }
        return node.get(name).longValue();
    }
}

package dev.stepmark.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as JSON, with their components and the keys of maps in the order of the alphabet, so that the same records
 * always give the same bytes. What Jackson's databind writes, without what it looks at before it writes the first time:
 * a plan is written between the start and the first question.
 */
final class RecordJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final ClassValue<Component[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Component[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Component::of)
                    .sorted(Comparator.comparing(Component::name)).toArray(Component[]::new);
        }
    };

    private final Map<Class<?>, Kind> kinds;

    /** The field that tells which of several records one is, and its value. */
    record Kind(String field, String value) { }

    private record Component(String name, Method accessor) {

        static Component of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Component(component.getName(), accessor);
        }

        Object of(Object record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a component could not be read", e);
            }
        }
    }

    /** @param kinds for records of which only the JSON can say which they are */
    RecordJson(Map<Class<?>, Kind> kinds) {
        this.kinds = kinds;
    }

    /** The JSON in UTF-8, on one line. */
    byte[] write(Record value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(value, json);
        } catch (IOException e) {
            throw new IllegalStateException("JSON could not be written", e);
        }
        return out.toByteArray();
    }

    private void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Record record) {
            record(record, json);
        } else if (value instanceof Iterable<?> all) {
            json.writeStartArray();
            for (Object one : all) {
                write(one, json);
            }
            json.writeEndArray();
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), json);
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else {
            plain(value, json);
        }
    }

    private static void plain(Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            throw new IllegalArgumentException("not a value of a plan: " + value.getClass());
        }
    }

    private void record(Record record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        Kind kind = kinds.get(record.getClass());
        if (kind != null) {
            json.writeStringField(kind.field(), kind.value());
        }
        for (Component component : COMPONENTS.get(record.getClass())) {
            json.writeFieldName(component.name());
            write(component.of(record), json);
        }
        json.writeEndObject();
    }
}

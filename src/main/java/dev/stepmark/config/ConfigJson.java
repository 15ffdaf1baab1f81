package dev.stepmark.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is configured, for programs: {@code stepmark-config/1}. */
public final class ConfigJson {

    private static final String SCHEMA = "stepmark-config/1";

    private ConfigJson() { }

    /** One object: every value with its source, every connection, the files. */
    public static String write(List<Value> values, Configuration config) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("values", values.stream().map(v -> {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("key", v.key().path());
            out.put("value", v.text());
            out.putAll(source(v.source()));
            return out;
        }).toList());
        root.put("connections", config.connections().stream().map(ConfigJson::connection).toList());
        List<Object> files = new ArrayList<>();
        config.places().user().ifPresent(f -> files.add(file(f, Source.Kind.USER)));
        config.places().project().forEach(f -> files.add(file(f, Source.Kind.PROJECT)));
        root.put("files", files);
        root.put("warnings", config.warnings().stream().map(w -> w.what()).toList());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> connection(Connection connection) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", connection.name());
        out.put("address", connection.address());
        out.put("banner", connection.banner());
        out.put("color", connection.color());
        out.put("confirmed", connection.trusted());
        out.putAll(source(connection.source()));
        return out;
    }

    private static Map<String, Object> source(Source source) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("source", source.kind().name().toLowerCase(java.util.Locale.ROOT));
        out.put("place", source.place());
        return out;
    }

    private static Map<String, Object> file(Path file, Source.Kind kind) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("path", file.toString());
        out.put("source", kind.name().toLowerCase(java.util.Locale.ROOT));
        out.put("exists", Files.exists(file));
        return out;
    }
}

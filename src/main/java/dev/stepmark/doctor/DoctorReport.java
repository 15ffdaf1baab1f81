package dev.stepmark.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stepmark.doctor.Finding.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as text, one line each, and for programs. */
public final class DoctorReport {

    private static final String SCHEMA = "stepmark-doctor/1";
    private static final int STATUS = 9;

    private final List<Finding> findings;

    public DoctorReport(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** How many findings there are of a status. */
    public long count(Status status) {
        return findings.stream().filter(f -> f.status() == status).count();
    }

    /** {@code ok       bash        5.2.15, /usr/bin/bash}. */
    public List<String> lines() {
        int names = findings.stream().mapToInt(f -> f.name().length()).max().orElse(0) + 2;
        List<String> out = new ArrayList<>();
        for (Finding finding : findings) {
            String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
            out.add(pad(finding.status().word(), STATUS) + pad(finding.name(), names) + plain(finding.text() + advice));
        }
        long problems = count(Status.PROBLEM);
        out.add((problems == 0 ? "no problem" : problems == 1 ? "1 problem" : problems + " problems") + ", "
                + count(Status.NOTE) + (count(Status.NOTE) == 1 ? " note, " : " notes, ") + count(Status.OK) + " ok");
        return out;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** What programs and servers say stays on its line and moves no cursor. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }

    /** One object. */
    public String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("problems", count(Status.PROBLEM));
        root.put("checks", findings.stream().map(f -> {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("name", f.name());
            out.put("status", f.status().word());
            out.put("text", f.text());
            out.put("advice", f.advice());
            return out;
        }).toList());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

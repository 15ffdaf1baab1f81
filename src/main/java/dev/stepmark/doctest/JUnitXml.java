package dev.stepmark.doctest;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as build servers read them: a suite for each document, a case for each step. What XML 1.0 cannot hold, as the
 * colours of a program, becomes a question mark.
 */
public final class JUnitXml {

    private final XMLStreamWriter xml;
    private final StringWriter text = new StringWriter();

    private JUnitXml() throws XMLStreamException {
        this.xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    }

    /** The report. */
    public static String of(List<DocumentResult> documents) {
        try {
            JUnitXml report = new JUnitXml();
            report.write(documents);
            return report.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report that is written to memory", e);
        }
    }

    private void write(List<DocumentResult> documents) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        attribute("name", "stepmark test");
        attribute("tests", documents.stream().mapToLong(JUnitXml::tests).sum());
        attribute("failures", documents.stream().mapToLong(d -> failures(d)).sum());
        attribute("errors", documents.stream().mapToLong(JUnitXml::errors).sum());
        attribute("time", seconds(documents.stream().mapToLong(DocumentResult::millis).sum()));
        for (DocumentResult document : documents) {
            suite(document);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(DocumentResult document) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", document.path());
        attribute("tests", tests(document));
        attribute("failures", failures(document));
        attribute("errors", errors(document));
        attribute("skipped", document.steps().stream().filter(s -> left(s.verdict())).count());
        attribute("time", seconds(document.millis()));
        for (StepResult step : document.steps()) {
            step(document, step);
        }
        if (!document.problem().isEmpty()) {
            start(document.path(), document.title().isEmpty() ? document.path() : document.title(), 0);
            element("error", document.problem().get(0), "refused", String.join("\n", document.problem()));
            end();
        }
        if (!document.notes().isEmpty()) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(String.join("\n", document.notes())));
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void step(DocumentResult document, StepResult step) throws XMLStreamException {
        start(document.path(), step.id() + " " + step.title() + " (line " + step.line() + ")", step.millis());
        if (step.verdict().bad()) {
            element("failure", (step.verdict().word() + " " + step.summary()).strip(), step.verdict().name().toLowerCase(
                    Locale.ROOT), step.details().stream().collect(Collectors.joining("\n")));
        } else if (left(step.verdict())) {
            xml.writeCharacters("\n      ");
            xml.writeEmptyElement("skipped");
            attribute("message", (step.verdict().word() + ": " + step.summary()).strip());
        }
        if (!step.output().isEmpty()) {
            xml.writeCharacters("\n      ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(step.output()));
            xml.writeEndElement();
        }
        end();
    }

    private void start(String path, String name, long millis) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        // a dot would divide it into package and class for build servers
        attribute("classname", path.replaceFirst("\\.[^./]*$", "").replace('/', '.'));
        attribute("name", name);
        attribute("time", seconds(millis));
    }

    private void end() throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeEndElement();
    }

    private void element(String name, String message, String type, String body) throws XMLStreamException {
        xml.writeCharacters("\n      ");
        xml.writeStartElement(name);
        attribute("message", message);
        attribute("type", type);
        xml.writeCharacters(clean(body));
        xml.writeEndElement();
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value.toString()));
    }

    private static long tests(DocumentResult document) {
        return document.steps().size() + errors(document);
    }

    private static long errors(DocumentResult document) {
        return document.problem().isEmpty() ? 0 : 1;
    }

    private static long failures(DocumentResult document) {
        return document.steps().stream().filter(s -> s.verdict().bad()).count();
    }

    private static boolean left(Verdict verdict) {
        return verdict == Verdict.SKIPPED || verdict == Verdict.BY_HAND || verdict == Verdict.NOT_RUN;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** Characters that XML 1.0 has no way to write, not even as a reference; and half of a pair. */
    private static String clean(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> out.appendCodePoint(allowed(c) ? c : '?'));
        return out.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}

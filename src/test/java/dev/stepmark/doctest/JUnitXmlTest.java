package dev.stepmark.doctest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The report for build servers: parsed again and held against their schema, whatever a program printed. */
class JUnitXmlTest {

    private static final String EVERY_CHARACTER = IntStream.rangeClosed(0, 0x2FF).collect(StringBuilder::new,
            StringBuilder::appendCodePoint, StringBuilder::append).toString() + "\uD800 \uFFFE ]]> \uD83D\uDE00 <b>&amp;";

    @Test
    void everyVerdictHasItsElement() throws Exception {
        DocumentResult document = new DocumentResult("docs/backup.md", "Backup", List.of(), List.of("a note"), List.of(
                step("1", Verdict.OK, "exit 0", List.of(), "done\n"),
                step("2", Verdict.FAILED, "exit 1", List.of("ran      false", "line 1: false -> 1"), ""),
                step("3", Verdict.DIFFERS, "", List.of("the document shows  3", "it printed          4"), ""),
                step("4", Verdict.BY_HAND, "taken as done", List.of(), ""),
                step("5", Verdict.SKIPPED, "does not apply", List.of(), ""),
                step("6", Verdict.NOT_RUN, "the run ended before it", List.of(), "")), 1234, "");

        Element suite = (Element) parsed(List.of(document)).getDocumentElement().getElementsByTagName("testsuite").item(0);

        assertThat(suite.getAttribute("name")).isEqualTo("docs/backup.md");
        assertThat(List.of("tests", "failures", "errors", "skipped", "time")).extracting(suite::getAttribute)
                .containsExactly("6", "2", "0", "3", "1.234");
        assertThat(elements(suite, "testcase")).extracting(e -> e.getAttribute("classname")).containsOnly("docs.backup");
        assertThat(elements(suite, "failure")).extracting(e -> e.getAttribute("type")).containsExactly("failed", "differs");
        assertThat(elements(suite, "failure").get(0).getTextContent()).isEqualTo("ran      false\nline 1: false -> 1");
        assertThat(elements(suite, "skipped")).extracting(e -> e.getAttribute("message")).containsExactly(
                "by hand: taken as done", "skipped: does not apply", "not run: the run ended before it");
        assertThat(elements(suite, "system-out")).extracting(Element::getTextContent).containsExactly("done\n", "a note");
    }

    @Test
    void aDocumentThatCannotBeTestedIsAnError() throws Exception {
        Document report = parsed(List.of(DocumentResult.refused("a.md", List.of("error: this fence is never closed",
                "  Try: ...")), new DocumentResult("b.md", "B", List.of(), List.of(), List.of(), 0, "")));

        assertThat(report.getDocumentElement().getAttribute("errors")).isEqualTo("1");
        assertThat(report.getDocumentElement().getAttribute("tests")).isEqualTo("1");
        assertThat(elements(report.getDocumentElement(), "error").get(0).getTextContent()).isEqualTo(
                "error: this fence is never closed\n  Try: ...");
    }

    @Test
    void noCharacterBreaksIt() throws Exception {
        DocumentResult document = new DocumentResult("a" + EVERY_CHARACTER + ".md", EVERY_CHARACTER, List.of(
                EVERY_CHARACTER), List.of(EVERY_CHARACTER), List.of(step("1", Verdict.FAILED, EVERY_CHARACTER, List.of(
                        EVERY_CHARACTER), EVERY_CHARACTER), step("2", Verdict.SKIPPED, EVERY_CHARACTER, List.of(), "")), 1,
                "");

        Element root = parsed(List.of(document)).getDocumentElement();

        String out = elements(root, "system-out").get(0).getTextContent();
        assertThat(out).contains("\uD83D\uDE00 <b>&amp;").contains("?").contains("]]>").doesNotContain("\u001B");
    }

    private static StepResult step(String id, Verdict verdict, String summary, List<String> details, String output) {
        return new StepResult(id, 3, "Step " + id, verdict, summary, details, output, 20);
    }

    private static List<Element> elements(Element in, String name) {
        return IntStream.range(0, in.getElementsByTagName(name).getLength()).mapToObj(i -> (Element) in
                .getElementsByTagName(name).item(i)).toList();
    }

    /** Parsed, and valid by the schema. */
    private static Document parsed(List<DocumentResult> documents) throws Exception {
        String xml = JUnitXml.of(documents);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Path.of(
                "src/test/resources/doctest/junit.xsd").toFile()).newValidator().validate(new StreamSource(
                        new StringReader(xml)));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}

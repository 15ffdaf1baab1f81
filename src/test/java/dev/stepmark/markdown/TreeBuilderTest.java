package dev.stepmark.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The tree has the lines of the file and the text of the document. */
class TreeBuilderTest {

    @Test
    void countsTheFrontMatter() {
        List<Node> nodes = nodes("---\ntitle: x\n---\n\n# A `b` [c](d) {#id}\n\ntext\nmore\n");
        assertThat(nodes).containsExactly(new Node.Heading(new Span(5, 5), 1, "A `b` c"),
                new Node.Paragraph(new Span(7, 8), "text more", List.of(), List.of()));
    }

    @Test
    void takesTheIndentationOfItsItemOffAFence() {
        Node.Items items = (Node.Items) nodes("3. One\n   ```sql {capture=x}\n   SELECT 1\n\n     AS a;\n   ```\n4. Two\n").get(0);
        assertThat(items.start()).isEqualTo(3);
        assertThat(items.items()).extracting(Node.Item::marker).containsExactly("3.", "4.");
        assertThat(items.items().get(0).content().get(1)).isEqualTo(new Node.Code(new Span(2, 6), Block.Syntax.FENCE,
                "sql {capture=x}", "SELECT 1\n\n  AS a;\n", true, "", 3));
    }

    @Test
    void readsIndentedCodeWithoutTheBlankLinesAround() {
        assertThat(nodes("Text\n\n    one\n      two\n\n    three\n\n\nText\n").get(1)).isEqualTo(new Node.Code(new Span(3, 6),
                Block.Syntax.INDENTED, "", "one\n  two\n\nthree\n", true, "", 4));
    }

    @Test
    void findsFencesThatAreNeverClosed() {
        Node.Code code = (Node.Code) nodes("# h\n\n```bash\necho a\n\n# no heading\n\n").get(1);
        assertThat(code.closed()).isFalse();
        assertThat(code.span().first()).isEqualTo(3);
        assertThat(code.text()).contains("# no heading");
        assertThat(((Node.Code) nodes("~~~~\na\n~~~\n").get(0)).closed()).isFalse();
        assertThat(((Node.Code) nodes("~~~\na\n~~~~\n").get(0)).closed()).isTrue();
        assertThat(((Node.Code) nodes("> ```\n> a\n\nb\n").stream().map(n -> ((Node.Quote) n).content().get(0)).findFirst()
                .orElseThrow()).closed()).isFalse();
    }

    @Test
    void flattensInlineMarkup() {
        Node.Paragraph paragraph = (Node.Paragraph) nodes("*A* **b** `c d` [e](http://f) [g][h] [i] <http://j> &lt; \\* <K> <!-- x -->\n"
                + "![alt](k.png)\n\n[h]: /l\n").get(0);
        assertThat(paragraph.text()).isEqualTo("A b `c d` e (http://f) g (/l) [i] <http://j> < * <K>");
        assertThat(paragraph.codes()).containsExactly("c d");
        assertThat(paragraph.images()).containsExactly(new Node.ImageRef("alt", "k.png"));
    }

    @Test
    void labelsQuotes() {
        assertThat(((Node.Quote) nodes("> [!WARNING]\n> Mind the gap\n").get(0)).label()).isEqualTo("warning");
        Node.Quote note = (Node.Quote) nodes("> **Note:** Mind\n").get(0);
        assertThat(note.label()).isEqualTo("note");
        assertThat(((Node.Paragraph) note.content().get(0)).text()).isEqualTo("Mind");
        assertThat(((Node.Quote) nodes("> plain\n").get(0)).label()).isEmpty();
    }

    @Test
    void keepsTablesAndMarkupOfSites() {
        List<Node> nodes = nodes("<Procedure>\n\n| a |\n|---|\n| b |\n\n---\n");
        assertThat(nodes).containsExactly(new Node.Html(new Span(1, 1), "<Procedure>"),
                new Node.Other(new Span(3, 5), "| a |\n|---|\n| b |"), new Node.Other(new Span(7, 7), "---"));
    }

    @Test
    void putsACommentOfOursIntoTheBlockBelow() {
        List<Node> nodes = nodes("Text\n<!-- stepmark: when=\"a.rowCount > 0\"\n  name=b -->\n```sql\nSELECT 1;\n```\n");
        assertThat(nodes).hasSize(2);
        assertThat(((Node.Code) nodes.get(1)).annotation()).isEqualTo("when=\"a.rowCount > 0\"\n  name=b");
    }

    @Test
    void refusesACommentOfOursThatBelongsToNoBlock() {
        assertStray("<!-- stepmark: when=a -->\n\nText\n", 1);
        assertStray("# h\n\nText <!-- stepmark: when=a -->\n", 3);
        assertStray("- item\n\n  <!-- stepmark: name=a -->\n", 3);
        assertThat(nodes("Write `<!-- stepmark: name=a -->` before it\n")).hasSize(1);
        assertThat(nodes("<!-- another tool -->\n")).hasSize(1);
    }

    private static void assertStray(String text, int line) {
        StepmarkException e = Assertions.assertThrows(StepmarkException.class, () -> nodes(text));
        assertThat(e.message().what()).isEqualTo("a.md:" + line + ": this stepmark comment stands before no code block");
    }

    private static List<Node> nodes(String text) {
        return DocumentReader.read("a.md", text.getBytes(StandardCharsets.UTF_8)).nodes();
    }
}

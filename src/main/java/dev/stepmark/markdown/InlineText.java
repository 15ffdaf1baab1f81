package dev.stepmark.markdown;

import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.HardLineBreak;
import com.vladsch.flexmark.ast.HtmlEntity;
import com.vladsch.flexmark.ast.HtmlInlineComment;
import com.vladsch.flexmark.ast.Image;
import com.vladsch.flexmark.ast.ImageRef;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.ast.RefNode;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ast.SoftLineBreak;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The inline content of a paragraph or heading as plain text. */
final class InlineText {

    private static final Pattern HEADING_ID = Pattern.compile("\\s*\\{#[^}]*}\\s*\\z");

    private final StringBuilder text = new StringBuilder();
    private final List<String> codes = new ArrayList<>();
    private final List<dev.stepmark.markdown.Node.ImageRef> images = new ArrayList<>();
    private final boolean links;

    private InlineText(boolean links) {
        this.links = links;
    }

    static InlineText of(Node block) {
        InlineText inline = new InlineText(true);
        inline.children(block);
        return inline;
    }

    /** The text of a heading: without link targets and without a trailing {@code {#anchor}}. */
    static String heading(Node block) {
        InlineText inline = new InlineText(false);
        inline.children(block);
        return HEADING_ID.matcher(inline.text()).replaceFirst("");
    }

    String text() {
        return text.toString().strip();
    }

    List<String> codes() {
        return codes;
    }

    List<dev.stepmark.markdown.Node.ImageRef> images() {
        return images;
    }

    private void children(Node parent) {
        for (Node child : parent.getChildren()) {
            node(child);
        }
    }

    private void node(Node node) {
        if (node instanceof Code code) {
            String content = code.getText().toString().replace('\n', ' ');
            codes.add(content);
            text.append('`').append(content).append('`');
        } else if (node instanceof SoftLineBreak) {
            text.append(' ');
        } else if (node instanceof HardLineBreak) {
            text.append('\n');
        } else if (node instanceof Image image) {
            images.add(new dev.stepmark.markdown.Node.ImageRef(plain(image.getText().toString()),
                    image.getUrl().unescape()));
        } else if (node instanceof ImageRef image) {
            images.add(new dev.stepmark.markdown.Node.ImageRef(plain(image.getText().toString()), target(image)));
        } else if (node instanceof Link link) {
            children(node);
            url(link.getUrl().unescape());
        } else if (node instanceof LinkRef ref) {
            linkReference(ref);
        } else if (node instanceof HtmlEntity || node instanceof Text) {
            text.append(node.getChars().unescape());
        } else if (node instanceof HtmlInlineComment) {
            return;
        } else if (node.hasChildren()) {
            children(node);
        } else {
            text.append(node.getChars());
        }
    }

    private void linkReference(LinkRef ref) {
        String target = target(ref);
        if (target.isEmpty()) {
            text.append(ref.getChars().unescape()); // brackets that are no link
        } else {
            children(ref);
            if (!ref.hasChildren()) {
                text.append(ref.getReference().unescape());
            }
            url(target);
        }
    }

    private void url(String url) {
        if (links && !url.isEmpty()) {
            text.append(" (").append(url).append(')');
        }
    }

    private static String target(RefNode ref) {
        Node root = ref.getDocument();
        Reference reference = root instanceof Document document ? ref.getReferenceNode(document) : null;
        return reference == null ? "" : reference.getUrl().unescape();
    }

    private static String plain(String alt) {
        return alt.replace('\n', ' ').strip();
    }
}

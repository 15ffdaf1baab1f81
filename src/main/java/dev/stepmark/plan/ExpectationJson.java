package dev.stepmark.plan;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.ExpectedOutput;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.ToleratedError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.List;
import java.util.Map;

/** What a block should print, and which of its errors are safe, in the plan for programs. */
final class ExpectationJson {

    private ExpectationJson() { }

    static void put(Map<String, Object> out, Block block, Runbook runbook) {
        List<Map<String, Object>> expected = runbook.expected(block).stream().map(ExpectationJson::expected).toList();
        if (!expected.isEmpty()) {
            out.put("expected", expected);
        }
        List<Map<String, Object>> tolerated = runbook.tolerated(block).stream().map(ExpectationJson::tolerated).toList();
        if (block.executable() && !tolerated.isEmpty()) {
            out.put("tolerated", tolerated);
        }
    }

    private static Map<String, Object> expected(ExpectedOutput expected) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("lines", List.of(expected.span().first(), expected.span().last()));
        out.put("statement", expected.statement() < 0 ? null : expected.statement());
        out.put("kind", expected.kind().name().toLowerCase(Locale.ROOT));
        out.put("percent", expected.kind() == ExpectedOutput.Kind.SIMILAR ? expected.percent() : null);
        return out;
    }

    private static Map<String, Object> tolerated(ToleratedError error) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("line", error.line());
        out.put("text", error.text());
        out.put("fragment", error.fragment());
        return out;
    }
}

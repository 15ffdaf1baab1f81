package dev.stepmark.classify;

import dev.stepmark.runbook.Executor;
import dev.stepmark.runbook.Role;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.runbook.SessionDeclaration.Kind;
import dev.stepmark.markdown.Document;
import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Placeholder;
import dev.stepmark.runbook.Span;
import dev.stepmark.runbook.Statement;
import dev.stepmark.shell.ShellCommand;
import dev.stepmark.shell.ShellFacts;
import dev.stepmark.sql.MetaCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks through the steps in document order: decides about each block and follows the sessions that they open. */
final class BlockPass {

    /** A block with more characters is not read as commands, and a person decides: reading takes several passes. */
    static final int MAX_BLOCK = 128 * 1024;
    /** Characters of commands that are read in a document: no procedure of people comes near. */
    static final int MAX_CODE = 256 * 1024;

    /** Longer texts, in characters, are not read once more for the programs in them. */
    private static final int MAX_READ_AGAIN = 20_000;

    private final SessionTracker tracker;
    private final Placeholders placeholders;
    private final UnsetVariables variables;
    private final String title;
    /** Characters of commands so far. */
    private int read;
    /** Programs that have been run so far: the document's own are known by no list. */
    private final Set<String> programs = new HashSet<>();

    private final List<List<Tabs.Tab>> tabs;

    BlockPass(Document document) {
        this.tabs = Tabs.of(document);
        this.tracker = new SessionTracker(document.frontMatter());
        this.title = document.frontMatter().title();
        this.variables = new UnsetVariables(document.frontMatter());
        this.placeholders = new Placeholders(document.frontMatter(), Replacements.of(document.nodes()));
    }

    List<StepBlocks> decide(List<StepDraft> drafts) {
        List<StepBlocks> steps = new ArrayList<>();
        for (StepDraft draft : drafts) {
            StepBlocks step = new StepBlocks(String.valueOf(steps.size() + 1), draft);
            if (SessionProse.newTerminal(draft.opening)) {
                tracker.newTerminal();
            }
            for (StepDraft.Piece piece : draft.pieces) {
                if (piece instanceof StepDraft.Code code) {
                    step.blocks.add(block(step, code));
                }
            }
            if (step.executables().isEmpty() && (draft.fromItem || draft.manual)) {
                byHand(step);
            }
            steps.add(step);
        }
        return steps;
    }

    /** The tabs of the document. */
    List<List<Tabs.Tab>> tabs() {
        return tabs;
    }

    List<SessionDeclaration> sessions() {
        return tracker.declarations();
    }

    private BlockDraft block(StepBlocks step, StepDraft.Code code) {
        InfoString info = InfoString.of(code.node().info());
        Verdict verdict = tooLong(code).orElseGet(() -> BlockRules.decide(new CodeView(code, info, step.draft.section, tracker.typed(),
                place(step, code), step.blocks.isEmpty() ? null : step.blocks.get(step.blocks.size() - 1))));
        read += verdict.role().executable() ? code.node().text().length() : 0;
        BlockDraft block = new BlockDraft(step.id + "." + (step.blocks.size() + 1), code, info, verdict);
        if (verdict.role().executable()) {
            block.statements = statements(code, verdict);
            if (verdict.executor() == Executor.SHELL && verdict.body().text().length() < MAX_READ_AGAIN) {
                ShellFacts.of(Placeholders.neutral(verdict.body().text())).commands().forEach(c -> programs.add(c.program()));
            }
            block.placeholders = placeholders.in(verdict.body().text(), verdict.executor() == Executor.SHELL);
            if (verdict.executor() == Executor.SHELL) {
                shell(block);
                block.placeholders = Stream.concat(block.placeholders.stream(), unset(block).stream()).toList();
            } else if (verdict.executor() != Executor.PSQL) {
                client(block);
            } else {
                sql(block);
            }
        }
        return block;
    }

    /** Only a shell of this machine is given variables: any other has those of its own place. */
    private List<Placeholder> unset(BlockDraft block) {
        SessionDeclaration session = tracker.declaration(block.session);
        boolean here = session.kind() == Kind.SHELL && session.opener().isEmpty();
        return here && block.verdict.body().text().length() < MAX_READ_AGAIN ? variables.in(block.verdict.body().text())
                : List.of();
    }

    /** Promise P21: what would take too long to read is never run, and the rest of the document has a plan. */
    private Optional<Verdict> tooLong(StepDraft.Code code) {
        int length = code.node().text().length();
        String why = length > MAX_BLOCK ? String.format("%,d characters, more than %,d, are not read as commands", length, MAX_BLOCK)
                : read + length > MAX_CODE ? String.format("the document has more than %,d characters of commands: the rest is not read", MAX_CODE)
                : "";
        return why.isEmpty() ? Optional.empty() : Optional.of(Verdict.show(Role.MALFORMED, Executor.NONE, code.node().text(),
                why + ": a person decides").by("too-long"));
    }

    private CodeView.Place place(StepBlocks step, StepDraft.Code code) {
        List<String> path = step.draft.path;
        Optional<Kind> client = tracker.openClient();
        boolean mysql = client.map(k -> k == Kind.MYSQL).orElseGet(() -> Alternatives.around(tabs, code)
                .flatMap(Ways::mysql).orElseGet(() -> Dialect.mysql(path, title)));
        return new CodeView.Place(path.isEmpty() ? "" : path.get(path.size() - 1), mysql, client.isPresent(), programs);
    }

    /** Statements with their lines in the document; lines of output between them are not counted in the text. */
    private static List<Statement> statements(StepDraft.Code code, Verdict verdict) {
        boolean fence = code.node().syntax() == Block.Syntax.FENCE;
        int firstLine = code.node().span().first() + (fence ? 1 : 0);
        List<Integer> offsets = verdict.body().offsets();
        return Statements.of(verdict.executor(), verdict.body().text(), 1).stream().map(s -> new Statement(s.kind(), s.text(),
                new Span(firstLine + at(offsets, s.span().first()), firstLine + at(offsets, s.span().last())),
                s.verb(), s.object(), s.risk())).toList();
    }

    private static int at(List<Integer> offsets, int line) {
        return offsets.isEmpty() ? 0 : offsets.get(Math.max(0, Math.min(line, offsets.size()) - 1));
    }

    private void shell(BlockDraft block) {
        block.session = tracker.shell(block.code.attributes());
        Statement last = last(block);
        if (last != null && last.kind() == Statement.Kind.OPENER) {
            List<ShellCommand> commands = ShellFacts.of(Placeholders.neutral(last.text())).commands();
            Openers opener = Openers.of(commands.get(commands.size() - 1)).orElseThrow();
            openOuter(block, commands, last);
            String id = tracker.open(opener.kind(), opener.base(), opener.label(), last.span().first(), last.text());
            block.opens = block.opens.isEmpty() ? id : block.opens;
        } else if (SqlRules.leaves(block.verdict.body().text())
                && tracker.declaration(block.session).kind() == Kind.REMOTE_SHELL) {
            block.closes = true;
            tracker.close(block.session, block.line());
        }
    }

    /** Pattern 17: openers one inside the other in a block; the outermost is what the block opens. */
    private void openOuter(BlockDraft block, List<ShellCommand> commands, Statement last) {
        for (Statement statement : block.statements) {
            List<ShellCommand> own = ShellFacts.of(Placeholders.neutral(statement.text())).commands();
            if (statement == last || own.isEmpty()) {
                continue;
            }
            Openers.of(own.get(own.size() - 1)).ifPresent(o -> {
                String id = tracker.open(o.kind(), o.base(), o.label(), statement.span().first(), statement.text());
                block.opens = block.opens.isEmpty() ? id : block.opens;
            });
        }
    }

    /** What another client reads: Stepmark says where it belongs, a person types it. */
    private void client(BlockDraft block) {
        boolean mysql = block.verdict.executor() == Executor.MYSQL;
        block.session = mysql ? tracker.client(Kind.MYSQL, "mysql", "mysql")
                : tracker.client(Kind.POWERSHELL, "powershell", "PowerShell");
        Statement last = last(block);
        if (mysql && last != null && SqlRules.leaves(last.text())) {
            block.closes = true;
            tracker.close(block.session, block.line());
        }
    }

    private void sql(BlockDraft block) {
        block.session = tracker.sql(block.code.attributes());
        Statement last = last(block);
        if (last != null && last.kind() == Statement.Kind.META && MetaCommand.parse(last.text()).quits()) {
            block.closes = true;
            tracker.close(block.session, block.line());
        }
    }

    private static Statement last(BlockDraft block) {
        return block.statements.isEmpty() ? null : block.statements.get(block.statements.size() - 1);
    }

    private void byHand(StepBlocks step) {
        String title = step.draft.title;
        int line = step.draft.openingLine;
        if (step.draft.included != null && ByHandProse.opensDatabase(step.draft.included)) {
            tracker.database();
            return;
        }
        if (SessionProse.opensMysql(title)) {
            tracker.open(Kind.MYSQL, "mysql", "mysql", line, "");
            return;
        }
        SessionProse.closing(title, tracker).ifPresentOrElse(id -> {
            step.closes = id;
            tracker.close(id, line);
        }, () -> SessionProse.opening(title).ifPresent(opening ->
                step.opens = tracker.open(Kind.REMOTE_SHELL, opening.base(), opening.label(), line, "")));
    }
}

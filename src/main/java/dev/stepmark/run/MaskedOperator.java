package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.secret.Masker;
import dev.stepmark.session.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Masks what an operator is shown, whatever part of the runner shows it: rows, errors of servers, remarks. */
record MaskedOperator(Operator shown, Masker masker) implements Operator {

    @Override
    public void steps(Map<String, String> titles) {
        Map<String, String> masked = new LinkedHashMap<>();
        titles.forEach((id, title) -> masked.put(id, masker.mask(title)));
        shown.steps(masked);
    }

    @Override
    public boolean interactive() {
        return shown.interactive();
    }

    @Override
    public void attend(Optional<Watch> watch) {
        shown.attend(watch.map(w -> new Watch() {
            @Override
            public List<String> news() {
                return all(w.news());
            }

            @Override
            public boolean over() {
                return w.over();
            }
        }));
    }

    /** Whoever asks while a transaction is held is told by an exception that nobody waits for the answer any more. */
    @Override
    public Reply ask(Question q) {
        Reply reply = shown.ask(new Question(q.id(), q.kind(), masker.mask(q.prompt()), q.choices(), q.enter(), q.phrase(),
                q.value(), q.source(), q.shown(), q.adHoc(), all(q.about())));
        if (reply instanceof Reply.Late) {
            throw new HoldOver();
        }
        return reply;
    }

    @Override
    public void brief(Brief brief) {
        shown.brief(new Brief(masker.mask(brief.title()), brief.right(), brief.facts().stream().map(f ->
                new Brief.Fact(f.label(), all(f.lines()), f.verdict())).toList()));
    }

    @Override
    public void step(StepCard c) {
        shown.step(new StepCard(c.position(), masker.mask(c.title()), c.right(), c.risk(), c.body(), all(c.before()),
                all(c.toRun()), c.language(), facts(c.facts())));
    }

    @Override
    public Running running(String label, RunControl control) {
        return shown.running(label, control);
    }

    @Override
    public void result(ResultCard c) {
        shown.result(new ResultCard(c.word(), c.unit(), masker.mask(c.text()), c.results().stream().map(this::rows)
                .toList(), masker.mask(c.error()), facts(c.facts())));
    }

    private Result rows(Result result) {
        List<List<String>> rows = new ArrayList<>();
        boolean changed = false;
        for (List<String> row : result.rows()) {
            List<String> masked = new ArrayList<>();
            for (String cell : row) {
                String text = cell == null ? null : masker.mask(cell);
                changed |= text != cell;
                masked.add(text);
            }
            rows.add(masked);
        }
        return !changed ? result : result.withRows(rows);
    }

    @Override
    public void remark(String text) {
        shown.remark(masker.mask(text));
    }

    @Override
    public void banner(Banner b) {
        shown.banner(new Banner(b.text(), b.color(), masker.mask(b.where())));
    }

    @Override
    public void say(List<String> lines) {
        shown.say(all(lines));
    }

    @Override
    public void problem(Severity severity, Message m) {
        shown.problem(severity, new Message(masker.mask(m.what()), all(m.excerpt()), all(m.meaning()),
                all(m.tries())));
    }

    @Override
    public void page(String title, Path file) {
        shown.page(title, file);
    }

    @Override
    public Optional<String> edit(String text, String suffix) {
        return shown.edit(text, suffix);
    }

    @Override
    public void ending(Ending ending) {
        shown.ending(new Ending(ending.word(), ending.title(), ending.right(), facts(ending.facts())));
    }

    private List<StepCard.Fact> facts(List<StepCard.Fact> facts) {
        UnaryOperator<StepCard.Fact> mask = f -> new StepCard.Fact(f.label(), masker.mask(f.text()));
        return facts.stream().map(mask).toList();
    }

    private List<String> all(List<String> lines) {
        return lines.stream().map(masker::mask).toList();
    }
}

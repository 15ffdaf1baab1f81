package dev.stepmark.run;

import dev.stepmark.binding.Filler;
import dev.stepmark.runbook.Block;
import java.util.function.UnaryOperator;

/** The parts of the runner, wired once for a run. */
final class Parts {

    private final Desk desk;
    private final Interruption interruption = new Interruption();
    private final Asking asking;
    private final Aside aside;
    private final Overruling overruling;
    private final Values values;
    private final Targets targets;
    private final SessionPool pool;
    private final Executions executions;
    private final Attachments attachments;
    private final Edits edits;
    private final Conditions conditions;
    private final Where where;
    private final Stack stack;
    private final Reroutes reroutes;
    private final Banners banners;
    private final Why why;
    private final Failures failures;
    private final Work work;
    private final ByHand byHand;
    private final OtherRunbooks others;
    private final Doubts doubts;
    private final BlockRunner blocks;
    private final Going going;
    private final Earlier earlier;
    private final Deadline deadline;
    private final Jobs jobs;
    private final Undoing undoing;
    private final RawValues raw;
    private final RowLoop rows;
    private final Batches batches;
    private final Contradictions contradictions;
    private final Commits commits;
    private final Transactions transactions;
    private final WholeTransaction whole;

    /**
     * @param desk     what the run works with
     * @param reparser makes a block of a block with an edited text
     * @param nested   runs other runbooks
     * @param rereader reads the document again with what an operator says that its blocks are
     */
    Parts(Desk desk, UnaryOperator<Block> reparser, Rereader rereader, NestedRunbooks nested) {
        this.desk = desk;
        this.asking = new Asking(desk, interruption);
        this.aside = new Aside(desk, asking);
        this.overruling = new Overruling(desk, asking, rereader);
        this.values = new Values(desk, asking);
        this.targets = new Targets(desk);
        this.pool = new SessionPool(desk, asking, values, targets, new NestedShells(desk, values, targets,
                interruption));
        this.edits = new Edits(desk, reparser);
        this.commits = new Commits(desk, this);
        this.transactions = new Transactions(desk, this, commits);
        this.whole = new WholeTransaction(desk, this);
        this.executions = new Executions(desk, this);
        this.attachments = new Attachments(desk);
        this.conditions = new Conditions(desk, asking);
        this.where = new Where(this);
        this.stack = new Stack(this);
        this.reroutes = new Reroutes(desk, this);
        this.banners = new Banners(this);
        this.why = new Why(desk);
        this.failures = new Failures(desk, this);
        this.work = new Work(desk, this);
        this.others = new OtherRunbooks(desk, this, nested);
        this.byHand = new ByHand(desk, this);
        this.doubts = new Doubts(desk, this);
        this.blocks = new BlockRunner(desk, this);
        this.going = new Going(desk, this);
        this.earlier = new Earlier(desk, this);
        this.deadline = new Deadline(desk, this);
        this.jobs = new Jobs(desk, this);
        this.undoing = new Undoing(desk, this);
        this.raw = new RawValues(desk, asking);
        this.rows = new RowLoop(desk, this, reparser);
        this.batches = new Batches(desk, this);
        this.contradictions = new Contradictions(desk, this);
        asking.deadline(deadline);
        asking.before(jobs::look);
    }

    Interruption interruption() {
        return interruption;
    }

    Desk desk() {
        return desk;
    }

    Asking asking() {
        return asking;
    }

    Aside aside() {
        return aside;
    }

    Overruling overruling() {
        return overruling;
    }

    Values values() {
        return values;
    }

    Targets targets() {
        return targets;
    }

    SessionPool pool() {
        return pool;
    }

    Executions executions() {
        return executions;
    }

    Attachments attachments() {
        return attachments;
    }

    Edits edits() {
        return edits;
    }

    Conditions conditions() {
        return conditions;
    }

    Where where() {
        return where;
    }

    Reroutes reroutes() {
        return reroutes;
    }

    Stack stack() {
        return stack;
    }

    Banners banners() {
        return banners;
    }

    Why why() {
        return why;
    }

    Failures failures() {
        return failures;
    }

    Work work() {
        return work;
    }

    ByHand byHand() {
        return byHand;
    }

    OtherRunbooks others() {
        return others;
    }

    Doubts doubts() {
        return doubts;
    }

    BlockRunner blocks() {
        return blocks;
    }

    Going going() {
        return going;
    }

    Earlier earlier() {
        return earlier;
    }

    Deadline deadline() {
        return deadline;
    }

    Jobs jobs() {
        return jobs;
    }

    Undoing undoing() {
        return undoing;
    }

    RawValues raw() {
        return raw;
    }

    RowLoop rows() {
        return rows;
    }

    Contradictions contradictions() {
        return contradictions;
    }

    Batches batches() {
        return batches;
    }

    Commits commits() {
        return commits;
    }

    Transactions transactions() {
        return transactions;
    }

    WholeTransaction whole() {
        return whole;
    }

    /** A text of a block with the block's placeholders filled. */
    Filler.Filled fill(String text, Block block) {
        boolean opener = !block.opens().isEmpty();
        // an opener's secrets go to the connection, never into a text: its holes stay as the document has them
        return Filler.fill(text, block.executor(), opener ? block.placeholders().stream().filter(p -> !p.secret())
                .toList() : block.placeholders(), values::plain, name -> true);
    }
}

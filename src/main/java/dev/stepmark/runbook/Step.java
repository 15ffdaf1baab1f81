package dev.stepmark.runbook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One step of a procedure: words and code blocks under one title. Immutable; its status is a fold over events.
 *
 * @param id          number by position in the document, from 1
 * @param name        the author's name for it, or empty
 * @param span        lines
 * @param title       one line
 * @param kind        whether a person or Stepmark does it
 * @param section     what part of the document it is in
 * @param sectionPath headings above it, outermost first
 * @param optional    whether the document calls it optional
 * @param condition   when it applies
 * @param gates       version bounds of this step
 * @param parts       its body in document order
 * @param opens       id of the session that a manual step opens ("Open a shell in the pod"), or empty
 * @param closes      id of the session that a manual step closes, or empty
 * @param contentHash SHA-256 (hex) over title and code, to find the step again in a changed document
 */
public record Step(String id, String name, Span span, String title, Kind kind, Section section,
        List<String> sectionPath, boolean optional, Optional<Condition> condition, List<Gate> gates, List<Part> parts,
        String opens, String closes, String contentHash) {

    /** Who does it. */
    public enum Kind { MANUAL, COMMAND }

    /** Parts of a document; only MAIN and PREREQUISITES belong to the main run. */
    public enum Section {
        MAIN, PREREQUISITES, ROLLBACK, CLEANUP, TROUBLESHOOTING;

        /** Whether a plain run walks through it. */
        public boolean inMainRun() {
            return this == MAIN || this == PREREQUISITES;
        }
    }

    public Step {
        sectionPath = List.copyOf(sectionPath);
        gates = List.copyOf(gates);
        parts = List.copyOf(parts);
    }

    /** All code blocks, executable or not. */
    public List<Block> blocks() {
        // a loop: what a run asks about every step between two blocks has to be quick while the JVM is still cold
        List<Block> blocks = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part instanceof Part.Code code) {
                blocks.add(code.block());
            }
        }
        return Collections.unmodifiableList(blocks);
    }

    /** The blocks that a run executes. */
    public List<Block> executables() {
        List<Block> executables = new ArrayList<>(parts.size());
        for (Block block : blocks()) {
            if (block.executable()) {
                executables.add(block);
            }
        }
        return Collections.unmodifiableList(executables);
    }

    /** The greatest risk of its blocks; READ_ONLY when it has none. */
    public Risk risk() {
        return executables().stream().map(Block::risk).reduce(Risk.READ_ONLY, Risk::max);
    }
}

package dev.stepmark.journal;

/**
 * One line of the journal.
 *
 * @param v     schema version of the line
 * @param seq   position from 0, without gaps; order is by this, never by a clock
 * @param prev  SHA-256 (hex) of the bytes of the line before, without its newline; 64 zeros for the first
 * @param run   run id
 * @param epoch number of the process that writes, from 1; RunAttached begins a new one
 * @param utc   wall clock, ISO 8601 in UTC with milliseconds; may jump
 * @param mono  milliseconds of a monotonic clock since the epoch began
 * @param actor who: {@code user@host}
 * @param event what happened
 */
public record Envelope(int v, long seq, String prev, String run, int epoch, String utc, long mono, String actor,
        Event event) { }

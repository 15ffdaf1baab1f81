package dev.stepmark.session.bash;

/** The four ways on which a shell answers; each carries the end marker of a frame. */
enum Channel { STDOUT, STDERR, TTY, CONTROL }

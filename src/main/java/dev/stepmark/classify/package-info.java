/** The document tree in, steps out: what each block is for, where it runs, and why. Start at Classifier. */
package dev.stepmark.classify;

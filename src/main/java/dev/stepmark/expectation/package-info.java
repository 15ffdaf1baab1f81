/** What a document shows against what came out: compared loosely, without knowing who asks. */
package dev.stepmark.expectation;

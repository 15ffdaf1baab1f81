/** Stepmark runs procedures written in Markdown; docs/ARCHITECTURE.md says where to start reading. */
package dev.stepmark;

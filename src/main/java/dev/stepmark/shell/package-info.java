/** Shell commands as text: words, quoting contexts, here-documents, and what a command can do. No process. */
package dev.stepmark.shell;

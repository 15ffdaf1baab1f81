/** What a person sees and types: rendering as plain text, and the keyboard through JLine, which is used only here. */
package dev.stepmark.terminal;

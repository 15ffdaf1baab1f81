/** A place for commands from which nothing leads outside: Linux namespaces. */
package dev.stepmark.sandbox;

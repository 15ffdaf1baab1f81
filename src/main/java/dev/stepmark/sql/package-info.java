/** SQL as text: psql's rules for splitting scripts, what a statement does, meta-commands, psql's command line. */
package dev.stepmark.sql;

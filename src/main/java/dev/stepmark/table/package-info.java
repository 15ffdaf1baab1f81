/** Tables as psql prints them, and how wide characters are on a terminal. */
package dev.stepmark.table;

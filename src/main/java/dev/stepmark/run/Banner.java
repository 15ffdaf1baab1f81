package dev.stepmark.run;

/**
 * Words that the operator wants to see wherever something runs on a connection.
 *
 * @param text  the words: {@code PRODUCTION}
 * @param color one of the eight basic colours, or empty
 * @param where what it is about: {@code factory as ops on db1:5432}
 */
public record Banner(String text, String color, String where) { }

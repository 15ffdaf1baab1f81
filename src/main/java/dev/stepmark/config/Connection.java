package dev.stepmark.config;

/**
 * A named connection of a configuration file.
 *
 * @param name    its name
 * @param address a URL, or a psql command; never with a password
 * @param banner  shown wherever something runs there, or empty
 * @param color   one of the eight basic colours for the banner, or empty
 * @param source  where it is written
 */
public record Connection(String name, String address, String banner, String color, Source source) {

    /** Whether the operator wrote it: a project file only suggests. */
    public boolean trusted() {
        return source.kind() == Source.Kind.USER;
    }
}

package dev.stepmark.session.jdbc;

import org.postgresql.util.PasswordUtil;

/** What the server keeps of a password, made on this side: neither the server's log nor ours sees the password. */
public final class Verifier {

    private Verifier() { }

    /**
     * The command that gives a role a new password.
     *
     * @param user     the role
     * @param password what was typed; it is cleared
     * @param method   the server's {@code password_encryption}
     * @throws java.sql.SQLException the method is not known
     */
    public static String command(String user, char[] password, String method) throws java.sql.SQLException {
        String coded = PasswordUtil.encodePassword(user, password, method.equals("on") ? "md5" : method);
        return "ALTER USER \"" + user.replace("\"", "\"\"") + "\" PASSWORD '" + coded.replace("'", "''") + "'";
    }
}

package dev.stepmark.session.jdbc;

import java.sql.SQLException;
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
     * @throws IllegalArgumentException the method is not known
     */
    public static String command(String user, char[] password, String method) {
        try {
            String coded = PasswordUtil.encodePassword(user, password, method.equals("on") ? "md5" : method);
            return "ALTER USER \"" + user.replace("\"", "\"\"") + "\" PASSWORD '" + coded.replace("'", "''") + "'";
        } catch (SQLException e) {
            throw new IllegalArgumentException("no password can be made for the server's password_encryption \"" + method
                    + "\"; it was not changed", e);
        }
    }
}

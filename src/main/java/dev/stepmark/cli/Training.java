package dev.stepmark.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the archive of classes is made from: the commands, once, on a small runbook in a directory of its own. The
 * launcher runs it while the JVM notes which classes come up; what comes up only with a terminal or a server is named in
 * a list.
 */
public final class Training {

    private static final String CLASSES = "archived-classes.txt";

    private static final String RUNBOOK = """
            ---
            title: Sample
            minimum_version: 0.9.0
            ---

            # Sample

            1. Look at `t`. It is *needed*, see [there](https://example.org).

               ```sql
               SELECT id, count(*) FROM t WHERE id = 1 GROUP BY id;
               ```

            2. Optional: write it down.

               ```bash
               ls -l "$HOME" | wc -l
               pg_dump --table public.t --file <NAME>.sql
               ```

            | a | b |
            |---|---|
            | 1 | 2 |
            """;

    private static final String SHELL = "# Sample\n\n```bash\ntrue\n```\n";

    private Training() { }

    /** @param args an empty directory, which is left to who called */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Path runbook = Files.writeString(directory.resolve("sample.md"), RUNBOOK);
        Path shell = Files.writeString(directory.resolve("shell.md"), SHELL);
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("XDG_STATE_HOME", directory.resolve("state").toString());
        // the operator's own configuration may keep the runs elsewhere: among his
        env.put("XDG_CONFIG_HOME", directory.resolve("configuration").toString());
        env.remove("BASH_ENV");
        env.put("CI", "true");
        Ahead.start(new String[] {"plan", runbook.toString()}, new App(silent(), env, Clock.systemUTC()));
        command(env, "plan", runbook.toString());
        command(env, "plan", runbook.toString(), "--json");
        command(env, "plan", runbook.toString(), "--questions");
        command(env, "list", directory.toString());
        command(env, "run", shell.toString(), "--yes", "--installed-version", "1");
        command(env, "run", runbook.toString());
        command(env, "runs");
        command(env, "--help");
        load();
        System.exit(0);
    }

    private static void command(Map<String, String> env, String... args) {
        Main.run(args, silent(), env, Clock.systemUTC());
    }

    private static Io silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Io(InputStream.nullInputStream(), nowhere, nowhere, false);
    }

    /** Loads and links the program's own classes and those of the list; none of their code is run. */
    private static void load() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) { // which the launcher names
            jar.stream().map(JarEntry::getName).filter(n -> n.startsWith("dev/stepmark/") && n.endsWith(".class"))
                    .forEach(n -> load(n.substring(0, n.length() - ".class".length()).replace('/', '.')));
        }
        try (InputStream in = Training.class.getResourceAsStream(CLASSES);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String name = lines.readLine(); name != null; name = lines.readLine()) {
                load(name);
            }
        }
    }

    /** One class, and those that the build made of its lambdas: they have its name and a number. */
    private static void load(String name) {
        if (link(name)) {
            int lambda = 0;
            while (link(name + "$$Lambda" + lambda)) {
                lambda++;
            }
        }
    }

    private static boolean link(String name) {
        try {
            Class.forName(name, false, Training.class.getClassLoader()).getDeclaredMethods();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // a later version has it no more, or needs what is not there: it is only not in the archive
        }
    }
}

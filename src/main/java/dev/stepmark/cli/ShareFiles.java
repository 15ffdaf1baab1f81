package dev.stepmark.cli;

import dev.stepmark.message.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the build puts beside the program: the manual page and the completion scripts, where systems look for them. */
public final class ShareFiles {

    private ShareFiles() { }

    /**
     * Writes them.
     *
     * @param args the directory {@code share}
     */
    public static void main(String[] args) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = Path.of(args[0]).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** Path to text. */
    static Map<String, String> files() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        App app = new App(new Io(InputStream.nullInputStream(), nowhere, nowhere, false), Map.of(), Clock.systemUTC());
        CommandModel model = CommandModel.of(Main.commands(app));
        Map<String, String> out = new LinkedHashMap<>();
        out.put("man/man1/stepmark.1", ManPage.of(model, Version.number()));
        out.put("bash-completion/completions/stepmark", CompletionCommand.script("bash", model));
        out.put("zsh/site-functions/_stepmark", CompletionCommand.script("zsh", model));
        out.put("fish/vendor_completions.d/stepmark.fish", CompletionCommand.script("fish", model));
        return out;
    }

    /** {@code stepmark help --man}: the page for who has no directory of pages. */
    static int print(App app) {
        app.io().out().print(ManPage.of(CommandModel.of(Main.commands(app)), Version.number()));
        return ExitCode.OK.code();
    }
}

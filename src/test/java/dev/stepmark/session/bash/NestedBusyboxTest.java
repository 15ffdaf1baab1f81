package dev.stepmark.session.bash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

/** All programs are those of busybox, and there are no others. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedBusyboxTest extends NestedShTest {

    @Override
    String shell() {
        return "busybox";
    }

    @Override
    void fill(Path bin) throws Exception {
        Path busybox = dev.stepmark.testing.Programs.find("busybox");
        Process list = new ProcessBuilder(busybox.toString(), "--list").start();
        for (String applet : new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            if (!applet.equals("bash")) {
                Files.createSymbolicLink(bin.resolve(applet), busybox);
            }
        }
    }
}

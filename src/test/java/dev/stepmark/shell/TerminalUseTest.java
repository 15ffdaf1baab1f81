package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalUseTest {

    @ParameterizedTest
    @ValueSource(strings = {"vi notes.txt", "sudo vim /etc/hosts", "cd /etc && nano hosts", "env EDITOR=vi vi $FILE", "top",
        "top -d 1", "docker exec -it db ls", "docker run --rm -e A=1 -it alpine", "podman exec -t db vi x", "mysql -u root shop",
        "watch -n 1 df", "passwd anna", "/usr/bin/htop", "if true; then vi x; fi"})
    void ofNoUseWithoutATerminal(String text) {
        assertThat(TerminalUse.of(text)).hasValueSatisfying(use -> assertThat(use.must()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"less /var/log/messages", "man psql", "sudo visudo", "crontab -e", "git commit",
        "git rebase -i main", "kubectl edit deployment/x", "ssh -t host top", "kubectl exec -it pod -- less x", "psql -h localhost shop", "fg",
        "systemctl edit postgresql", "sudo -e /etc/hosts"})
    void betterWithATerminal(String text) {
        assertThat(TerminalUse.of(text)).hasValueSatisfying(use -> assertThat(use.must()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls -l", "echo vi", "vi --version", "less < file", "cat x | less", "vi x &", "top -b -n 1",
        "docker exec db ls", "docker exec db pytest -t x", "docker run -d -t nginx", "docker build -t run .",
        "kubectl exec -it pod -- psql -c 'SELECT 1'", "mysql -e 'SELECT 1'", "mysql < dump.sql", "psql -c 'SELECT 1'", "psql -f x.sql", "git log",
        "git commit -m 'why'", "git commit -am why", "crontab -l", "kubectl exec pod -- ls", "ssh host uptime",
        "echo x | vi -", "pg_dump -W shop > dump.sql", "sudo systemctl restart x", "less", "echo 'vi x'", "passwd --stdin x",
        "kubectl get pods", "", "if ["})
    void needsNone(String text) {
        assertThat(TerminalUse.of(text)).isEmpty();
    }
}

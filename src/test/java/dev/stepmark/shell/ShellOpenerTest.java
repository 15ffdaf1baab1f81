package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that leave a person in another shell: started on three streams, and what else can be started there. */
class ShellOpenerTest {

    private static Optional<ShellOpener> opener(String text) {
        return ShellOpener.of(Words.split(text).orElseThrow());
    }

    private static String joined(List<String> words) {
        return String.join(" ", words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "sudo -i; sudo -i; sudo -H ps -x",
        "sudo -u postgres -s; sudo -u postgres -s; sudo -H -u postgres ps -x",
        "sudo -iu postgres; sudo -iu postgres; sudo -H -u postgres ps -x",
        "sudo -Eis; sudo -Eis; sudo -H -E ps -x",
        "sudo --login --user postgres; sudo --login --user postgres; sudo -H --user postgres ps -x",
        "sudo su -; sudo su -; sudo su - -c ps -x",
        "sudo su - postgres; sudo su - postgres; sudo su - postgres -c ps -x",
        "sudo bash; sudo bash; sudo ps -x",
        "su - postgres; su - postgres; su - postgres -c ps -x",
        "bash; bash; ps -x",
        "/bin/sh; /bin/sh; ps -x",
        "ssh db1; ssh -T db1; ssh -T db1 ps -x",
        "ssh -t -p 2222 anna@db1; ssh -p 2222 -T anna@db1; ssh -p 2222 -T anna@db1 ps -x",
        "ssh -t db1 sudo -i; ssh -T db1 sudo -i; ssh -T db1 sudo -H ps -x",
        "docker exec -it db bash; docker exec -i db bash; docker exec -i db ps -x",
        "docker exec -ti -u postgres db sh; docker exec -i -u postgres db sh; docker exec -i -u postgres db ps -x",
        "docker compose exec db bash; docker compose exec -T db bash; docker compose exec -T db ps -x",
        "docker exec -it db su - postgres; docker exec -i db su - postgres; docker exec -i db su - postgres -c ps -x",
        "kubectl exec -it -n plant pg-0 -- bash; kubectl exec -i -n plant pg-0 -- bash; kubectl exec -i -n plant pg-0 -- ps -x",
        "kubectl -n plant exec -it pg-0 -c pg -- /bin/sh; kubectl -n plant exec -i pg-0 -c pg -- /bin/sh;"
            + " kubectl -n plant exec -i pg-0 -c pg -- ps -x",
        "kubectl exec --stdin --tty pg-0 -- bash; kubectl exec -i pg-0 -- bash; kubectl exec -i pg-0 -- ps -x",
        "oc rsh pg-0; oc rsh -T pg-0; oc rsh -T pg-0 ps -x",
        "KUBECONFIG=/k kubectl exec -it pg-0 -- sh; env KUBECONFIG=/k kubectl exec -i pg-0 -- sh;"
            + " env KUBECONFIG=/k kubectl exec -i pg-0 -- ps -x"})
    void startsTheShellAndFurtherCommands(String text, String shell, String command) {
        ShellOpener opener = opener(text).orElseThrow();
        assertThat(joined(opener.shell())).isEqualTo(shell);
        assertThat(joined(opener.command(List.of("ps", "-x")).orElseThrow())).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sudo ls", "sudo -u postgres psql", "su - postgres -c ls", "ssh db1 uptime", "ssh -N -L 1:2:3 db1",
        "ssh", "docker exec db ls", "docker exec -it db psql -U postgres", "docker ps", "kubectl get pods",
        "kubectl exec pg-0 -- bash", "kubectl exec -it pg-0 -- psql", "bash script.sh", "sh -c ls", "vagrant up"})
    void whatEndsByItselfOrIsNoShellIsNone(String text) {
        assertThat(opener(text)).isEmpty();
    }

    @Test
    void aNewContainerCannotBeReachedASecondTime() {
        ShellOpener opener = opener("docker run --rm -it debian:12 bash").orElseThrow();
        assertThat(joined(opener.shell())).isEqualTo("docker run -i --rm debian:12 bash");
        assertThat(opener.command(List.of("ps"))).isEmpty();
        assertThat(opener("vagrant ssh").orElseThrow().command(List.of("ps"))).isEmpty();
    }

    @Test
    void whatGoesThroughTheShellOfAnotherHostIsQuotedForIt() {
        assertThat(opener("ssh db1").orElseThrow().command(List.of("sh", "-c", "echo 'a b'")).orElseThrow())
                .containsExactly("ssh", "-T", "db1", "sh -c 'echo '\\''a b'\\'''");
    }

    @Test
    void tellsWhereItIsAndWhatReachesIt() {
        assertThat(opener("sudo -i").orElseThrow().here()).isTrue();
        assertThat(opener("ssh db1").orElseThrow().here()).isFalse();
        assertThat(opener("su - x").orElseThrow().asksOnInput()).isTrue();
        assertThat(opener("sudo su - x").orElseThrow().asksOnInput()).isFalse();
        assertThat(opener("bash").orElseThrow().keepsEnvironment()).isTrue();
        assertThat(opener("su x").orElseThrow().keepsEnvironment()).isTrue();
        assertThat(opener("su - x").orElseThrow().keepsEnvironment()).isFalse();
        assertThat(opener("sudo -i").orElseThrow().keepsEnvironment()).isFalse();
    }
}

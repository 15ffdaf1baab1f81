package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeverEndsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kubectl port-forward svc/grafana 3000:80              | kubectl port-forward
            kubectl -n umh port-forward pod/db-0 5432             | kubectl port-forward
            oc proxy --port=8001                                  | oc proxy
            kubectl logs deploy/x -f                              | kubectl logs -f
            kubectl get pods -w                                   | kubectl get -w
            docker logs --follow db                               | docker logs -f
            docker compose up                                     | docker compose up
            docker compose logs -f web                            | docker compose logs -f
            tail -f /var/log/syslog                               | tail -f
            tail -n 20 -F a.log                                   | tail -f
            cd /var/log && tail -100f a.log                       | tail -f
            sudo tail -f /var/log/syslog                          | tail -f
            sudo -u app journalctl -u app -f                      | journalctl -f
            ssh -N -L 5432:localhost:5432 db1                     | ssh -N
            ping db1                                              | ping
            python3 -m http.server 8000                           | python3 -m http.server
            npm run dev                                           | npm run dev
            """)
    void whatGoesOn(String text, String what) {
        assertThat(NeverEnds.of(text)).map(NeverEnds::command).contains(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail -f a.log | grep ERROR", "kubectl logs -f x | tee out | sed s/a/b/"})
    void aFilterGoesOnWithItsInput(String text) {
        assertThat(NeverEnds.of(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail -n 20 a.log", "tail -f a.log | head -1", "tail -f a.log | grep -m 1 ready", "tail -f a.log &",
        "timeout 10 tail -f a.log", "kubectl logs x", "kubectl apply -f x.yaml", "kubectl get pods", "docker logs db",
        "docker compose up -d", "docker compose -f tail.yml ps", "docker run -d x", "ssh -fN -L 1:b:2 c", "ssh host uptime",
        "ping -c 3 db1", "kubectl port-forward x 1 &", "kubectl port-forward --help", "rm -f x", "echo tail -f",
        "tail -f a.log\necho done", "for i in 1 2; do tail -f $i; done", "tar -f x -c y", "journalctl -u f", "", "'"})
    void whatComesToAnEnd(String text) {
        assertThat(NeverEnds.of(text)).isEmpty();
    }
}

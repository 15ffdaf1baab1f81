package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Placeholder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            psql -h <HOST> -U <DB_USER>             | HOST,DB_USER
            kubectl logs <pod-name>                 | pod-name
            curl http://<server ip>:80/             | server_ip
            echo <A> <B> <A>                        | A,B
            ls <Mixed_Case1>                        | Mixed_Case1
            kubectl -n MY_NAMESPACE get pods        | MY_NAMESPACE
            curl https://api.example.org/{tenant}/x | tenant
            aws ec2 stop-instances --instance-ids xxxx | instance-ids
            kubectl -n "$NAMESPACE" get pods        | NAMESPACE
            echo ${CLUSTER}/$CLUSTER                | CLUSTER
            psql -h "$DB_HOST" -c 'SELECT 1' > $OUT | DB_HOST,OUT
            """)
    void findsWhatAPersonMustFillIn(String text, String names) {
        assertThat(of("bash", text)).extracting(Placeholder::name).containsExactly(names.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo '<none>'", "sort <in >out", "cat <<EOF\nEOF", "cat <<EOF>file\nEOF", "diff <(ls a) <(ls b)",
        "echo '<b>x</b>' '<br>'", "cat <<EOF\n<server>x</server>\nEOF", "cmd 2>&1 <a 3>b", "echo $MY_VAR ${MY_VAR}; MY_VAR=1", "A=1; echo $A", "echo $HOME $PATH", "for POD in a b; do echo $POD; done",
        "read -r ANSWER; echo $ANSWER", "echo ${LEVEL:-info} $LEVEL", "bash -c 'echo $INSIDE'", "echo \\$LATER", "awk '{print $NF}' x", "source env.sh; echo $ANY",
        "export TOKEN=$(cat t); echo $TOKEN", "cat <<'EOF'\n$NOT\nEOF", "echo '{name}' | jq '{id}'", "mktemp /tmp/xxx.XXXXXX", "echo a > b", "sort <in file>out"})
    void leavesRedirectionsAndMarkupAlone(String text) {
        assertThat(of("bash", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT a <b AND c> d FROM t;", "SELECT 1 <> 2;", "SELECT a<b, c>d FROM t;"})
    void leavesComparisonsAlone(String text) {
        assertThat(of("sql", text)).isEmpty();
    }

    @Test
    void aVariableThatABlockBeforeHasSetIsNoHole() {
        String text = "# t\n\n```bash\nNAMESPACE=a\n```\n\n```bash\nkubectl -n $NAMESPACE get pod $POD\n```\n";
        assertThat(Plans.of(text).steps().stream().flatMap(s -> s.blocks().stream()).flatMap(b -> b.placeholders().stream()))
                .extracting(Placeholder::name).containsExactly("POD");
    }

    @Test
    void aLiteralOfSeveralWordsIsOneInSql() {
        assertThat(of("sql", "SELECT * FROM t WHERE owner = '<first name>';")).extracting(Placeholder::name)
                .containsExactly("first_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASSWORD", "SOURCE_DB_PASSWORD", "api-token", "CLIENT_SECRET", "ACCESS_KEY", "encryption-key", "KEY",
        "DB_PASS"})
    void knowsSecretsByTheirNames(String name) {
        assertThat(of("bash", "echo <" + name + ">")).extracting(Placeholder::secret).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOST", "KEYSPACE", "MONKEY", "COMPASS", "primary-key-column"})
    void otherNamesAreNoSecrets(String name) {
        assertThat(of("bash", "echo <" + name + ">")).extracting(Placeholder::secret).containsExactly(false);
    }

    @Test
    void theFrontMatterDecides() {
        String front = "---\nvariables: {none: , PIN: {secret: true}}\n---\n# t\n\n```bash\necho <none> <PIN>\n```\n";
        assertThat(Plans.of(front).steps().get(0).blocks().get(0).placeholders()).containsExactly(
                new Placeholder("none", "<none>", false), new Placeholder("PIN", "<PIN>", true));
    }

    @Test
    void outputHasNone() {
        assertThat(Plans.block("You should see:", "bash", "echo <HOST>").placeholders()).isEmpty();
    }

    private static List<Placeholder> of(String info, String text) {
        return Plans.block(info, text).placeholders();
    }
}

package dev.stepmark.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.runbook.Risk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellFactsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '\1', quoteCharacter = '\0', textBlock = """
            READ_ONLY ls -l /tmp
            READ_ONLY echo "a; rm -rf /"
            READ_ONLY # rm -rf /
            READ_ONLY echo a # rm -rf /
            READ_ONLY grep -r 'x|y' . 2>/dev/null | head -n 3 | sort | uniq -c
            READ_ONLY ls >/dev/null 2>&1
            READ_ONLY kubectl -n umh get pods -o wide
            READ_ONLY kubectl logs pod/x
            READ_ONLY kubectl exec -it timescale-0 -c db -- psql -c 'SELECT 1'
            READ_ONLY docker exec -it db psql -U postgres -c 'SHOW server_version'
            READ_ONLY git status
            READ_ONLY git -C /srv log
            READ_ONLY psql --version
            READ_ONLY terraform --version
            READ_ONLY pg_dump factory
            READ_ONLY psql
            READ_ONLY psql -h localhost -U postgres factory
            READ_ONLY psql -c 'SELECT count(*) FROM t'
            READ_ONLY psql -Atc "SHOW server_version"
            READ_ONLY psql -l
            READ_ONLY helm list -A
            READ_ONLY cd /srv && export A=b
            READ_ONLY A=b
            READ_ONLY sudo -u postgres psql -c 'select 1'
            READ_ONLY for f in *.sql; do echo "$f"; done
            READ_ONLY if [ -f x ]; then cat x; else echo no; fi
            READ_ONLY [[ $a < b && ( $c > d ) ]] && echo yes
            READ_ONLY (( a > 3 )) && echo yes
            READ_ONLY echo $((1 + 2)) ${A:-b}
            READ_ONLY case $1 in a|b) ls;; *) pwd;; esac
            READ_ONLY find . -name '*.sql'
            READ_ONLY tar -tzf x.tgz
            READ_ONLY curl -fsSL https://example.org/x
            READ_ONLY timeout 5 ls
            READ_ONLY bash -c 'ls; pwd'
            READ_ONLY command -v psql
            READ_ONLY systemctl status postgresql
            READ_ONLY pg_restore -l x.dump
            READ_ONLY awk '{print $1}' x
            READ_ONLY a=(1 2 3)
            READ_ONLY kubectl apply --dry-run=client -f x.yaml
            READ_ONLY sed -n 5p x
            WRITE echo a > x
            WRITE echo a >> x
            WRITE ls &> x
            WRITE cat <<EOF > x.conf
            WRITE mkdir -p x
            WRITE cp a b
            WRITE ls | tee x
            WRITE pg_dump --host localhost --file "/var/lib/postgresql/ordertable.sql" --table public.ordertable f
            WRITE pg_dump -Fc -f x.dump f
            WRITE pg_dump f > x.sql
            WRITE pg_dump f | gzip > x.gz
            WRITE pg_restore -d f x.dump
            WRITE sed -i s/a/b/ x
            WRITE psql -c "INSERT INTO t VALUES (1)"
            WRITE psql -o out.txt -c 'SELECT 1'
            WRITE psql -c "SELECT pg_reload_conf()"
            WRITE kubectl apply -f x.yaml
            WRITE kubectl rollout restart deployment/x
            WRITE helm upgrade x y
            WRITE git push
            WRITE systemctl restart postgresql
            WRITE curl -X POST https://example.org
            WRITE curl -o x https://example.org
            WRITE echo $(touch x)
            WRITE echo "a `touch x` b"
            WRITE for i in $(touch x); do ls; done
            WRITE A=$(touch x)
            WRITE cat <(touch x)
            WRITE find . -exec touch {} \\;
            WRITE sudo sh -c 'echo 1 > /proc/x'
            SCHEMA_CHANGE psql -c 'ALTER TABLE t ADD COLUMN a int'
            SCHEMA_CHANGE psql f <<< 'CREATE TABLE t (a int)'
            UNKNOWN frobnicate
            UNKNOWN ./migrate.sh
            UNKNOWN $CMD x
            UNKNOWN python3 x.py
            UNKNOWN psql -f x.sql
            UNKNOWN psql < x.sql
            UNKNOWN cat x.sql | psql
            UNKNOWN psql -c "SELECT * FROM $TABLE"
            UNKNOWN psql -k
            UNKNOWN eval ls
            UNKNOWN source x
            UNKNOWN ssh host ls
            UNKNOWN kubectl exec -it pod -- bash
            UNKNOWN ls | sh
            UNKNOWN terraform apply
            UNKNOWN frob --help
            UNKNOWN echo 'not closed
            UNKNOWN ls |
            UNKNOWN sudo -i
            UNKNOWN foo() { ls; }; foo
            DESTRUCTIVE rm -rf x
            DESTRUCTIVE rm x
            DESTRUCTIVE sudo rm -rf x
            DESTRUCTIVE ls && /bin/rm x
            DESTRUCTIVE (cd x; rm y)
            DESTRUCTIVE { rm y; }
            DESTRUCTIVE ls | xargs rm
            DESTRUCTIVE ls | xargs -n 1 rm
            DESTRUCTIVE find . -delete
            DESTRUCTIVE find . -exec rm {} +
            DESTRUCTIVE dropdb factory
            DESTRUCTIVE mkfs.ext4 /dev/sda
            DESTRUCTIVE dd if=/dev/zero of=/dev/sda
            DESTRUCTIVE kubectl delete pod x
            DESTRUCTIVE kubectl -n umh delete pvc x
            DESTRUCTIVE helm uninstall x
            DESTRUCTIVE git push --force
            DESTRUCTIVE git push -f origin main
            DESTRUCTIVE git push origin +main
            DESTRUCTIVE git reset --hard HEAD~1
            DESTRUCTIVE git clean -fd
            DESTRUCTIVE terraform destroy
            DESTRUCTIVE shred x
            DESTRUCTIVE truncate -s 0 x
            DESTRUCTIVE docker volume rm x
            DESTRUCTIVE docker compose down -v
            DESTRUCTIVE psql -c 'DROP TABLE t'
            DESTRUCTIVE psql -c 'SELECT 1' -c 'DELETE FROM t'
            DESTRUCTIVE kubectl exec pod -- psql -c 'TRUNCATE t'
            DESTRUCTIVE kubectl exec pod -- sh -c 'rm -rf /x'
            DESTRUCTIVE ssh host rm -rf x
            DESTRUCTIVE pg_restore --clean -d f x
            DESTRUCTIVE f() { rm x; }
            DESTRUCTIVE while true; do rm x; done
            DESTRUCTIVE case $1 in a) ls;; b) rm x;; esac
            DESTRUCTIVE if ls; then rm x; fi
            DESTRUCTIVE echo "$(rm x)"
            DESTRUCTIVE echo ${A:-$(rm x)}
            DESTRUCTIVE ! rm x
            DESTRUCTIVE time rm x
            DESTRUCTIVE A=b rm x
            DESTRUCTIVE ls & rm x
            DESTRUCTIVE r\\m x
            DESTRUCTIVE 'r'm x
            DESTRUCTIVE eval rm x
            DESTRUCTIVE env A=b timeout -k 5 10 nice -n 5 rm x
            """)
    void ranks(String line) {
        int space = line.indexOf(' ');
        assertThat(ShellFacts.of(line.substring(space + 1).replace("<<EOF > x.conf", "<<EOF > x.conf\na\nEOF")).risk())
                .isEqualTo(Risk.valueOf(line.substring(0, space)));
    }

    @Test
    void looksIntoHereDocuments() {
        assertThat(ShellFacts.of("psql f <<'EOF'\nSELECT 1;\nDROP TABLE t;\nEOF\n").risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(ShellFacts.of("psql f <<EOF\nSELECT 1;\nEOF\n").risk()).isEqualTo(Risk.READ_ONLY);
        assertThat(ShellFacts.of("psql f <<EOF\nSELECT $X;\nEOF\n").risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(ShellFacts.of("cat <<EOF\nrm -rf /\nEOF\n").risk()).isEqualTo(Risk.READ_ONLY);
        assertThat(ShellFacts.of("cat <<EOF\n$(rm -rf /)\nEOF\n").risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(ShellFacts.of("cat <<'EOF'\n$(rm -rf /)\nEOF\n").risk()).isEqualTo(Risk.READ_ONLY);
        assertThat(ShellFacts.of("cat <<-EOF; rm x\n\ta\n\tEOF\nls").risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(ShellFacts.of("sh <<A; cat <<B\nrm x\nA\nls\nB\n").risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(ShellFacts.of("cat <<A\nA \nrm x\nA\nls").commands()).hasSize(2);
    }

    @Test
    void listsSimpleCommands() {
        ShellFacts facts = ShellFacts.of("""
                # a remark
                A=b pg_dump --file "/x y" \\
                  factory

                ls | wc -l; echo 'a'"b"c
                """);
        assertThat(facts.complete()).isTrue();
        assertThat(facts.commands()).containsExactly(
                new ShellCommand(List.of("pg_dump", "--file", "/x y", "factory"), 1, true),
                new ShellCommand(List.of("ls"), 4, false),
                new ShellCommand(List.of("wc", "-l"), 4, false),
                new ShellCommand(List.of("echo", "abc"), 4, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            echo 'a | a single quote is not closed
            echo "a | a double quote is not closed
            echo $(ls | a command substitution is not closed
            echo `ls | a backtick is not closed
            echo ${a | a parameter expansion is not closed
            cat <<EOF | the here-document EOF has no lines
            ls && | the last command is not complete
            if true; then ls | there is no fi
            for i in a; do ls | there is no done
            (ls | there is no )
            ls ) | there is a ) too many
            fi | there is a fi too many
            ls \\ | the last line is continued
            ls ;; | there is a ;; outside case
            ; ls | there is no command before ;
            ls > | the redirection > has no target
            psql (15.3) | a parenthesis stands where no command can begin
            """)
    void saysWhatIsNotComplete(String text, String problem) {
        ShellFacts facts = ShellFacts.of(text);
        assertThat(facts.problem()).isEqualTo(problem);
        assertThat(facts.complete()).isFalse();
    }

    @Test
    void survivesDeepNesting() {
        assertThat(ShellFacts.of("echo " + "$(".repeat(50_000)).complete()).isFalse();
        assertThat(ShellFacts.of("echo \"${".repeat(20_000)).complete()).isFalse();
        assertThat(ShellFacts.of("echo " + "`\\`".repeat(50_000)).risk()).isNotNull();
        assertThat(ShellFacts.of("(".repeat(50_000)).complete()).isFalse();
        assertThat(ShellFacts.of("bash -c ".repeat(50_000)).risk()).isEqualTo(Risk.UNKNOWN);
        assertThat(ShellFacts.of("sudo ".repeat(50_000)).risk()).isEqualTo(Risk.UNKNOWN);
    }
}

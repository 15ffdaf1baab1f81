package dev.stepmark.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepmark.runbook.Gate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    /** From the oldest to the newest; the pre-releases are the example of semver.org, rule 11. */
    private static final List<String> ASCENDING = List.of("0", "0.0.0.1", "0.9.0-rc.1", "0.9.0", "v0.9.5", "0.9.9",
            "0.9.10", "0.10.2", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "15.18", "16", "2024.01.15",
            "99999999999999999999999.1", "100000000000000000000000.0");

    @Test
    void everyPairIsOrdered() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int k = 0; k < ASCENDING.size(); k++) {
                assertThat(Version.parse(ASCENDING.get(i)).compareTo(Version.parse(ASCENDING.get(k))))
                        .as(ASCENDING.get(i) + " and " + ASCENDING.get(k)).isEqualTo(Integer.compare(i, k));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.2, 1.2.0", "v1.2.0.0, 1.2", "V3, 3.0", "1.2.3+build.7, 1.2.3", "1.02.3, 1.2.3",
        "1.0-rc.01, 1.0.0-rc.1"})
    void equalInOtherWords(String a, String b) {
        assertThat(Version.parse(a)).isEqualTo(Version.parse(b)).hasSameHashCodeAs(Version.parse(b));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "latest", "1.", ".1", "1..2", "1.2.3.4.5", "1.2-", "1.x", "1.2.3-rc 1", "-1", "1,2",
        "vv1", "1.2.3-a..b"})
    void whatIsNoVersionIsRefusedWithItsText(String raw) {
        assertThatThrownBy(() -> Version.parse(raw)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no version").hasMessageContaining(raw.strip());
    }

    @Test
    void endlessTextIsRefusedShortly() {
        assertThatThrownBy(() -> Version.parse("9.".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static Gate gate(String minimum, String maximum) {
        return new Gate(4, "plantwatch", minimum, maximum, "document", "front matter maximum_version");
    }

    @ParameterizedTest
    @CsvSource({
        "0.9.0, 0.9.5, 0.9.0,     true",
        "0.9.0, 0.9.5, v0.9.5,    true",
        "0.9.0, 0.9.5, 0.9.10,    false",
        "0.9.0, 0.9.5, 0.9.5.1,   false",
        "0.9.0, 0.9.5, 0.9.0-rc1, false",
        "0.9.0, 0.9.5, 0.8.99,    false",
        "0.9.0, '',    7,         true",
        "'',    0.9.5, 0.1,       true",
        "'',    '',    0.1,       true"})
    void bothEndsAreIncluded(String minimum, String maximum, String installed, boolean passes) {
        assertThat(Bounds.check(gate(minimum, maximum), Version.parse(installed)).passes()).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "0.10.2;    Compared number by number, 0.10.2 is newer",
        "0.8;       Compared number by number, 0.8 is older",
        "0.9.0-rc1; A pre-release comes before its release, so 0.9.0-rc1 is older than 0.9.0",
        "0.9.3;     Compared number by number, 0.9.3 is within 0.9.0 to 0.9.5, both included"})
    void saysHowItWasCompared(String installed, String explanation) {
        assertThat(Bounds.check(gate("0.9.0", "0.9.5"), Version.parse(installed)).explanation())
                .isEqualTo(explanation);
    }

    @Test
    void aBoundThatIsNoVersionNamesItsPlace() {
        assertThatThrownBy(() -> Bounds.check(gate("", "latest"), Version.parse("1")))
                .hasMessageContaining("front matter maximum_version, line 4").hasMessageContaining("latest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        ">=12;             12;       true",
        ">=12;             11.9;     false",
        ">= 12;            15.18;    true",
        "*;                0.0.1;    true",
        ">=0.9.0 <=0.9.5;  0.9.5;    true",
        ">=0.9.0,<=0.9.5;  0.9.6;    false",
        ">=0.9.0, <0.9.5;  0.9.5;    false",
        ">1 *;             1.0.1;    true",
        ">1;               1.0;      false",
        "=1.2;             1.2.0;    true",
        "1.2;              1.2.1;    false"})
    void constraints(String constraint, String version, boolean matches) {
        assertThat(Constraint.parse(constraint).matches(Version.parse(version))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">=", "~1.2", ">=*", ">=latest", "<<1", ",1", "=>1", "> =1"})
    void whatIsNoConstraintIsRefused(String raw) {
        assertThatThrownBy(() -> Constraint.parse(raw)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + raw + "\"");
    }
}

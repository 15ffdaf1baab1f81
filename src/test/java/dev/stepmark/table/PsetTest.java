package dev.stepmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What psql 15 said to the same. */
class PsetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null x                          | Null display is "x".
            border 2                        | Border style is 2.
            border x                        | Border style is 0.
            columns 10                      | Target width is 10.
            format w                        | Output format is wrapped.
            format latex-l                  | Output format is latex-longtable.
            expanded auto                   | Expanded display is used automatically.
            x on                            | Expanded display is on.
            linestyle u                     | Line style is unicode.
            unicode_header_linestyle d      | Unicode header line style is "double".
            pager always                    | Pager is always used.
            pager_min_lines 1               | Pager won't be used for less than 1 line.
            title T                         | Title is "T".
            fieldsep ,                      | Field separator is ",".
            recordsep_zero                  | Record separator is zero byte.
            recordsep                       | Record separator is <newline>.
            footer                          | Default footer is off.
            t                               | Tuples only is on.
            numericlocale                   | Locale-adjusted numeric output is on.
            tableattr                       | Table attributes unset.
            footer off                      | ''
            """)
    void saysWhatHolds(String setting, String line) {
        Pset.Applied applied = apply(setting);
        assertThat(applied.accepted()).isTrue();
        assertThat(applied.text()).isEqualTo(line);
        assertThat(applied.options()).satisfiesAnyOf(o -> assertThat(o).isNotEqualTo(TableOptions.DEFAULTS),
                o -> assertThat(setting).isIn("recordsep", "tableattr"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            format foo           | \\pset: allowed formats are aligned, asciidoc, csv, html, latex, latex-longtable, troff-ms, unaligned, wrapped
            format a             | \\pset: ambiguous abbreviation "a" matches both "aligned" and "asciidoc"
            linestyle x          | \\pset: allowed line styles are ascii, old-ascii, unicode
            csv_fieldsep xx      | \\pset: csv_fieldsep must be a single one-byte character
            csv_fieldsep "       | \\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return
            footer zz            | unrecognized value "zz" for "footer": Boolean expected
            bogus 1              | \\pset: unknown option: bogus
            unicode_border_linestyle x | \\pset: allowed Unicode border line styles are single, double
            """)
    void rejectsWhatPsqlRejects(String setting, String error) {
        Pset.Applied applied = apply(setting);
        assertThat(applied.accepted()).isFalse();
        assertThat(applied.text()).isEqualTo(error);
        assertThat(applied.options()).isEqualTo(TableOptions.DEFAULTS);
    }

    @Test
    void namesTheValuesOfASetting() {
        assertThat(apply("expanded zz").text())
                .isEqualTo("unrecognized value \"zz\" for \"expanded\"\nAvailable values are: on, off, auto.");
        assertThat(apply("pager zz").text())
                .isEqualTo("unrecognized value \"zz\" for \"pager\"\nAvailable values are: on, off, always.");
    }

    @Test
    void listsEverything() {
        assertThat(Pset.all(TableOptions.DEFAULTS).lines()).hasSize(21)
                .contains("border                   1", "recordsep                '\\n'", "title                    ");
    }

    private static Pset.Applied apply(String setting) {
        String[] words = setting.split(" ", 2);
        return Pset.apply(TableOptions.DEFAULTS, words[0],
                words.length < 2 ? Optional.empty() : Optional.of(words[1]));
    }
}

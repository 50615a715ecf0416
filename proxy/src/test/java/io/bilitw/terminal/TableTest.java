package io.bilitw.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How cells stand below each other, and what is left out where there is no room. */
class TableTest {

    private final Table table = new Table(1, "name", "a", "number");

    @Test
    void alignsNamesLeftAndNumbersRight() {
        table.add("long name", "1", "2");
        table.add("é", "100", "20000000");

        assertThat(table.lines())
                .containsExactly(
                        "name         a    number",
                        "long name    1         2",
                        "é          100  20000000");
    }

    @Test
    void leavesOutLastColumns() {
        table.add("x", "1", "2");

        assertThat(table.lines(15, 9)).containsExactly("name  a  number", "x     1       2");
        assertThat(table.lines(14, 9)).containsExactly("name  a", "x     1");
        assertThat(table.lines(2, 9)).containsExactly("name", "x");
    }

    @Test
    void showsTheEndOfALongName() {
        table.add("/run/redis/alpha-3.sock", "1", "2");

        assertThat(table.lines(36, 9)).last().isEqualTo("~lpha-3.sock  1       2");
        assertThat(table.lines()).last().asString().startsWith("/run/redis/alpha-3.sock  1");
    }

    @Test
    void saysHowManyRowsAreLeftOut() {
        table.add("x", "1", "2");
        table.add("y", "1", "2");
        table.add("z", "1", "2");

        assertThat(table.lines(80, 4)).hasSize(4).last().isEqualTo("z     1       2");
        assertThat(table.lines(80, 3))
                .containsExactly("name  a  number", "x     1       2", "... and 2 more");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> table.add("x")).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.bilitw.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as an operator reads them. */
class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.004, 0.00",
        "0.5, 0.50",
        "9.994, 9.99",
        "9.996, 10.0",
        "99.96, 100",
        "999, 999",
        "999.4, 999",
        "999.6, 1.00k",
        "12345, 12.3k",
        "999600, 1.00M",
        "1.5e9, 1.50G",
        "9.2e18, 9.20E",
        "-1, -"
    })
    void showsRates(double perSecond, String shown) {
        assertThat(Quantity.rate(perSecond)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 0.98 KiB",
        "1024, 1.00 KiB",
        "1536, 1.50 KiB",
        "10240, 10.0 KiB",
        "1048576, 1.00 MiB",
        "1073741824, 1.00 GiB",
        "9223372036854775807, 8.00 EiB",
        "-1, -"
    })
    void showsBytes(long bytes, String shown) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 us",
        "999, 999 us",
        "1000, 1.00 ms",
        "12345, 12.3 ms",
        "999499, 999 ms",
        "999500, 1.00 s",
        "123456789, 123 s",
        "12345678901, 12346 s",
        "-1, -"
    })
    void showsShortTimes(long micros, String shown) {
        assertThat(Quantity.micros(micros)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "59, 59s",
        "60, 1m 0s",
        "3599, 59m 59s",
        "3600, 1h 0m",
        "86399, 23h 59m",
        "86400, 1d 0h",
        "900000, 10d 10h",
        "-1, -"
    })
    void showsLongTimes(long seconds, String shown) {
        assertThat(Quantity.duration(seconds)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 0%",
        "5, 5, 100%",
        "1, 3, 33.3%",
        "99999, 100000, 99.9%",
        "1, 100000, 0.1%",
        "0, 0, -",
        "-1, 5, -",
        "1, -1, -"
    })
    void showsShares(long part, long whole, String shown) {
        assertThat(Quantity.percent(part, whole)).isEqualTo(shown);
    }
}

package io.bilitw.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {

    @Test
    void fillsInDefaults() throws LoadException {
        assertThat(LoadOptions.parse("--port", "22121"))
                .isEqualTo(
                        new LoadOptions(
                                LoadProtocol.REDIS,
                                22121,
                                50,
                                200_000,
                                1,
                                32,
                                100_000,
                                0,
                                0,
                                60,
                                1,
                                new LoadCommand(false, 1),
                                false));
    }

    @Test
    void readsWhatIsGiven() throws LoadException {
        String words =
                "--protocol memcached --port 1 --clients 2 --requests 3 --pipeline 1 --bytes 5"
                        + " --keys 6 --rate 7 --millis 8 --seconds 9 --seed 10 --command mget:11";

        assertThat(LoadOptions.parse(words.split(" ")))
                .isEqualTo(
                        new LoadOptions(
                                LoadProtocol.MEMCACHED,
                                1,
                                2,
                                3,
                                1,
                                5,
                                6,
                                7,
                                8,
                                9,
                                10,
                                new LoadCommand(false, 11),
                                false));
    }

    @Test
    void setsEveryKeyOnceToFill() throws LoadException {
        LoadOptions options = LoadOptions.parse("--fill", "--port", "1", "--keys", "77");

        assertThat(options.fills()).isTrue();
        assertThat(options.command()).isEqualTo(LoadCommand.SET);
        assertThat(options.requests()).isEqualTo(77);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--keys 5 | --port wants a number from 1 to 65535, not nothing.",
                "--port 65536 | --port wants a number from 1 to 65535, not 65536.",
                "--port 1 --clients 0 | --clients wants a number from 1 to 10000, not 0.",
                "--port 1 --bytes 1e3 | --bytes wants a number from 1 to 8388608, not 1e3.",
                "--port 1 --seed -1 | --seed wants a number from 0 to 2147483647, not -1.",
                "--port 1 --keys 99999999999 | --keys wants a number from 1 to 100000000, not"
                        + " 99999999999.",
                "--port | --port wants a value behind it.",
                "--prot 1 | There is no option --prot; --help lists all.",
                "port 1 | There is no option port; --help lists all.",
                "--port 1 --command del | --command is get, set, mget:N or mset:N with N from 1 to"
                        + " 1000, not del.",
                "--port 1 --protocol smtp | --protocol is redis or memcached, not smtp.",
                "--port 1 --protocol memcached --command mset:2 | memcached has no set of several"
                        + " keys, so leave out mset.",
                "--port 1 --command mget: | --command is get, set, mget:N or mset:N with N from 1"
                        + " to 1000, not mget:.",
                "--port 1 --command mget:0 | --command is get, set, mget:N or mset:N with N from 1"
                        + " to 1000, not mget:0.",
                "--port 1 --command mget:1001 | --command is get, set, mget:N or mset:N with N from"
                        + " 1 to 1000, not mget:1001.",
                "--port 1 --fill --command get | --fill sets every key once, so leave out --command"
                        + " and --requests.",
                "--port 1 --command set --bytes 1048576 --clients 99 | The clients would send"
                    + " 103813776 bytes at once, more than 67108864: take fewer clients, a shorter"
                    + " pipeline or smaller values."
            })
    void refusesWhatIsWrong(String words, String sentence) {
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> LoadOptions.parse(words.split(" ")))
                .withMessage(sentence);
    }
}

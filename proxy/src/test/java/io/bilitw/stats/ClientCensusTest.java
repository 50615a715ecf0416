package io.bilitw.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCensusTest {

    @TempDir Path directory;

    @Test
    void addsUpTheWorkersOfOneAddress() throws IOException {
        ClientCensus census = census();
        census.seat(3, 0).set(5);
        census.seat(3, ClientCensus.WORKERS - 1).set(7);
        census.seat(4, 0).set(100);

        assertThat(census.seat(3, 1).total()).isEqualTo(12);
    }

    @Test
    void forgetsAWorkerWhole() throws IOException {
        ClientCensus census = census();
        int last = ClientCensus.ADDRESSES - 1;
        census.seat(0, 1).set(5);
        census.seat(last, 1).set(6);
        census.seat(0, 2).set(7);

        census.clear(1);

        assertThat(census.seat(0, 0).total()).isEqualTo(7);
        assertThat(census.seat(last, 0).total()).isZero();
    }

    @Test
    void countsAloneWithoutMaster() {
        ClientCensus.Seat seat = ClientCensus.alone();
        seat.set(5);
        ClientCensus.alone().set(7);

        assertThat(seat.total()).isEqualTo(5);
    }

    @Test
    void refusesMemoryOfAnotherVersion() throws IOException {
        Path file = Files.write(directory.resolve("short"), new byte[8]);

        assertThat(ClientCensus.map(file)).isNull();
    }

    @Test
    void refusesPlacesThatAreNotThere() throws IOException {
        ClientCensus census = census();

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> census.seat(ClientCensus.ADDRESSES, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> census.seat(0, -1));
    }

    private ClientCensus census() throws IOException {
        Path file = Files.write(directory.resolve("census"), new byte[ClientCensus.BYTES]);
        return Objects.requireNonNull(ClientCensus.map(file));
    }
}

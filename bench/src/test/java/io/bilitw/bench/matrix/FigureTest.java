package io.bilitw.bench.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void writesFiguresAsCsv() {
        Figure figure = new Figure("p99, warm", "us", "12", Figure.NONE);

        assertThat(Figure.csv(List.of(figure)))
                .containsExactly("figure,unit,bilitw,nutcracker", "p99 warm,us,12,");
        assertThat(figure.line()).matches("p99, warm +us +12 +-");
    }
}

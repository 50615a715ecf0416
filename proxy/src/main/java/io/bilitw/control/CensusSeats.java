package io.bilitw.control;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a worker counts its clients.
 *
 * @param worker its place among the workers, or {@link #NONE}
 * @param addresses the place of each pool's address, in the order of the configuration, or {@link
 *     #NONE}
 */
public record CensusSeats(int worker, List<Integer> addresses) {

    /** There is no place left. */
    public static final int NONE = -1;

    /** The places as the argument of a message. */
    public String text() {
        return IntStream.concat(
                        IntStream.of(worker), addresses.stream().mapToInt(Integer::intValue))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }

    /** Reads what {@link #text} has written. */
    public static CensusSeats read(String text) {
        List<Integer> numbers = Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
        return new CensusSeats(numbers.getFirst(), numbers.subList(1, numbers.size()));
    }
}

package io.bilitw.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashTypeTest {

    @Test
    void namesTheTwelveHashesOfTwemproxy() {
        assertThat(Arrays.stream(HashType.values()).map(HashType::configName))
                .containsExactly(
                        "one_at_a_time",
                        "md5",
                        "crc16",
                        "crc32",
                        "crc32a",
                        "fnv1_64",
                        "fnv1a_64",
                        "fnv1_32",
                        "fnv1a_32",
                        "hsieh",
                        "murmur",
                        "jenkins");
    }

    @ParameterizedTest
    @EnumSource
    void findsEachRowByItsConfigName(HashType type) {
        assertThat(HashType.byConfigName(type.configName())).isSameAs(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MD5", "fnv1a-64", "md5 ", "sha1"})
    void knowsNoOtherName(String configName) {
        assertThat(HashType.byConfigName(configName)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ONE_AT_A_TIME, 2297466611",
        "MD5, 3195025439",
        "CRC16, 3662830516",
        "CRC32, 10542",
        "CRC32A, 2838417488",
        "FNV1_64, 473199127",
        "FNV1A_64, 1488911807",
        "FNV1_32, 67176023",
        "FNV1A_32, 280767167",
        "HSIEH, 3738850110",
        "MURMUR, 4142305122",
        "JENKINS, 1442444624"
    })
    void hashesApple(HashType type, long expected) {
        ByteBuf key = Unpooled.wrappedBuffer("an apple a day".getBytes(US_ASCII));

        assertThat(Integer.toUnsignedLong(type.newHash().hash(key, 3, 8))).isEqualTo(expected);
    }

    /** Only the hashes that add or xor a lone byte as C's signed char see the difference. */
    @ParameterizedTest
    @CsvSource({
        "FNV1_64, true",
        "FNV1A_64, true",
        "FNV1_32, true",
        "FNV1A_32, true",
        "ONE_AT_A_TIME, true",
        "CRC16, false",
        "CRC32A, false"
    })
    void extendsTheSignOfHighBytesOnlyWhereCDoes(HashType type, boolean signed) {
        int oneHighByte = type.newHash().hash(Unpooled.wrappedBuffer(new byte[] {-1}), 0, 1);

        assertThat(oneHighByte).isEqualTo(expectedOfHighByte(type, signed ? -1 : 0xFF));
    }

    private static int expectedOfHighByte(HashType type, int widened) {
        return switch (type) {
            case FNV1_64 -> (int) (0x84222325L * 0x1b3) ^ widened;
            case FNV1A_64 -> (0x84222325 ^ widened) * 0x1b3;
            case FNV1_32 -> (int) (0x811c9dc5L * 0x01000193) ^ widened;
            case FNV1A_32 -> (0x811c9dc5 ^ widened) * 0x01000193;
            case ONE_AT_A_TIME -> {
                int sum = widened + (widened << 10);
                sum ^= sum >>> 6;
                sum += sum << 3;
                sum ^= sum >>> 11;
                yield sum + (sum << 15);
            }
            case CRC16 -> 0x1EF0; // CRC-16/XMODEM of FF
            case CRC32A -> 0xFF000000; // CRC-32 of FF
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    @Test
    void widensTheLastByteOfHsiehByTheLengthOfTheRest() {
        assertThat(hsieh(0xFF)).isEqualTo(hsiehOfOneByte(0xFF));
        assertThat(hsieh(1, 2, 0xFF)).isEqualTo(hsiehOfThreeBytes(0x0201, -1));
    }

    private static int hsieh(int... bytes) {
        byte[] key = new byte[bytes.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) bytes[i];
        }
        return HashType.HSIEH.newHash().hash(Unpooled.wrappedBuffer(key), 0, key.length);
    }

    private static int hsiehOfOneByte(int widened) {
        int hash = widened ^ widened << 10;
        return hsiehFinish(hash + (hash >>> 1));
    }

    private static int hsiehOfThreeBytes(int word, int widened) {
        int hash = word ^ word << 16 ^ widened << 18;
        return hsiehFinish(hash + (hash >>> 11));
    }

    private static int hsiehFinish(int start) {
        int hash = start ^ start << 3;
        hash += hash >>> 5;
        hash ^= hash << 4;
        hash += hash >>> 17;
        hash ^= hash << 25;
        return hash + (hash >>> 6);
    }

    @Test
    void agreesWithTheCrc32OfTheJdk() {
        byte[] key = new byte[5000];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i * 31);
        }
        CRC32 crc32 = new CRC32();
        crc32.update(key);
        ByteBuf buffer = Unpooled.wrappedBuffer(key);

        assertThat(HashType.CRC32A.newHash().hash(buffer, 0, key.length))
                .isEqualTo((int) crc32.getValue());
        assertThat(HashType.CRC32.newHash().hash(buffer, 0, key.length))
                .isEqualTo((int) crc32.getValue() >>> 16 & 0x7FFF);
    }

    static Stream<Arguments> everyHashInEveryPlacement() {
        return Arrays.stream(HashType.values())
                .flatMap(type ->
                        Arrays.stream(Placement.values())
                                .map(placement -> Arguments.of(type, placement)));
    }

    @ParameterizedTest
    @MethodSource("everyHashInEveryPlacement")
    void allocatesNothing(HashType type, Placement placement) {
        KeyHash hash = type.newHash();
        ByteBuf key = placement.place(new byte[300], 3);
        hash.hash(key, 3, 303);

        assertThat(leastBytesAllocatedBy(() -> hash.hash(key, 3, 303))).isZero();
    }

    /** The best of a few rounds, so that what else the thread may do once does not count. */
    private static long leastBytesAllocatedBy(Runnable action) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                action.run();
            }
            least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @ParameterizedTest
    @MethodSource("everyHashInEveryPlacement")
    void leavesTheBufferAsItWas(HashType type, Placement placement) {
        ByteBuf key = placement.place("some key".getBytes(US_ASCII), 2);
        key.setIndex(1, 4);
        ByteBuf copy = key.copy();

        type.newHash().hash(key, 2, 10);

        assertThat(key.readerIndex()).isEqualTo(1);
        assertThat(key.writerIndex()).isEqualTo(4);
        assertThat(key.refCnt()).isEqualTo(1);
        assertThat(key).isEqualTo(copy);
        copy.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 512, 513, 100_000})
    void digestsKeysOfMoreThanOneChunk(int keyBytes) {
        byte[] key = new byte[keyBytes];
        Arrays.fill(key, (byte) 'k');
        Md5 whole = new Md5();
        whole.digest(key);

        assertThat(new Md5().hash(Unpooled.wrappedBuffer(key), 0, keyBytes))
                .isEqualTo(whole.word(0));
    }

    @Test
    void hashesRightAfterAKeyThatReachedPastItsBuffer() {
        Md5 md5 = new Md5();
        ByteBuf key = Unpooled.wrappedBuffer(new byte[300]);
        int expected = md5.hash(key, 0, 10);

        assertThatThrownBy(() -> md5.hash(key, 0, 301))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(md5.hash(key, 0, 10)).isEqualTo(expected);
    }

    @Test
    void givesEachCallerItsOwnMd5() {
        assertThat(HashType.MD5.newHash()).isNotSameAs(HashType.MD5.newHash());
    }
}

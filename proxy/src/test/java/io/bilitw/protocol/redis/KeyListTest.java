package io.bilitw.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyListTest {

    @Test
    void keepsMoreKeysThanItBeganWithPlaceFor() {
        KeyList keys = new KeyList();
        for (int i = 0; i < 1000; i++) {
            keys.add(i * 2);
        }
        assertThat(keys.size()).isEqualTo(1000);
        assertThat(keys.get(999)).isEqualTo(1998);
    }

    @Test
    void isEmptyAfterClear() {
        KeyList keys = new KeyList();
        keys.add(1);
        keys.clear();
        assertThat(keys.size()).isZero();
    }
}

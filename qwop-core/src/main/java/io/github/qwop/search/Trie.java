package io.github.qwop.search;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes paths of keys that share whatever they begin with, as those of a search do. */
final class Trie {

    private final Map<Step, Path> paths = new HashMap<>();

    /** By identity: equal paths are one here. */
    private static final class Step {

        private final @Nullable Path before;
        private final byte keys;

        Step(@Nullable Path before, byte keys) {
            this.before = before;
            this.keys = keys;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Step that && before == that.before && keys == that.keys;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(before) + keys;
        }
    }

    @Nullable
    Path path(byte[] keys) {
        Path path = null;
        for (byte one : keys) {
            Path before = path;
            path = paths.computeIfAbsent(new Step(before, one), step -> Path.on(before, one));
        }
        return path;
    }
}
